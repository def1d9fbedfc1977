// On a phone: the page is one screen of finding, map and panels, which are a sheet over its foot; all choices but the
// indicator have a sheet of their own, and nothing is wider than the window.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, openChoices, openLegend, ready, test } from "./atlas";
import { focusProblem } from "./hands";
import { expectWhole } from "./reading";

test.skip(({ isMobile }) => !isMobile, "these are about phones");

/** Where an element begins, from the top of the page. */
const topOf = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => element.getBoundingClientRect().top + window.scrollY);

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test("the finding, the map and the first of the list are one screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  expect(await topOf(page, "h1")).toBeLessThan(140);
  // With a line to spare for a font of wide letters.
  expect(await topOf(page, ".map")).toBeLessThan(216);
  // There is no card yet that would say what the numbers are.
  await expect(page.getByText(/^1 to 5 on the map are/).filter({ visible: true })).toHaveCount(1);
  await expect(page.locator(".legend .ends")).toBeInViewport({ ratio: 1 });
  await expect(page.locator("#areas tbody.areas tr").nth(1)).toBeInViewport({ ratio: 1 });
  expect(await width(page)).toBe(390);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(844);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
});

const grabber = (page: Page) => page.getByRole("button", { name: /^Panels:/ });
const sheetOf = (page: Page) => page.locator(".side");
const heightOf = async (page: Page) => (await sheetOf(page).boundingBox())?.height ?? 0;

/** The sheet has come to a height, and stands on the foot of the window. */
async function expectSheet(page: Page, height: "peek" | "half" | "full"): Promise<void> {
  await expect(sheetOf(page)).toHaveAttribute("data-height", height);
  await expect(grabber(page)).toHaveAttribute("aria-expanded", String(height !== "peek"));
  const stage = (await page.locator(".stage").boundingBox()) ?? { y: 0, height: 0 };
  const least = { peek: 0, half: 0.55, full: 0.99 }[height] * stage.height;
  const most = { peek: 0.45, half: 0.7, full: 1.01 }[height] * stage.height;
  await expect.poll(() => heightOf(page)).toBeGreaterThan(least);
  await expect.poll(() => heightOf(page)).toBeLessThan(most);
  const box = (await sheetOf(page).boundingBox()) ?? { y: 0, height: 0 };
  expect(Math.round(box.y + box.height)).toBe(page.viewportSize()?.height);
}

for (const size of [
  { width: 390, height: 844 },
  { width: 360, height: 640 },
]) {
  test(`the panels are raised by taps: ${size.width} by ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto("/");
    await ready(page);
    await expectSheet(page, "peek");
    await grabber(page).tap();
    await expectSheet(page, "half");
    await expectAccessible(page, "light");
    await grabber(page).tap();
    await expectSheet(page, "full");
    await expectAccessible(page, "light");
    await grabber(page).tap();
    await expectSheet(page, "peek");
    // A tab opens what it names, and one that is raised stays so.
    await page.getByRole("tab", { name: "Trend" }).tap();
    await expectSheet(page, "half");
    await expect(page.getByRole("tabpanel").getByRole("heading", { level: 2 }).first()).toBeInViewport();
    await grabber(page).tap();
    await page.getByRole("tab", { name: "Areas" }).tap();
    await expectSheet(page, "full");
    // The list scrolls inside it, down to where the figures are from.
    await expect(page.getByText("Words explained")).not.toBeInViewport();
    await page.getByText("Words explained").scrollIntoViewIfNeeded();
    await expect(page.getByText("Words explained")).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("tabpanel").getByText("West Yorkshire atlas", { exact: true })).toBeInViewport();
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await expect(page.getByRole("tab", { name: "Areas" })).toBeInViewport({ ratio: 1 });
  });
}

test("a finger drags the panels up and down, and keys do the same", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  await expectSheet(page, "peek");
  const from = async (part: string) => {
    const box = await page.locator(part).first().boundingBox();
    if (!box) throw new Error(`no ${part}`);
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await swipe(page, [await from(".grabber")], [0, -150]);
  await expectSheet(page, "half");
  // On the tabs, too, of which none is pressed.
  await swipe(page, [await from("#tab-trend")], [0, -250]);
  await expectSheet(page, "full");
  await expect(page.getByRole("tab", { name: "Areas" })).toHaveAttribute("aria-selected", "true");
  await swipe(page, [await from(".grabber")], [0, 560]);
  await expectSheet(page, "peek");
  // What peeks up is raised from anywhere, and nothing in it is pressed.
  await swipe(page, [await from("#areas tbody.areas tr")], [0, -160]);
  await expectSheet(page, "half");
  await expect(page).toHaveURL("/");
  // Raised, the list scrolls.
  await swipe(page, [await from("#areas tbody.areas tr:nth-child(5)")], [0, -120]);
  await expect.poll(() => page.locator("#panel").evaluate((panel) => panel.scrollTop)).toBeGreaterThan(60);
  await expectSheet(page, "half");
  await grabber(page).focus();
  await page.keyboard.press("ArrowUp");
  await expectSheet(page, "full");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expectSheet(page, "peek");
  await page.keyboard.press("Enter");
  await expectSheet(page, "half");
  await page.keyboard.press("ArrowDown");
  // Whoever goes on into the panel sees where the keyboard is.
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    expect(await focusProblem(page)).toBeNull();
  }
  await expectSheet(page, "half");
  // Nor is what lies behind them come to unseen.
  await grabber(page).focus();
  await page.keyboard.press("ArrowUp");
  await expectSheet(page, "full");
  await page.keyboard.press("Shift+Tab");
  await expectSheet(page, "peek");
  await expect.poll(() => focusProblem(page)).toBeNull();
});

test("the legend opens over the map", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  const legend = page.getByRole("region", { name: /^Legend:/ });
  const fold = legend.getByRole("button", { name: "Legend" });
  const folded = (await legend.boundingBox())?.height ?? 0;
  expect(folded).toBeLessThan(90);
  await expect(legend.getByRole("button", { name: "Change the classes and colours" })).toBeHidden();
  await fold.tap();
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await expect(legend.getByRole("radio", { name: "West Yorkshire" })).toBeVisible();
  await legend.getByRole("button", { name: "Change the classes and colours" }).tap();
  await expect(legend.getByLabel("Equal step")).toBeAttached();
  await expectAccessible(page, "light");
  await fold.tap();
  await expect.poll(async () => (await legend.boundingBox())?.height).toBe(folded);
});

test.describe("where an area is hidden", () => {
  test.use({ atlas: "invented" });

  test("the folded legend says so, and covers no button", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/");
    await ready(page);
    const legend = page.getByRole("region", { name: /^Legend:/ });
    await expect(legend.getByRole("button", { name: "Legend" })).toHaveAttribute("aria-expanded", "false");
    await expect(legend.getByText("Hidden to protect privacy: 1")).toBeVisible();
    const [over, below] = await Promise.all([
      legend.boundingBox(),
      page.getByRole("button", { name: /^Places/ }).boundingBox(),
    ]);
    expect((over?.y ?? 0) + (over?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
  });
});

test("after Compare the comparison is in sight", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/?panel=trend");
  await expect(page.locator(".map-pin")).toHaveCount(5);
  // A link that opens a panel wants it read.
  await expectSheet(page, "half");
  const map = (await page.locator(".map").boundingBox()) ?? { x: 0, y: 0 };
  await page.touchscreen.tap(map.x + 195, map.y + 170);
  const card = page.locator(".card.is-area");
  await expect(card).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("tab", { name: "Areas" })).toBeInViewport({ ratio: 1 });
  await expectAccessible(page, "light");
  const name = await card.getByRole("heading").innerText();
  await card.getByRole("button", { name: "Compare" }).tap();
  await expect(card).toHaveCount(0);
  await expectSheet(page, "half");
  const compared = page.getByRole("region", { name: "Compared" });
  await expect(compared.getByRole("heading")).toBeFocused();
  await expect(compared.getByText(name).first()).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("status").getByText(/^1 LSOA|^1 area/)).toBeVisible();
  // The next one that is tapped has its card again, and the list comes back when it is closed.
  const lower = (await page.locator(".map").boundingBox()) ?? map;
  await page.touchscreen.tap(lower.x + 160, lower.y + 150);
  await expect(card).toBeInViewport({ ratio: 1 });
  await grabber(page).tap();
  await expectSheet(page, "half");
  await expect(card).toBeHidden();
  await grabber(page).tap();
  await grabber(page).tap();
  await expect(card).toBeVisible();
  await card.getByRole("button", { name: "Close" }).tap();
  await expect(card).toHaveCount(0);
  await expectSheet(page, "peek");
  expect(await heightOf(page)).toBeGreaterThan(140);
});

test("a comparison that comes late takes nobody from the next area", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await expect(page.locator(".map-pin")).toHaveCount(5);
  let answer = () => {};
  const held = new Promise<void>((done) => {
    answer = done;
  });
  const map = (await page.locator(".map").boundingBox()) ?? { x: 0, y: 0 };
  await page.touchscreen.tap(map.x + 195, map.y + 170);
  const card = page.locator(".card.is-area");
  await expect(card).toBeVisible();
  await page.route(/\/compare\?/, async (route) => {
    await held;
    await route.continue();
  });
  await card.getByRole("button", { name: "Compare" }).tap();
  await expectSheet(page, "half");
  await page.touchscreen.tap(map.x + 160, map.y + 190);
  await expect(card).toBeVisible();
  answer();
  await expect(page.getByRole("region", { name: "Compared" })).toBeAttached();
  await expectSheet(page, "peek");
  await expect(card).toBeVisible();
});

test("a link with one area opens with its card", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const [one, other] = [areas[3], areas[9]];
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/?areas=${one.code}`);
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toBeInViewport({ ratio: 1 });
  await expect(card.getByRole("heading")).toContainText(one.local_name ?? one.name);
  await expect(card.locator(".rank").filter({ hasText: "of 1,388" })).toBeVisible();
  // The area is not under it.
  const top = (await card.boundingBox())?.y ?? 0;
  const marked = page.locator(".leaflet-marks-pane path").first();
  await expect.poll(async () => (await marked.boundingBox())?.y ?? Number.POSITIVE_INFINITY).toBeLessThan(top);
  // The panels are drawn up over it.
  const handle = await grabber(page).boundingBox();
  if (!handle) throw new Error("nothing to draw them up by");
  await swipe(page, [[handle.x + handle.width / 2, handle.y + handle.height / 2]], [0, -200]);
  await expectSheet(page, "half");
  await expect(card).toBeHidden();
  // Of several the list speaks.
  await page.goto(`/?areas=${one.code},${other.code}`);
  await expect(page.getByRole("region", { name: "Compared" })).toBeVisible();
  await expect(page.locator(".card.is-area")).toHaveCount(0);
  // Where the page scrolls, who it is and its figure stand below the map.
  await page.setViewportSize({ width: 390, height: 480 });
  await page.goto(`/?areas=${one.code}`);
  await expect(card.getByRole("heading")).toContainText(one.local_name ?? one.name);
  await expect(card.locator(".rank").filter({ hasText: "of 1,388" })).toBeVisible();
  expect((await card.boundingBox())?.y).toBeGreaterThanOrEqual(await topOf(page, ".legend") - 200);
});

test("a small frame names the area that is selected", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  await page.setViewportSize({ width: 400, height: 480 });
  await page.goto(`/embed?areas=${areas[3].code}`);
  const card = page.getByRole("region", { name: "The area" });
  await expect(card.getByRole("heading")).toContainText(areas[3].local_name ?? areas[3].name);
  await expect(card.locator(".rank").filter({ hasText: "of 1,388" })).toBeVisible();
  const bottom = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    return (box?.y ?? 0) + (box?.height ?? 0);
  };
  // It stands between the map and the legend, and covers neither.
  expect((await card.boundingBox())?.y).toBeGreaterThanOrEqual(Math.floor(await bottom(".map-frame")));
  expect((await page.locator(".legend").boundingBox())?.y).toBeGreaterThanOrEqual(Math.floor(await bottom(".card")));
  expect(await width(page)).toBe(400);
  await expectAccessible(page, "light");
});

test("what is waited for is named over the map", async ({ page, api }) => {
  const { view } = await api("atlas");
  await page.setViewportSize({ width: 390, height: 844 });
  let answer = () => {};
  const held = new Promise<void>((done) => {
    answer = done;
  });
  // From the beginning: the page may ask for what comes next before it is wanted.
  await page.route("**/classes/**", async (route) => {
    if (!route.request().url().includes(view.indicator)) await held;
    await route.continue().catch(() => {});
  });
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: "Next indicator" }).tap();
  const word = page.getByText(/^Loading .+, .+…$/);
  await expect(word).toBeInViewport({ ratio: 1 });
  await expectAccessible(page, "light");
  answer();
  await expect(word).toHaveCount(0);
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

for (const size of [
  { width: 320, height: 256 },
  { width: 390, height: 540 },
  { width: 844, height: 390 },
]) {
  test(`a window of few lines is one page that scrolls: ${size.width} by ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto("/");
    await ready(page);
    await expect(grabber(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Legend", exact: true })).toHaveCount(0);
    await expect(page.getByRole("contentinfo")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(2 * size.height);
    await expectWhole(page);
  });
}

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

test("what opens to select by takes the place of the panels, and of the card", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: "Select", exact: true }).tap();
  const opened = page.getByRole("region", { name: "Select areas" });
  await expect(opened).toBeVisible();
  await expect(page.getByRole("tab", { name: "Areas" })).toBeHidden();
  await expectAccessible(page, "light");
  const map = await page.getByRole("application").boundingBox();
  if (!map) throw new Error("no map");
  await page.touchscreen.tap(map.x + map.width / 2, map.y + 150);
  const card = page.locator(".card.is-area");
  await expect(card).toBeAttached();
  await expect(card).toBeHidden();
  await opened.getByRole("button", { name: "Close" }).tap();
  await expect(card).toBeVisible();
  await expect(page.getByRole("tab", { name: "Areas" })).toBeVisible();
});

test("where the page scrolls, what opens to select by does not lie over its end", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 540 });
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: "Select", exact: true }).tap();
  const opened = page.getByRole("region", { name: "Select areas" });
  await expect(opened).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  const end = async () => (await page.getByRole("contentinfo").boundingBox()) ?? { y: 0, height: 0 };
  const top = async () => (await opened.boundingBox())?.y ?? 0;
  await expect.poll(async () => (await end()).y + (await end()).height).toBeLessThanOrEqual((await top()) + 1);
});

test("what is opened of a tapped area, or shared, is of that area for whoever gets the link", async ({ page, browser }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  await expect(page.locator(".map-pin")).toHaveCount(5);
  const map = await page.getByRole("application").boundingBox();
  if (!map) throw new Error("no map");
  await page.touchscreen.tap(map.x + 195, map.y + 170);
  const card = page.locator(".card.is-area");
  await expect(card).toBeVisible();
  const name = await card.getByRole("heading").innerText();
  // The card alone is no choice, but what is shared of it names it.
  await expect(page).toHaveURL("/");
  await page.getByRole("button", { name: "Share" }).first().tap();
  await expect(page.getByRole("dialog").getByLabel("Link to this view")).toHaveValue(/[?&]areas=E\d{8}(&|$)/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // One step opens the panel and selects it.
  await page.getByRole("tab", { name: "Profile" }).tap();
  await expect(page).toHaveURL(/\?areas=E\d{8}&panel=profile$/);
  await expect(page.getByRole("tabpanel")).toContainText(name);
  const again = await browser.newPage();
  await again.goto(page.url());
  await expect(again.getByRole("tabpanel")).toContainText(name);
  await again.close();
  await page.goBack();
  await expect(page).toHaveURL("/");
});

test("a finger adds a class to what is selected", async ({ page }) => {
  await page.goto("/?geography=msoa11");
  await ready(page);
  const classes = page.locator(".legend .bars button");
  const joins = page.getByLabel("Add to what is selected");
  await expect(joins).toHaveCount(0);
  await classes.nth(4).tap();
  await expect(page).toHaveURL("/?geography=msoa11&areas=class:5");
  await openLegend(page);
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

test("letters that a reader sets apart stay in their buttons", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  // https://www.w3.org/TR/WCAG22/#text-spacing
  await page.evaluate(() =>
    document.styleSheets[0]?.insertRule("* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"),
  );
  const [box, said] = await page.getByRole("button", { name: "Select", exact: true }).evaluate((button) => {
    const range = document.createRange();
    range.selectNodeContents(button);
    return [button, range].map((part) => part.getBoundingClientRect());
  });
  expect(said?.left).toBeGreaterThan(box?.left ?? 0);
  expect(said?.right).toBeLessThan(box?.right ?? 0);
});

test("one finger moves the map where the page does not scroll, and two enlarge it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await expect(page.locator(".map-pin")).toHaveCount(5);
  const box = await page.getByRole("application").boundingBox();
  if (!box) throw new Error("no map");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await swipe(page, [[x, y]], [60, 60]);
  await expect(page).toHaveURL(/at=/);
  await expect(page.getByText("Use two fingers to move the map")).toHaveCount(0);
  const zoom = () => Number(new URL(page.url()).searchParams.get("at")?.split(",").at(-1));
  const before = zoom();
  await pinch(page, [x, y]);
  await expect.poll(zoom).toBeGreaterThan(before);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
});

for (const path of ["/", "/embed"]) {
  test(`one finger on the map scrolls the page, two move the map: ${path}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: path === "/" ? 540 : 420 });
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

/** Two fingers that part. */
async function pinch(page: Page, [x, y]: readonly [number, number]) {
  const client = await page.context().newCDPSession(page);
  const points = (apart: number) => [-apart, apart].map((by, id) => ({ x: x + by, y, id }));
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: points(30) });
  for (let step = 1; step <= 10; step += 1) {
    await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: points(30 + 6 * step) });
  }
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

for (const [path, size] of [
  ["/", { width: 390, height: 844 }],
  ["/", { width: 360, height: 640 }],
  ["/", { width: 390, height: 540 }],
  ["/embed", { width: 400, height: 480 }],
] as const) {
  test(`an area that is tapped stays in sight of its card: ${path}, ${size.height} high`, async ({ page }) => {
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

for (const size of [
  { width: 320, height: 568 },
  { width: 360, height: 640 },
]) {
  test(`on a phone of ${size.width} by ${size.height} the card is read without scrolling`, async ({ page, api }) => {
    await page.setViewportSize(size);
    const { edition, view } = await api("atlas");
    const { areas } = await api(`${edition}/areas/${view.geography}`);
    await page.goto("/");
    await ready(page);
    const field = page.getByRole("combobox", { name: /Find a place/ });
    await field.tap();
    await field.fill(areas[7].code);
    const found = page.getByRole("listbox", { name: "Found" }).getByRole("option").first();
    await expect(found).toContainText(areas[7].name);
    await found.tap();
    const card = page.locator(".card.is-area");
    await expect(card.getByRole("heading")).toHaveText(areas[7].name);
    // Nothing is cut by the foot of the card, which stays where it is.
    const foot = () => card.locator(".foot").evaluate((own) => own.getBoundingClientRect().top);
    for (const part of [card.locator("p.value"), card.locator(".rank").last()]) {
      await expect(part).toBeInViewport({ ratio: 1 });
      const { y, height } = (await part.boundingBox()) ?? { y: 0, height: 0 };
      expect(y + height).toBeLessThanOrEqual((await foot()) + 1);
    }
    // Above it the area is in sight, and nothing lies over it.
    const pin = await page.locator(".map-pin.is-selected span").boundingBox();
    const top = (await card.boundingBox())?.y ?? 0;
    expect((pin?.y ?? top) + (pin?.height ?? 0)).toBeLessThan(top);
    const legend = page.locator(".overlay > .legend");
    await expect(legend).toBeHidden();
    await card.getByRole("button", { name: "Close" }).tap();
    await expect(legend).toBeVisible();
  });

  test(`on a phone of ${size.width} by ${size.height} no number is under the legend, and names are whole`, async ({ page, api }) => {
    await page.setViewportSize(size);
    const { edition, view } = await api("atlas");
    const { rank } = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
    const { areas } = await api(`${edition}/areas/${view.geography}`);
    await page.goto("/");
    await ready(page);
    await expect(page.locator(".map-pin")).toHaveCount(5);
    const { y = 0, height = 0 } = (await page.locator(".overlay > .legend").boundingBox()) ?? {};
    for (const pin of await page.locator(".map-pin span").all()) {
      expect((await pin.boundingBox())?.y).toBeGreaterThanOrEqual(y + height - 2);
    }
    // The first of the list can be told by its name.
    const name = page.locator("#areas tbody.areas tr").first().locator(".start");
    await expect(page.locator("#areas tbody.areas tr").first()).toContainText(areas[rank.values.indexOf(1)].name);
    expect(await name.evaluate((own) => own.scrollWidth - own.clientWidth)).toBeLessThanOrEqual(0);
  });
}

test.describe("where some values are hidden", () => {
  test.use({ atlas: "invented" });

  test("the whole lies below the legend, which says so", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    // The upper corners.
    await page.goto("/?areas=A31,A36");
    await ready(page);
    const legend = page.locator(".legend");
    await expect(legend.locator(".absences")).toBeVisible();
    const outline = page.locator(".leaflet-marks-pane path").first();
    await expect(outline).toBeAttached();
    const bottom = async () => {
      const box = await legend.boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    await expect.poll(async () => ((await outline.boundingBox())?.y ?? 0) - (await bottom())).toBeGreaterThan(0);
  });
});
