// On a phone: the finding and the map come first, all choices but the indicator have a sheet, and nothing is wider than the window.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, openChoices, ready, test } from "./atlas";
import { expectWhole } from "./reading";

test.skip(({ isMobile }) => !isMobile, "these are about phones");

/** Where an element begins, from the top of the page. */
const topOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => element.getBoundingClientRect().top + window.scrollY);

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test("the finding and the map come first", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  expect(await topOf(page, "h1")).toBeLessThan(140);
  expect(await topOf(page, ".map")).toBeLessThan(300);
  await expect(page.getByRole("main").getByText("West Yorkshire atlas")).toBeVisible();
  // There is no card yet that would say what the numbers are.
  await expect(page.getByText(/^1 to 5 on the map are/).filter({ visible: true })).toHaveCount(1);
  expect(await width(page)).toBe(390);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
});

test("all choices are in one sheet, which gives the focus back", async ({ page, api }) => {
  const { view } = await api("atlas");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  const choices = page.getByRole("button", { name: "Areas, place and period" });
  await choices.click();
  const sheet = page.getByRole("dialog", { name: "Areas, place and period" });
  await sheet.getByLabel("Only those in").selectOption("lad11:E08000035");
  await expect(page).toHaveURL("/?within=lad11:E08000035");
  await expect(sheet.getByLabel("Areas shown")).toHaveValue(view.geography);
  await expect(sheet.getByRole("button", { name: "Print" })).toBeVisible();
  // What opens in front of the sheet gives the focus back to it.
  const about = sheet.getByRole("button", { name: "About this indicator" });
  await about.click();
  await expect(page.getByRole("dialog")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await expect(about).toBeFocused();
  await expectAccessible(page, "light");
  // It stands at the bottom, where a thumb is.
  const box = await sheet.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844);
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(choices).toBeFocused();
  await expect(page).toHaveURL("/?within=lad11:E08000035");
});

for (const [name, size] of [
  ["a window of 1280 by 1024 at 400%", { width: 320, height: 256 }],
  ["a small phone", { width: 320, height: 640 }],
  ["a phone on its side", { width: 844, height: 390 }],
] as const) {
  test(`everything fits into ${name}`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto("/");
    await ready(page);
    expect(await width(page)).toBe(size.width);
    await expectAccessible(page, "light");
    for (const opened of [/^Indicator:/, "Share"]) {
      await page.getByRole("button", { name: opened }).first().click();
      const box = await page.getByRole("dialog").boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height + 1);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
  });
}

test("what opens to select by lies over nothing, and one sheet is open at a time", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: "Select", exact: true }).tap();
  const opened = page.getByRole("region", { name: "Select areas" });
  await expect(opened).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const end = async () => (await page.getByRole("contentinfo").boundingBox()) ?? { y: 0, height: 0 };
  const top = async () => (await opened.boundingBox())?.y ?? 0;
  await expect.poll(async () => (await end()).y + (await end()).height).toBeLessThanOrEqual((await top()) + 1);
  await page.evaluate(() => window.scrollTo(0, 0));
  const map = await page.getByRole("application").boundingBox();
  if (!map) throw new Error("no map");
  await page.touchscreen.tap(map.x + map.width / 2, map.y + 150);
  const card = page.locator(".card.is-area");
  await expect(card).toBeAttached();
  await expect(card).toBeHidden();
  await opened.getByRole("button", { name: "Close" }).tap();
  await expect(card).toBeVisible();
});

test("a finger adds a class to what is selected", async ({ page }) => {
  await page.goto("/?geography=msoa11");
  await ready(page);
  const classes = page.locator(".legend .bars button");
  const joins = page.getByLabel("Add to what is selected");
  await expect(joins).toHaveCount(0);
  await classes.nth(4).tap();
  await expect(page).toHaveURL("/?geography=msoa11&areas=class:5");
  await joins.check();
  await classes.nth(3).tap();
  await expect(page).toHaveURL("/?geography=msoa11&areas=class:5,class:4");
});

/** Fingers that go from a place on the map, each along the same way. */
async function swipe(page: Page, from: readonly (readonly [number, number])[], by: readonly [number, number]) {
  const client = await page.context().newCDPSession(page);
  const points = (part: number) => from.map(([x, y], id) => ({ x: x + part * by[0], y: y + part * by[1], id }));
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: points(0) });
  for (let step = 1; step <= 10; step += 1) {
    await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: points(step / 10) });
  }
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

for (const path of ["/", "/embed"]) {
  test(`one finger on the map scrolls the page, two move the map: ${path}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: path === "/" ? 844 : 420 });
    await page.goto(path);
    const box = await page.getByRole("application").boundingBox();
    await expect(page.locator(".map-pin")).toHaveCount(5);
    if (!box) throw new Error("no map");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await swipe(page, [[x, y]], [0, -160]);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(60);
    expect(new URL(page.url()).searchParams.get("at")).toBeNull();
    await page.evaluate(() => window.scrollTo(0, 0));
    // Sideways there is nothing to scroll: the map says how it is moved.
    await swipe(page, [[x, y]], [120, 0]);
    await expect(page.getByText("Use two fingers to move the map")).toBeVisible();
    expect(new URL(page.url()).searchParams.get("at")).toBeNull();
    await swipe(page, [[x - 40, y], [x + 40, y]], [60, 60]);
    if (path === "/") await expect(page).toHaveURL(/at=/);
    await expect(page.locator(".card.is-area")).toHaveCount(0);
    await page.touchscreen.tap(x, y);
    await expect(page.locator(".card.is-area")).toBeVisible();
  });
}

for (const [path, size] of [
  ["/", { width: 390, height: 844 }],
  ["/embed", { width: 400, height: 480 }],
] as const) {
  test(`an area that is tapped stays in sight of its card: ${path}`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto(path);
    await expect(page.locator(".map-pin")).toHaveCount(5);
    const box = await page.getByRole("application").boundingBox();
    if (!box) throw new Error("no map");
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height * 0.72);
    const card = page.locator(".card.is-area");
    await expect(card).toBeVisible();
    const top = async () => (await card.boundingBox())?.y ?? 0;
    expect(await top()).toBeGreaterThan(size.height * 0.4);
    // The outline of the area that the tap came to stands above the card.
    const marked = page.locator(".leaflet-marks-pane path").first();
    await expect(marked).toBeAttached();
    const middle = async () => {
      const outline = await marked.boundingBox();
      return (outline?.y ?? Number.POSITIVE_INFINITY) + (outline?.height ?? 0) / 2;
    };
    await expect.poll(middle).toBeLessThan(await top());
    expect(await middle()).toBeGreaterThan(0);
  });
}

test("periods are run through in sight of the map", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto("/?period=2016-07");
  await ready(page);
  await openChoices(page);
  await page.getByRole("button", { name: "Run through the periods" }).tap();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/period=2017-07$/);
  const bar = page.getByRole("group", { name: "Run through the periods" });
  const map = page.getByRole("application");
  await expect(bar).toBeInViewport({ ratio: 1 });
  await expect(map).toBeInViewport({ ratio: 0.9 });
  await expectWhole(page);
  await expectAccessible(page, "light");
  // It goes on to the last period, and the bar stays for another run.
  await expect(page).toHaveURL("/");
  await expect(bar.getByRole("button", { name: "Run through the periods" })).toBeVisible();
  await bar.getByRole("button", { name: "Put the run through the periods away" }).tap();
  await expect(bar).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/period=2016-07$/);
});
