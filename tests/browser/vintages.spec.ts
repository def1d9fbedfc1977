// Two vintages of the same kind of area: a selection goes from one to the other, and names say which is which.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test as base, closeChoices, expect, openChoices, ready } from "./atlas";
import { start } from "./server";

const test = base.extend<object, { vintages: string }>({
  vintages: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      // What the server keeps of an atlas stands beside it.
      const folder = mkdtempSync(join(tmpdir(), "tessera-vintages-"));
      cpSync(join(import.meta.dirname, "../vintages"), folder, { recursive: true });
      const server = await start(folder);
      await use(server.url);
      await server.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  // The complaints of the page are watched as everywhere: no request may be refused on the way.
  baseURL: ({ vintages }, use) => use(vintages),
});

const ALL = "E01000001,E01000002,E01032483,E01032484";
const ELSEWHERE = "Need in 2025 is not published for LSOAs of 2011; shown for LSOAs of 2021.";
const LET_GO = "Invented 002B has no counterpart among LSOAs of 2021 and was let go.";

async function chooseIndicator(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Indicator:/ }).click();
  await page.getByRole("searchbox", { name: /Find an indicator/ }).fill(name);
  await page.getByRole("dialog").getByRole("button", { name }).first().click();
}

test("a selection follows an indicator to the other vintage and back", async ({ page }) => {
  await page.goto(`/?areas=${ALL}`);
  await ready(page);
  await chooseIndicator(page, "Need in 2025");
  await expect(page).toHaveURL(
    "/?indicator=need-2025&areas=E01000001,E01033769,E01033770,E01033771",
  );
  for (const notice of [
    ELSEWHERE,
    "Your selection moved with you from 3 LSOAs of 2011 to 4 LSOAs of 2021.",
    LET_GO,
  ]) {
    await expect(page.getByText(notice)).toBeVisible();
  }
  await expect(page.getByText("4 areas", { exact: true })).toBeVisible();

  await chooseIndicator(page, "Need in 2019");
  await expect(page).toHaveURL("/?areas=E01000001,E01000002,E01032483");
  await expect(
    page.getByText("Your selection moved with you from 4 LSOAs of 2021 to 3 LSOAs of 2011."),
  ).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(`/?areas=${ALL}`);
  await expect(page.getByText("4 areas", { exact: true })).toBeVisible();
});

test("a link to areas of the vintage without the indicator shows those of the other", async ({
  page,
  request,
}) => {
  const link = `/?indicator=need-2025&geography=lsoa11&areas=${ALL}`;
  await page.goto(link);
  await ready(page);
  const said = [
    ELSEWHERE,
    "Your selection moved with you from 3 LSOAs of 2011 to 4 LSOAs of 2021.",
    LET_GO,
  ];
  for (const notice of said) await expect(page.getByText(notice)).toBeVisible();
  await expect(page).toHaveURL(
    "/?indicator=need-2025&areas=E01000001,E01033769,E01033770,E01033771",
  );
  // Without script it is said in the same words.
  const html = await (await request.get(link)).text();
  for (const notice of said) expect(html).toContain(notice);
});

test("areas are told apart by vintage where both are on offer, and the chooser names them once", async ({
  page,
}) => {
  await page.goto("/?indicator=need-2025");
  await ready(page);
  await openChoices(page);
  const areas = page.getByLabel("Areas shown").locator("option");
  await expect(areas).toHaveText(["LSOA (4)"]);
  await closeChoices(page);
  await page.goto("/?indicator=people");
  await ready(page);
  await openChoices(page);
  await expect(areas).toHaveText(["LSOA of 2011 (4)", "District (2)", "LSOA of 2021 (4)"]);
  await closeChoices(page);
  await page.getByRole("button", { name: /^Indicator:/ }).click();
  const people = page.getByRole("dialog").getByRole("button", { name: "People" }).first();
  await expect(people).toContainText("LSOA, district · 2019 – 2025");
  // What is said of each vintage by itself names it.
  const kinds = page.getByRole("dialog").locator("dt").filter({ hasText: /LSOA|District/ });
  await expect(kinds).toHaveText(["LSOA of 2011", "District", "LSOA of 2021"]);
});
