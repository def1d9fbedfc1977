// The view in a frame: in a page of another origin, as its publisher would write it.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Complaints, expect, expectAccessible, test } from "./atlas";

/** The lines of the guide, so that what it says is what works. */
const GUIDE = readFileSync(resolve(import.meta.dirname, "../../docs/embedding.md"), "utf8");
const [, SNIPPET = ""] = /```html\n([\s\S]*?)```/.exec(GUIDE) ?? [];

let host: Server;
let origin = "";
/** What the other site answers with. */
let html = "";

test.beforeAll(async () => {
  host = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Council</title><h1>Our page</h1>${html}`);
  });
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});
test.afterAll(() => host.close());

// Two origins are what this is about.
test.use({ complaints: async ({}, use) => use(new Complaints()) });

const LOCKS = "lock=indicator,geography,within,period";

test("a page of another origin shows it at the height that it asks for", async ({ page, baseURL }) => {
  expect(SNIPPET).toContain("https://atlas.example.org");
  html = SNIPPET.replaceAll("https://atlas.example.org", baseURL ?? "");
  await page.goto(origin);
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { level: 1 })).not.toBeEmpty();
  await expect(frame.getByRole("application")).toBeVisible();
  await expect(frame.getByRole("link", { name: /^Open in/ })).toHaveAttribute("target", "_top");
  const height = async () => (await page.locator("iframe").boundingBox())?.height ?? 0;
  const wide = page.viewportSize()?.width ?? 0;
  await expect.poll(height).toBeGreaterThan(300);
  // Nothing of it needs to scroll.
  await expect
    .poll(() => frame.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight))
    .toBeLessThanOrEqual(1);
  if (wide > 600) {
    const before = await height();
    await page.setViewportSize({ width: 400, height: 800 });
    await expect.poll(height).not.toBe(before);
  }
  // The link leads out of the frame, to the same view.
  await frame.getByRole("link", { name: /^Open in/ }).click();
  await expect(page).toHaveURL(`${baseURL}/`);
});

for (const [what, query, width, whole] of [
  ["two maps below each other", "mode=double&second=density", 390, "html, .overlay > *"],
  // Below them a band of one height, whatever it says of the area that is pointed at.
  ["two maps beside each other", "mode=double&second=density", 900, "html"],
  ["the words of hotspots", "mode=hotspots", 900, "html, .overlay > *"],
] as const) {
  test(`${what} are whole at the height that is asked for @desk`, async ({ page, baseURL }) => {
    html = SNIPPET.replaceAll("https://atlas.example.org", baseURL ?? "").replace(/embed\?[^"]*/, `embed?${query}`);
    await page.setViewportSize({ width, height: 900 });
    await page.goto(origin);
    const frame = page.frameLocator("iframe");
    const boxes = frame.locator(whole);
    await expect(frame.locator(".legend li").first()).toBeVisible();
    await expect(frame.locator(".leaflet-areas-pane canvas").first()).toBeAttached();
    const cut = () =>
      boxes.evaluateAll((all) =>
        all.flatMap(({ scrollHeight, clientHeight, className, tagName }) =>
          scrollHeight > clientHeight + 1 ? [`${tagName}.${className}: ${scrollHeight - clientHeight}`] : [],
        ),
      );
    await expect.poll(cut).toEqual([]);
    // Neither are the maps what gave way.
    for (const { height } of await frame.locator(".map-frame").evaluateAll((all) => all.map((map) => map.getBoundingClientRect()))) {
      expect(height).toBeGreaterThanOrEqual(255);
    }
  });
}

test("its height is told to the page around it alone @desk", async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    window.addEventListener("message", ({ data, origin }) => told.push({ data, origin }));
  });
  const told = () => page.evaluate(() => (window as any).told as any[]);
  html = `<iframe src="${baseURL}/embed" title="Map" referrerpolicy="origin"></iframe>`;
  await page.goto(origin);
  await expect.poll(async () => (await told()).length).toBeGreaterThan(0);
  for (const { data, origin } of await told()) {
    expect(origin).toBe(baseURL);
    expect(data).toEqual({ type: "tessera:height", height: expect.any(Number) });
  }
  // Who does not say who they are is told nothing.
  html = `<iframe src="${baseURL}/embed" title="Map" referrerpolicy="no-referrer"></iframe>`;
  await page.goto(origin);
  await expect(page.frameLocator("iframe").getByRole("application")).toBeVisible();
  await page.waitForTimeout(500);
  expect(await told()).toEqual([]);
});

test("what is locked cannot be changed, and the rest can", async ({ page, baseURL }) => {
  await page.goto(`${baseURL}/embed?${LOCKS},areas,legend,at`);
  await expect(page.locator(".legend li").first()).toBeVisible();
  for (const name of [/^Indicator:/, "Change the classes and colours", "Closer"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await expect(page.getByLabel("Areas shown")).toHaveCount(0);
  await expect(page.getByRole("radiogroup", { name: "Period" })).toHaveCount(0);
  // What would bring in another indicator or another period.
  const modes = page.getByLabel("Show as").getByRole("option");
  if (await page.getByRole("button", { name: "Areas, place and period" }).isVisible()) {
    await page.getByRole("button", { name: "Areas, place and period" }).click();
  }
  await expect(modes).toHaveText(["Map", /^Hotspots/, /^Better or worse/]);
  await page.keyboard.press("Escape");
  await expect(page.locator(".legend li button").first()).toBeDisabled();
  const address = page.url();
  const map = page.getByRole("application");
  const box = await map.boundingBox();
  if (!box) throw new Error("no map");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 80, box.y + box.height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  await page.mouse.wheel(0, -400);
  await page.waitForTimeout(400);
  expect(new URL(page.url()).searchParams.get("at")).toBeNull();
  expect(new URL(page.url()).search).toBe(new URL(address).search);

  await page.goto(`${baseURL}/embed`);
  await page.getByRole("button", { name: "Next indicator" }).click();
  await expect(page).toHaveURL(/indicator=/);
});

test("names on the map stand clear of its pins @desk", async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await page.goto(`${baseURL}/embed`);
  await expect(page.locator(".map-pin")).toHaveCount(5);
  await expect(page.locator(".map-name span:visible")).not.toHaveCount(0);
  const boxes = (of: string) =>
    page.locator(of).evaluateAll((all) =>
      all
        .filter((one) => getComputedStyle(one).visibility === "visible")
        .map((one) => one.getBoundingClientRect().toJSON() as DOMRect),
    );
  const covered = async () => {
    const pins = await boxes(".map-pin span");
    return (await boxes(".map-name span")).filter((name) =>
      pins.some((pin) => pin.left < name.right && pin.right > name.left && pin.top < name.bottom && pin.bottom > name.top),
    );
  };
  await expect.poll(covered).toEqual([]);
});

test("choosing in a frame makes no history for the page around it @desk", async ({ page, baseURL }) => {
  html = `<iframe src="${baseURL}/embed" title="Map" height="600" width="100%"></iframe>`;
  await page.goto(origin);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Next indicator" }).click();
  await frame.getByRole("button", { name: "Next indicator" }).click();
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
});

for (const [width, height] of [
  [600, 400],
  [320, 480],
  [1000, 600],
] as const) {
  test(`it is accessible and whole at ${width} by ${height}`, async ({ page, baseURL }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${baseURL}/embed?${LOCKS}`);
    await expect(page.locator(".legend li").first()).toBeVisible();
    await expect(page.getByRole("link", { name: /^Open in/ })).toBeVisible();
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(tooWide).toBe(0);
    await expectAccessible(page, "light");
    await expectAccessible(page, "dark");
  });
}

test("it reads well without script @desk", async ({ browser, baseURL, api }) => {
  const { edition, view } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}/embed`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(1 + classes.k);
  await expect(page.getByRole("link", { name: /^Open in/ })).toBeVisible();
  await context.close();
});

test("a low frame holds card and legend whole @desk", async ({ page, baseURL, api }) => {
  const { edition, view } = await api("atlas");
  const [{ code }] = (await api(`${edition}/areas/${view.geography}`)).areas;
  await page.setViewportSize({ width: 800, height: 520 });
  for (const query of ["", `?areas=${code}`]) {
    await page.goto(`${baseURL}/embed${query}`);
    await expect(page.locator(".legend li").first()).toBeVisible();
    if (query) await expect(page.locator(".card")).toContainText("Everything about this area");
    const cut = page.locator(".overlay > .card, .overlay > .legend").evaluateAll((boxes) =>
      boxes.filter((box) => box.scrollHeight > box.clientHeight + 1).map(({ className }) => className),
    );
    expect(await cut).toEqual([]);
  }
});
