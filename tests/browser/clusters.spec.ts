// Clusters overlap: they are outlines, and each under one place can be reached.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, openChoices, ready, test } from "./atlas";

test.use({ atlas: "invented" });

/** In the middle of the map lie Town, Hill and Vale, the smallest first. */
const THREE = "/?geography=cluster&at=-1.975,52.035,13";
const NAMES = ["Town schools", "Hill schools", "Vale schools"];
const CODES = ["TOWN", "HILL", "VALE"];

async function middle(page: Page): Promise<[number, number]> {
  const box = await page.getByRole("application").boundingBox();
  if (!box) throw new Error("the map is not on screen");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

test("every cluster under a place has its turn", async ({ page }, info) => {
  const byTouch = info.project.use.hasTouch === true;
  await page.goto(THREE);
  await ready(page);
  const card = page.getByRole("region", { name: "The area" });
  const next = card.getByRole("button", { name: "The next one at this place" });
  const press = async () => page.mouse.click(...(await middle(page)));

  if (!byTouch) {
    // As soon as there is something under it.
    await expect(async () => {
      const [x, y] = await middle(page);
      await page.mouse.move(x - 1, y);
      await page.mouse.move(x, y);
      await expect(card.getByRole("heading")).toHaveText(NAMES[0] as string, { timeout: 500 });
    }).toPass();
    await expect(card).toContainText("1 of 3 here");
  }
  for (const [turn, i] of [0, 1, 2, 0].entries()) {
    // A finger taps once; the map may then move out of the way of the card.
    if (!byTouch) await press();
    else if (turn === 0) await page.touchscreen.tap(...(await middle(page)));
    else await next.tap();
    await expect(card.getByRole("heading")).toHaveText(NAMES[i] as string);
    await expect(card).toContainText(`${i + 1} of 3 here`);
    // A click selects; a finger only looks until it is told to compare.
    if (byTouch) await expect(page).not.toHaveURL(/areas=/);
    else await expect(page).toHaveURL(new RegExp(`areas=${CODES[i]}$|areas=${CODES[i]}&`));
    // A double click would zoom.
    await page.waitForTimeout(600);
  }
  if (!byTouch) {
    await page.goBack();
    await expect(page).toHaveURL(/areas=VALE/);
    await page.goForward();
  }
  await next.click();
  await expect(card.getByRole("heading")).toHaveText(NAMES[1] as string);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
});

test("the keyboard reaches them too", { tag: "@keys" }, async ({ page }) => {
  await page.goto(THREE);
  await ready(page);
  const card = page.getByRole("region", { name: "The area" });
  const map = page.getByRole("application");
  await map.focus();
  await page.keyboard.press("ArrowDown");
  await expect(card).toContainText(/of \d here/);
  const first = await card.getByRole("heading").innerText();
  await page.keyboard.press("PageDown");
  await expect(card.getByRole("heading")).not.toHaveText(first);
  await expect(page.locator("p[aria-live]").filter({ hasText: /\d of \d here/ })).toBeAttached();
  await page.keyboard.press("PageUp");
  await expect(card.getByRole("heading")).toHaveText(first);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/areas=/);
});

test("clusters are chosen by name, and have a legend of lines", async ({ page, api }) => {
  const { edition } = await api("atlas");
  await page.goto("/");
  await ready(page);
  await openChoices(page);
  await page.getByLabel("Areas shown").selectOption({ label: "School clusters (3)" });
  await expect(page).toHaveURL("/?geography=cluster");
  const classes = await api(`${edition}/classes/cluster/late?still=true`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  const bars = page.locator(".legend .bar");
  await expect(bars).toHaveCount(classes.k);
  const hollow = await bars.first().evaluate((bar) => getComputedStyle(bar).backgroundColor);
  expect(hollow).toBe("rgba(0, 0, 0, 0)");
});

test("a selected cluster is followed by its areas to what is published for these alone @desk", async ({ page, api }) => {
  const { edition } = await api("atlas");
  const { columns } = await api(`${edition}/areas/area?within=cluster:TOWN&fields=code`);
  const n = columns.code.length;
  expect(n).toBeGreaterThan(1);
  await page.goto("/?geography=cluster&areas=TOWN");
  await ready(page);
  await page.getByRole("button", { name: /^Indicator:/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Kind of settlement" }).click();
  await expect(page.getByText(`Your selection moved with you from 1 school cluster to ${n} areas.`)).toBeVisible();
  await expect(page.getByText(`${n} areas`, { exact: true })).toBeVisible();
});
