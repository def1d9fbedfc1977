// What readers ask of their browser: colours of their own, more contrast, less motion, larger text, keys or fingers alone.

import type { Locator, Page } from "@playwright/test";
import { expect, ready, test } from "./atlas";
import { broken } from "./axe";
import { focusProblem, keyboard } from "./hands";
import { expectWhole, ZOOMED } from "./reading";

/** Steps with the Tab key through all of the page; the answer is what was wrong at any of them, and how many there were. */
async function throughThePage(page: Page): Promise<{ problems: string[]; steps: number }> {
  const problems = new Set<string>();
  const isAtTheEnd = () => page.evaluate(() => document.activeElement === document.body);
  let steps = 0;
  do {
    await page.keyboard.press("Tab");
    const problem = await focusProblem(page);
    if (problem) problems.add(problem);
    steps += 1;
  } while (!(await isAtTheEnd()) && steps < 200);
  return { problems: [...problems], steps };
}

test("at 400% zoom nothing scrolls sideways, and the keyboard is seen wherever it is @desk", async ({ page }) => {
  await page.setViewportSize(ZOOMED);
  await page.goto("/");
  await ready(page);
  await expectWhole(page);
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.keyboard.press("Escape");
  const { problems, steps } = await throughThePage(page);
  expect(problems).toEqual([]);
  expect(steps).toBeGreaterThan(20);
  expect(steps).toBeLessThan(200);
});

test("at 400% zoom nothing that a window has is lost @desk", async ({ page }) => {
  const tools = ["Share", "Print", "Keys", "Use dark colours"];
  await page.goto("/");
  await ready(page);
  for (const name of tools) await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
  await page.setViewportSize(ZOOMED);
  const hand = keyboard(page);
  await expect(page.getByRole("button", { name: "Share", exact: true })).toBeVisible();
  await hand.use(page.getByRole("button", { name: "Areas, place and period" }));
  const sheet = page.getByRole("dialog", { name: "Areas, place and period" });
  for (const name of [...tools.slice(1), "Notes about this indicator"]) {
    await expect(sheet.getByRole("button", { name, exact: true })).toBeVisible();
  }
  const keys = sheet.getByRole("button", { name: "Keys", exact: true });
  await hand.use(keys);
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keys" })).toHaveCount(0);
  await expect(keys).toBeFocused();
});

/** How an element looks, as far as its style says; what stands before and after it too. */
async function looks(element: Locator): Promise<string[]> {
  return element.evaluate((own) =>
    [undefined, "::before", "::after"].flatMap((part) => {
      const style = getComputedStyle(own, part);
      return [style.outline, style.border, style.backgroundColor, style.color, style.textDecorationLine, style.display];
    }),
  );
}

test.describe("in colours of the reader's own", () => {
  test("keys and classes keep what they say @desk", async ({ page }) => {
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await page.goto("/");
    await ready(page);
    // The colours of the map are its data.
    const bars = page.locator(".legend .bar");
    const colours = await bars.evaluateAll((all) => all.map((bar) => getComputedStyle(bar).backgroundColor));
    expect(new Set(colours).size).toBe(colours.length);
    const { problems } = await throughThePage(page);
    expect(problems).toEqual([]);
  });

  test("what is chosen looks different from what is not @desk", async ({ page, api }) => {
    const { edition, view } = await api("atlas");
    const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
    const { areas } = await api(`${edition}/areas/${view.geography}`);
    const worst = areas[classes.rank.values.indexOf(1)];
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    await page.goto(`/?areas=${worst.code}`);
    await ready(page);
    const rows = page.locator("#areas tbody.areas tr");
    expect(await looks(rows.filter({ hasText: worst.name }).first())).not.toEqual(await looks(rows.last()));
    expect(await looks(page.getByRole("tab", { name: "Areas" }))).not.toEqual(
      await looks(page.getByRole("tab", { name: "Trend" })),
    );

    const bars = page.locator(".legend .bars button");
    await bars.first().click();
    await expect(bars.first()).toHaveAttribute("aria-pressed", "true");
    expect(await looks(bars.first().locator(".count"))).not.toEqual(await looks(bars.nth(1).locator(".count")));

    await page.getByRole("button", { name: "Change the classes and colours" }).click();
    const palettes = page.locator(".palettes label");
    expect(await looks(palettes.first())).not.toEqual(await looks(palettes.last()));

    await page.getByRole("combobox", { name: /Find a place/ }).fill("leeds");
    const options = page.getByRole("option");
    await expect(options.nth(1)).toBeVisible();
    expect(await looks(options.first())).not.toEqual(await looks(options.nth(1)));
  });
});

test("in colours of the reader's own the middle half stands out of the range @desk", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await page.goto("/?panel=profile&areas=E01010568");
  const halves = page.getByRole("tabpanel").locator(".half");
  await expect(halves.nth(1)).toBeAttached();
  for (const half of [halves.first(), halves.nth(1)]) {
    const [own, behind] = await half.evaluate((own) => [
      getComputedStyle(own).backgroundColor,
      getComputedStyle(own.parentElement as Element, "::before").backgroundColor,
    ]);
    expect(own).not.toBe(behind);
    expect(own).not.toBe(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  }
});

test("asked for more contrast, small words have seven to one @desk", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ contrast: "more", colorScheme, reducedMotion: "reduce" });
    for (const path of ["/", "/table?geography=lad11", "/areas/lsoa11/E01010568"]) {
      await page.goto(path);
      if (path === "/") await ready(page);
      const found = await broken(page, { runOnly: { type: "rule", values: ["color-contrast-enhanced"] } });
      expect(found, `${colorScheme} ${path}`).toEqual([]);
    }
  }
});

test("asked for less motion, nothing moves by itself @desk", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  // Answers that do not come: all that shows waiting is on the page.
  await page.route("**/api/v1/*/classes/**", () => {});
  await page.goto("/");
  await expect(page.getByText("Loading")).toBeAttached();
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().activeDuration !== 0)
        .map((animation) => (animation as CSSAnimation).animationName),
    );
  expect(await moving()).toEqual([]);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect((await moving()).length).toBeGreaterThan(0);
});

test("a finger finds everything without hovering or dragging", async ({ page }, info) => {
  test.skip(info.project.use.hasTouch !== true, "for fingers");
  await page.goto("/");
  await ready(page);
  const map = page.getByRole("application");
  // Closer and back by buttons, and from area to area by taps.
  await page.getByRole("button", { name: "Closer" }).tap();
  await expect(page).toHaveURL(/at=/);
  await page.getByRole("button", { name: "Show the whole" }).tap();
  await expect(page).not.toHaveURL(/at=/);
  const box = await map.boundingBox();
  if (!box) throw new Error("the map is not on screen");
  const card = page.getByRole("region", { name: "The area" });
  // The map may still be on its way home.
  await expect(async () => {
    await page.touchscreen.tap(box.x + box.width * 0.5, box.y + box.height * 0.45);
    await expect(card).toBeVisible({ timeout: 2000 });
  }).toPass();
  await card.getByRole("button", { name: "Compare" }).tap();
  await expect(page).toHaveURL(/areas=/);
  await expect(card).toBeHidden();
  await expect(page.getByRole("region", { name: "Compared" }).getByRole("heading")).toBeInViewport();
  await expectWhole(page);
});
