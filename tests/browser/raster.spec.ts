// The map is a raster of areas, drawn from tiles by a worker: nobody is missing, another indicator needs no shapes, and
// it is sharp and whole on every screen.

import type { APIRequestContext, Page } from "@playwright/test";
import { decodeTile } from "../../web/src/map/tiles/decode";
import { rasterise } from "../../web/src/map/tiles/raster";
import { type Sheet, type Tile, tilesOf, tileZoom } from "../../web/src/map/tiles/sheet";
import { expect, ready, REFUSED, test } from "./atlas";

const WIDTH = 1440;
const HEIGHT = 900;

/** The sheet that shows a box, at a zoom of the page's map. */
function sheetOf([west, south, east, north]: number[], zoom: number, ratio: number): Sheet {
  const world = 256 * 2 ** zoom * ratio;
  const x = (lon: number) => (lon / 360 + 0.5) * world;
  const y = (lat: number) =>
    (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * world;
  return {
    world,
    left: Math.floor(x(west ?? 0)) - 2,
    top: Math.floor(y(north ?? 0)) - 2,
    width: Math.ceil(x(east ?? 0) - x(west ?? 0)) + 4,
    height: Math.ceil(y(south ?? 0) - y(north ?? 0)) + 4,
  };
}

async function tilesFor(
  request: APIRequestContext,
  edition: string,
  geography: string,
  sheet: Sheet,
  ratio: number,
): Promise<Tile[]> {
  const about = await (await request.get(`/tiles/${edition}/${geography}.json`)).json();
  const zoom = tileZoom(sheet, ratio, about.maxzoom);
  const whole = { left: 0, top: 0, right: 1, bottom: 1 };
  return Promise.all(
    tilesOf(sheet, zoom, whole).map(async (address) => {
      const { z, x, y } = address;
      const path = `/tiles/${edition}/${geography}/${z}/${x}/${y}.bin`;
      const bytes = await (await request.get(path)).body();
      return { address, shapes: decodeTile(bytes) };
    }),
  );
}

test("every area has a pixel or a share of one, from a thumbnail to a wall @desk", async ({
  request,
  api,
}) => {
  const { edition } = await api("atlas");
  const { geographies } = await api(`${edition}/catalog`);
  for (const { id, count, bbox, shape } of geographies) {
    if (!shape) continue;
    for (const [zoom, ratio] of [
      [7, 1],
      [8.3, 1],
      [8.3, 2],
      [9.9, 1],
      [9.9, 1.5],
      [11, 1],
    ] as const) {
      const sheet = sheetOf(bbox, zoom, ratio);
      const raster = rasterise(await tilesFor(request, edition, id, sheet, ratio), sheet, count);
      expect(raster.areas, `${id} at ${zoom}, ${ratio} to 1`).toBe(count);
      const seen = new Set([...raster.pixels, ...raster.shared]);
      seen.delete(0);
      expect(seen.size).toBe(count);
    }
  }
});

test("there is no seam between areas, nor between tiles @desk", async ({ request, api }) => {
  const { edition } = await api("atlas");
  const { geographies } = await api(`${edition}/catalog`);
  const small = geographies.find((one: any) => one.id === "lsoa11");
  // On both sides of the edge of a tile, inside the county.
  const edge = -1.40625;
  for (const [zoom, ratio] of [
    [9.4, 1],
    [11.2, 2],
    [13.2, 1],
  ] as const) {
    const sheet = sheetOf([edge - 0.05, 53.7, edge + 0.05, 53.78], zoom, ratio);
    const tiles = await tilesFor(request, edition, small.id, sheet, ratio);
    expect(tiles.length).toBeGreaterThan(1);
    const raster = rasterise(tiles, sheet, small.count);
    const bare = [...raster.pixels].filter((area) => area === 0).length;
    expect(bare, `at ${zoom}, ${ratio} to 1`).toBe(0);
    expect(raster.covered).toBe(sheet.width * sheet.height);
  }
});

/** How many pixels of the map's image show the ground, of those in the middle of the county; and a sum over its colours. */
async function imageOf(page: Page): Promise<{ bare: number; sum: number }> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>(".leaflet-areas-pane canvas");
    const copy = new OffscreenCanvas(canvas?.width ?? 0, canvas?.height ?? 0);
    const context = copy.getContext("2d");
    if (!canvas || !context) throw new Error("there is no map");
    context.drawImage(canvas, 0, 0);
    const [width, height] = [copy.width, copy.height].map((side) => Math.floor(0.1 * side));
    const [left, top] = [Math.floor(0.6 * copy.width), Math.floor(0.45 * copy.height)];
    const { data } = context.getImageData(left, top, width, height);
    let [bare, sum] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] !== 255) bare += 1;
      sum += data[i] * 3 + data[i + 1] * 5 + data[i + 2] * 7;
    }
    return { bare, sum };
  });
}

async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName("map-painted").length > 0);
}

test("another indicator, class or palette asks for no shapes @desk", async ({ page }) => {
  const shapes: string[] = [];
  page.on("request", (request) => {
    if (/\/(tiles|layers)\//.test(request.url())) shapes.push(request.url());
  });
  await page.goto("/");
  await ready(page);
  await drawn(page);
  expect(shapes.some((url) => /tiles.*\.bin/.test(url))).toBe(true);
  expect(shapes.filter((url) => url.includes("/layers/"))).toEqual([]);
  shapes.length = 0;
  const heading = page.getByRole("heading", { level: 1 });
  const sums = [(await imageOf(page)).sum];
  for (let turn = 0; turn < 3; turn += 1) {
    const finding = await heading.innerText();
    await page.evaluate(() => performance.clearMarks("map-painted"));
    await page.keyboard.press("]");
    await expect(heading).not.toHaveText(finding);
    await drawn(page);
    sums.push((await imageOf(page)).sum);
  }
  expect(new Set(sums).size).toBe(4);
  expect(shapes).toEqual([]);
});

for (const ratio of [1, 2, 3]) {
  test(`the map is sharp where a pixel of the page has ${ratio} of the screen in each direction @desk`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({
      baseURL,
      viewport: { width: WIDTH, height: HEIGHT },
      deviceScaleFactor: ratio,
    });
    const page = await context.newPage();
    await page.goto("/");
    await ready(page);
    await drawn(page);
    const size = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".leaflet-areas-pane canvas");
      const box = canvas?.getBoundingClientRect();
      return { pixels: canvas?.width ?? 0, width: box?.width ?? 0, left: box?.left ?? 0 };
    });
    // One pixel of the image is one of the screen, and they lie on each other.
    expect(size.pixels).toBe(Math.round(size.width * ratio));
    expect(Number.isInteger(size.left * ratio)).toBe(true);
    expect((await imageOf(page)).bare).toBe(0);
    await context.close();
  });
}

test("what the pointer is at has its border @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await drawn(page);
  const box = await page.getByRole("application").boundingBox();
  if (!box) throw new Error("the map is not on screen");
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.5);
  const lines = page.locator(".leaflet-marks-pane path");
  // A line of paper and one of ink.
  await expect(lines).toHaveCount(2);
  const border = await lines.last().boundingBox();
  if (!border) throw new Error("the border is not on screen");
  expect(border.x).toBeLessThanOrEqual(box.x + box.width * 0.7);
  expect(border.x + border.width).toBeGreaterThanOrEqual(box.x + box.width * 0.7);
  await page.mouse.move(box.x + 400, box.y + 5);
  await expect(lines).toHaveCount(0);
});

test("a map that flies to another zoom is drawn once, and in the colours that are chosen meanwhile @desk", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto("/");
  await ready(page);
  await drawn(page);
  const map = page.getByRole("application");
  const box = await map.boundingBox();
  if (!box) throw new Error("the map is not on screen");
  const [x, y] = [box.x + box.width * 0.7, box.y + box.height * 0.5];
  await page.mouse.move(x, y);
  const lines = page.locator(".leaflet-marks-pane path");
  await expect(lines).toHaveCount(2);
  const canvas = page.locator(".leaflet-areas-pane canvas");
  // The image that is flown with is enlarged; the next one is not.
  const zoom = async () => {
    const flying = page.waitForFunction(
      () => !document.querySelector<HTMLElement>(".leaflet-areas-pane canvas")?.style.transform.endsWith("scale(1)"),
      null,
      { polling: "raf" },
    );
    await page.mouse.wheel(0, -200);
    await flying;
  };
  const paints = () => page.evaluate(() => performance.getEntriesByName("map-painted").length);

  await page.evaluate(() => performance.clearMarks("map-painted"));
  await zoom();
  await drawn(page);
  await expect(canvas).toHaveAttribute("style", /scale\(1\)/);
  // The border is around the pointer still.
  await expect(async () => {
    const border = await lines.last().boundingBox();
    expect(border?.x).toBeLessThanOrEqual(x);
    expect((border?.x ?? 0) + (border?.width ?? 0)).toBeGreaterThanOrEqual(x);
    expect(border?.width).toBeGreaterThan(0);
  }).toPass();
  await page.waitForTimeout(600);
  expect(await paints()).toBe(1);

  const heading = page.getByRole("heading", { level: 1 });
  const choose = async (key: string) => {
    const finding = await heading.innerText();
    await page.keyboard.press(key);
    await expect(heading).not.toHaveText(finding);
  };
  await zoom();
  await choose("]");
  await expect(canvas).toHaveAttribute("style", /scale\(1\)/);
  await page.waitForTimeout(600);
  const flown = await imageOf(page);
  await choose("[");
  expect((await imageOf(page)).sum).not.toBe(flown.sum);
  await choose("]");
  expect(await imageOf(page)).toEqual(flown);
});

test("shapes that do not come can be asked for again @desk", async ({ page, complaints }) => {
  let refuse = true;
  await page.route(/tiles.*\.bin/, (route) => (refuse ? route.abort() : route.continue()));
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("could not be reached");
  refuse = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await drawn(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  complaints.provoke(REFUSED);
});
