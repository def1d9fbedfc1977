// The pages that need no script: whatever the names, on every screen, on paper, light and dark.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, REFUSED, test } from "./atlas";
import { TURNED } from "./unwieldy";

/** How much wider than the screen, or the sheet, the content is. */
async function excess(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

test("the plain pages are accessible, light and dark", async ({ page, complaints }) => {
  for (const path of [
    "/table?geography=lad11",
    "/areas/lsoa11/E01010568",
    "/areas/lsoa11/none",
    "/embed",
  ]) {
    await page.goto(path);
    for (const theme of ["light", "dark"] as const) await expectAccessible(page, theme);
  }
  complaints.provoke(REFUSED);
});

test("a word at the head of a column of a profile is whole on paper @desk", async ({ page }) => {
  // Between the margins of A4.
  await page.setViewportSize({ width: 695, height: 1000 });
  await page.goto("/areas/lsoa11/E01010568");
  await page.emulateMedia({ media: "print" });
  const heads = page.locator(".profile thead .brief");
  const broken = await heads.evaluateAll((all) => {
    for (const head of all) if (head.closest(".number")) head.textContent = "Northamptonshire";
    return all.filter((head) => {
      // A word in two lines has two boxes.
      const text = document.createTreeWalker(head, NodeFilter.SHOW_TEXT).nextNode();
      const last = /\S+$/.exec(text?.textContent?.trimEnd() ?? "");
      if (!text || !last) return false;
      const range = document.createRange();
      range.setStart(text, last.index);
      range.setEnd(text, last.index + last[0].length);
      return range.getClientRects().length > 1;
    }).length;
  });
  expect(await heads.count()).toBeGreaterThan(0);
  expect(broken).toBe(0);
  expect(await excess(page)).toBe(0);
});

test("a profile fits a phone without scrolling sideways @desk", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/areas/lsoa11/E01010568");
  const tables = page.getByRole("table");
  const widths = await tables.evaluateAll((all) =>
    all.map((table) => table.scrollWidth - (table.parentElement?.clientWidth ?? 0)),
  );
  expect(widths.length).toBeGreaterThan(1);
  expect(Math.max(...widths)).toBeLessThanOrEqual(0);
  await expect(page.getByRole("row", { name: /Recorded crime/ })).toContainText("per 1,000");
});

test("dark screens print black on white @desk", async ({ page }) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const path of ["/table", "/areas/lsoa11/E01010568", "/embed"]) {
    await page.goto(path);
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return [color, backgroundColor];
    });
    expect(colours).toEqual(["rgb(20, 32, 43)", "rgb(255, 255, 255)"]);
    await expect(page.getByRole("button", { name: "Show" })).toBeHidden();
    await expect(page.getByRole("link", { name: "Show on the map" })).toBeHidden();
  }
});

test("before its script the page leads to every area and to the table", async ({ browser, baseURL }, info) => {
  const context = await browser.newContext({ ...info.project.use, baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/");
  expect(await excess(page)).toBeLessThanOrEqual(0);
  await page.getByRole("row").nth(1).getByRole("link").click();
  await expect(page.getByRole("img", { name: /within/ })).toBeVisible();
  await page.goBack();
  await page.getByRole("link", { name: "Other indicators, areas and periods" }).click();
  await page.getByLabel("Indicator").selectOption("robbery");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Robbery");
  await context.close();
});

test.describe("with unwieldy names", () => {
  test.use({ atlas: "unwieldy" });

  const PATHS = [
    ...["need", "tenth"].map((indicator) => `/table?indicator=${indicator}`),
    ...["square/SW", "square/SE", "half/WEST", "square/none"].map((area) => `/areas/${area}`),
    "/embed",
  ];

  test("no page scrolls sideways, on any screen or on paper @desk", async ({ page, complaints }) => {
    for (const path of PATHS) {
      await page.goto(path);
      for (const [media, width] of [
        ["screen", 320],
        ["screen", 1440],
        ["print", 720],
      ] as const) {
        await page.emulateMedia({ media });
        await page.setViewportSize({ width, height: 800 });
        expect(await excess(page), `${path} at ${width}, ${media}`).toBeLessThanOrEqual(0);
      }
    }
    complaints.provoke(REFUSED);
  });

  test("the table comes soon after its heading @desk", async ({ page }) => {
    await page.goto("/table?indicator=need");
    const table = await page.getByRole("table").boundingBox();
    expect(table?.y).toBeLessThan(1700);
    const heights = await page
      .getByRole("row")
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(160);
  });

  test("a name from right to left stands in its place @desk", async ({ page }) => {
    await page.goto("/areas/square/NW");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(TURNED);
    await expect(page).toHaveTitle(new RegExp(`^\u2068${TURNED}\u2069 · x+$`));
  });
});
