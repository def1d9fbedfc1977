// The view on paper: map, legend, sentence, table and source on A4.

import type { Page } from "@playwright/test";
import { expect, openChoices, ready, test } from "./atlas";

/** Prints without the browser's own dialog. */
async function print(page: Page, how: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    const own = window as Window & { printed?: boolean };
    own.printed = false;
    own.print = () => {
      own.dispatchEvent(new Event("beforeprint"));
      own.printed = true;
    };
  });
  await how();
  await page.waitForFunction(() => (window as Window & { printed?: boolean }).printed);
}

test("the sheet has everything, drawn for the width of the paper", async ({ page, api }) => {
  const { edition, view, attribution, title } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}?still=true`);
  await page.goto("/?theme=dark");
  await ready(page);
  await openChoices(page);
  await print(page, () => page.getByRole("button", { name: "Print" }).click());
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 688, height: 1016 });
  const sheet = page.getByRole("article");
  await expect(sheet.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  await expect(page.getByRole("application")).toBeHidden();
  const [map, legend] = await sheet.locator("svg").all();
  expect((await map?.boundingBox())?.width).toBe(688);
  // An area is a path; so are the borders above them.
  expect(await map?.locator("path").count()).toBeGreaterThan(classes.n);
  for (const count of classes.counts) await expect(legend!).toContainText(String(count));
  await expect(sheet.getByRole("table").getByRole("row")).toHaveCount(61);
  for (const text of [title, ...attribution, `edition=${edition}`, "The first 60 of"]) {
    await expect(sheet).toContainText(text);
  }
  // Dark colours are for screens.
  expect(await sheet.evaluate((own) => getComputedStyle(own).color)).toBe("rgb(20, 32, 43)");
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.length).toBeGreaterThan(20_000);
});

test("Ctrl+P prints the same, with what is selected @keys", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}?q=leeds`);
  const chosen = areas.slice(0, 2);
  await page.goto(`/?areas=${chosen.map((area: any) => area.code).join(",")}&at=-1.55,53.8,12`);
  await ready(page);
  await expect(page.getByRole("region", { name: "Compared" })).toBeVisible();
  await print(page, () => page.keyboard.press("Control+p"));
  await page.emulateMedia({ media: "print" });
  const sheet = page.getByRole("article");
  await expect(sheet.getByRole("table").getByRole("row")).toHaveCount(3);
  for (const area of chosen) await expect(sheet).toContainText(area.name);
  // Afterwards the page is as it was.
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole("application")).toBeVisible();
});

test("two maps have both their subjects, sources and figures, and a filter is said @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const catalog = await api(`${edition}/catalog`);
  const source = (id: string) => catalog.indicators.find((item: any) => item.id === id).source;
  const passing = await api(`${edition}/areas/${view.geography}?filter=crime>90&fields=code`);
  await page.goto("/?mode=double&second=density&filter=crime%3E90");
  await ready(page);
  await expect(page.getByText("Density, 2011").first()).toBeVisible();
  await expect(page.getByText(passing.sentence)).toBeVisible();
  await print(page, () => page.keyboard.press("Control+p"));
  await page.emulateMedia({ media: "print" });
  const sheet = page.getByRole("article");
  for (const text of ["Recorded crime, July 2018 · Residents per hectare, 2011", source("crime"), source("density")]) {
    await expect(sheet).toContainText(text);
  }
  await expect(sheet).toContainText(passing.sentence);
  await expect(sheet.getByRole("table").getByRole("row")).toHaveCount(1 + passing.count);
  await expect(sheet.getByRole("columnheader", { name: "Density, 2011; per hectare" })).toBeVisible();
});
