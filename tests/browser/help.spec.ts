// What the words of statistics mean, by mouse, finger and key.

import { expect, expectAccessible, openLegend, ready, test } from "./atlas";

test("a question mark explains the figure beside it", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await openLegend(page);
  const mark = page.locator(".legend").getByRole("button", { name: "What is this: Classes" });
  const note = page.getByText("Areas with similar figures share a colour.");
  await expect(note).toBeHidden();
  await mark.click();
  await expect(note).toBeVisible();
  // It stays inside the window.
  const box = await note.boundingBox();
  const size = page.viewportSize();
  expect(box && size && box.x >= 0 && box.x + box.width <= size.width).toBe(true);
  expect(box && size && box.y >= 0 && box.y + box.height <= size.height).toBe(true);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
  await page.keyboard.press("Escape");
  await expect(note).toBeHidden();
});

test("all of them stand together", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: "Words explained" }).click();
  const glossary = page.getByRole("dialog", { name: "Words explained" });
  await expect(glossary.getByRole("term").first()).toBeVisible();
  expect(await glossary.getByRole("term").count()).toBeGreaterThan(10);
  await expectAccessible(page, "light");
});

test("each statistic is explained where it stands @desk", async ({ page }) => {
  const mark = (inside: string, term: string) =>
    page.locator(inside).getByRole("button", { name: `What is this: ${term}`, exact: true });
  await page.goto("/");
  await ready(page);
  await expect(mark("#areas", "95% interval")).toHaveCount(1);
  await page.goto("/?areas=E01010568");
  await expect(mark(".card", "95% interval")).toHaveCount(1);

  await page.goto("/?mode=hotspots");
  await expect(mark(".found", "Group")).toHaveCount(1);
  await page.locator(".found li button").first().click();
  for (const term of ["Group", "Getis-Ord Gi*", "p"]) await expect(mark(".card", term)).toHaveCount(1);
  await page.getByRole("button", { name: "Change how hotspots are found" }).click();
  await expect(mark(".options", "Findings that may be chance")).toHaveCount(1);
  await mark(".options", "Permutations").click();
  await expect(page.locator(".options").getByText("to see what chance alone would do")).toBeVisible();
  await expectAccessible(page, "light");

  await page.goto("/?panel=relation");
  for (const term of ["Spearman’s ρ", "Pearson’s r", "Regression line and R²"]) {
    await expect(mark("#panel", term)).toHaveCount(1);
  }
  await page.goto("/?panel=profile&areas=E01010568");
  for (const term of ["Better or worse", "Quartiles"]) await expect(mark("#panel", term)).toHaveCount(1);
  await page.goto("/?mode=significance");
  await expect(mark(".legend", "Better or worse")).toHaveCount(1);
});

test("the words that readers of other atlases look for are there @desk", async ({ page }) => {
  await page.goto("/?areas=E01010568");
  await ready(page);
  const panel = page.getByRole("tabpanel");
  await expect(panel.getByRole("heading", { name: "Data table and bar chart" })).toBeVisible();
  await expect(panel.getByRole("rowheader", { name: "Compare with" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Legend: Recorded crime/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Notes about this indicator" })).toBeVisible();
  for (const [tab, kind] of [
    ["Trend", "Time series"],
    ["Relation", "Scatter plot"],
    ["Profile", "Area profile: spine chart"],
  ] as const) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(panel.getByText(kind)).toBeVisible();
  }
  await panel.getByRole("button", { name: "What is this: Spine chart" }).click();
  await expect(panel.getByText("The mark is this area")).toBeVisible();
});
