// The tree of themes in which an indicator is chosen.

import type { Page } from "@playwright/test";
import { expect, ready, test } from "./atlas";

const open = async (page: Page, path = "/") => {
  await page.goto(path);
  await ready(page);
  await page.getByRole("button", { name: /^Indicator:/ }).click();
  return page.getByRole("dialog", { name: "Indicators" });
};

test("themes open at the present indicator, and fold", async ({ page }) => {
  const chooser = await open(page, "/?indicator=burglary");
  await expect(chooser.getByRole("button", { name: /^Burglary/ })).toHaveAttribute("aria-current", "true");
  await expect(chooser.getByRole("button", { name: /^Burglary/ })).toBeInViewport();
  const census = chooser.getByRole("button", { name: /^Census 2011/ });
  await expect(census).toHaveAttribute("aria-expanded", "false");
  await expect(chooser.getByRole("button", { name: /^Residents/ })).toHaveCount(0);
  await census.click();
  await chooser.getByRole("button", { name: /^People/ }).click();
  await expect(chooser.getByRole("button", { name: /^Residents/ }).first()).toBeVisible();
  await chooser.getByRole("button", { name: /^By type/ }).click();
  await expect(chooser.getByRole("button", { name: /^Burglary/ })).toHaveCount(0);
  // Nothing of it is kept.
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Indicator:/ }).click();
  await expect(chooser.getByRole("button", { name: /^Burglary/ })).toBeVisible();
  await expect(census).toHaveAttribute("aria-expanded", "false");
});

test("themes are headings, below those that they stand in @desk", async ({ page }) => {
  const chooser = await open(page, "/?indicator=burglary");
  await expect(chooser.getByRole("heading", { name: /^Crime/, level: 3 })).toBeVisible();
  await expect(chooser.getByRole("heading", { name: "By type 14 indicators", level: 4 })).toBeVisible();
});

test("keys walk the themes as a tree", { tag: "@keys" }, async ({ page }) => {
  const chooser = await open(page, "/?indicator=burglary");
  const focused = page.locator(":focus");
  await expect(chooser.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(focused).toHaveText(/^\s*Burglary/);
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveText(/^\s*By type/);
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveText(/^\s*Crime/);
  await page.keyboard.press("End");
  await expect(focused).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Home");
  await expect(focused).toHaveText(/^\s*Crime/);
  await page.keyboard.type("ce");
  await expect(focused).toHaveText(/^\s*Census 2011/);
  await page.keyboard.press("ArrowRight");
  await expect(focused).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowRight");
  await expect(focused).toHaveText(/^\s*People/);
  await page.keyboard.press("ArrowUp");
  await expect(focused).toHaveText(/^\s*Census 2011/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(chooser).toHaveCount(0);
  await expect(page).toHaveURL(/indicator=residents/);
});

test("a search opens the branches with hits, in each theme that an indicator stands in @desk", async ({ page }) => {
  const chooser = await open(page);
  await chooser.getByRole("searchbox").fill("persons per household");
  await expect(chooser.getByRole("button", { name: /^Persons per household/i })).toHaveCount(2);
  await expect(chooser.getByRole("button", { name: /^(Homes|People)/ })).toHaveCount(2);
  await expect(chooser.getByRole("button", { name: /^Crime/ })).toHaveCount(0);
  await chooser.getByRole("searchbox").fill("nothing of the kind");
  await chooser.getByRole("button", { name: "Show all" }).click();
  await expect(chooser.getByRole("button", { name: /^Crime/ }).first()).toBeVisible();
});

test("an indicator is found with the period that is named beside it @keys", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const first = page.getByRole("listbox", { name: "Found" }).getByRole("option").first();
  for (const [query, label, address] of [
    ["recorded crime 2016", "Recorded crime, July 2016", "/?period=2016-07"],
    ["july 2017 burglary", "Burglary, July 2017", "/?geography=lsoa11&indicator=burglary&period=2017-07"],
  ] as const) {
    await page.keyboard.press("/");
    await page.keyboard.type(query);
    await expect(first).toContainText(label);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(address);
  }
});
