// What people come for, step by step. A walk is the same for every atlas and for everyone who takes it: the figures that
// must be seen are handed in.

import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { closeChoices, expect, figure, openChoices, ready } from "./atlas";
import type { Hand } from "./hands";

const finding = (page: Page) => page.getByRole("heading", { level: 1 });
const cardOf = (page: Page) => page.getByRole("region", { name: "The area" });
const listed = (page: Page) => page.locator("#areas tbody.areas tr");

/** A class is one press away from its areas, their people and their districts; each district then has a finding of its own. */
export async function worstClass(
  page: Page,
  hand: Hand,
  seen: { words: string[]; chip: string[]; spread: string[]; within: { name: string; finding: string }[] },
): Promise<void> {
  await page.goto("/");
  await ready(page);
  const bar = page.locator(".legend .bars").getByRole("button").first();
  for (const words of seen.words) await expect(bar).toHaveAccessibleName(new RegExp(words));
  await hand.use(bar);
  await expect(bar).toHaveAttribute("aria-pressed", "true");
  for (const words of seen.chip) await expect(page.locator(".chip")).toContainText(words);
  await hand.use(page.getByRole("button", { name: "About this selection" }));
  const about = page.getByRole("region", { name: "About this selection" });
  for (const words of seen.spread) await expect(about).toContainText(words);
  await hand.use(page.getByRole("button", { name: "About this selection" }));
  for (const { name, finding: said } of seen.within) {
    await openChoices(page);
    await hand.choose(page.getByLabel("Only those in"), name);
    await closeChoices(page);
    await expect(finding(page)).toContainText(said);
  }
}

/** Areas by two conditions: how many they are and who lives there; the link opens exactly this again. */
export async function filtered(page: Page, hand: Hand, filter: string, seen: string[]): Promise<void> {
  await page.goto("/");
  await ready(page);
  await hand.use(page.getByRole("button", { name: "Select", exact: true }));
  const panel = page.getByRole("region", { name: "Select areas" });
  await hand.use(panel.getByRole("button", { name: "By their figures" }));
  await panel.getByRole("textbox", { name: "The same as text" }).fill(filter);
  await hand.use(panel.getByRole("button", { name: "Filter the map" }));
  const kept = page.locator(".kept");
  for (const words of seen) await expect(kept).toContainText(words);
  await page.goto(page.url());
  await ready(page);
  for (const words of seen) await expect(kept).toContainText(words);
}

/** Small areas, added up to larger ones: their order and their figures. */
export async function larger(
  page: Page,
  hand: Hand,
  indicator: string,
  geography: string,
  seen: { name: string; value: string | RegExp }[],
): Promise<void> {
  await page.goto(`/?indicator=${indicator}`);
  await ready(page);
  await hand.choose(page.getByLabel("Areas shown"), geography);
  await expect(listed(page).first()).toContainText(seen[0]?.name ?? "");
  for (const [i, { name, value }] of seen.entries()) {
    await expect(listed(page).nth(i)).toContainText(name);
    await expect(listed(page).nth(i).locator(".value")).toContainText(value);
  }
}

/** One's own area by its postcode, in words. */
export async function postcode(page: Page, typed: string, seen: string[]): Promise<void> {
  const field = page.getByRole("combobox", { name: /Find a place/ });
  await field.fill(typed);
  await expect(page.getByRole("option").first()).toBeVisible();
  await field.press("Enter");
  for (const words of seen) await expect(cardOf(page)).toContainText(words);
}

/** Equal steps leave nearly all areas in one class: the legend says so and what to take instead, which is one step away. */
export async function skewed(
  page: Page,
  hand: Hand,
  indicator: string,
  seen: { equal: number[]; note: string; quantile: number[] },
): Promise<void> {
  await page.goto(`/?indicator=${indicator}`);
  await ready(page);
  const counts = page.locator(".legend li .count");
  const shown = (all: number[]) => expect(counts).toHaveText(all.map((count) => figure(count, 0)));
  await hand.use(page.getByRole("button", { name: "Change the classes and colours" }));
  await hand.pick(page.getByLabel("Equal step"));
  await shown(seen.equal);
  await expect(page.locator(".legend")).toContainText(seen.note);
  await hand.pick(page.getByLabel("Equal count"));
  await shown(seen.quantile);
}

/** From area to area by arrow keys: what is spoken has name, value, rank and class, and the table says the same. */
export async function spoken(page: Page, from: string, hasBeen: string): Promise<string> {
  await page.goto(`/?areas=${from}`);
  await ready(page);
  const map = page.getByRole("application");
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await expect(cardOf(page).getByRole("heading", { level: 2 })).not.toHaveText(hasBeen);
  const name = await cardOf(page).getByRole("heading", { level: 2 }).innerText();
  // As a screen reader is given it.
  const tree = page.getByRole("region", { name: "Map", exact: true });
  await expect.poll(() => tree.ariaSnapshot()).toContain(`paragraph: "${name}: `);
  const line = (await tree.ariaSnapshot()).split("\n").find((one) => one.includes(`paragraph: "${name}: `)) ?? "";
  return line.trim().replace(/^- paragraph: "(.*)"$/, "$1");
}

/** The table as CSV has the figures as they were published, the screen those that can be read. */
export async function exactFigures(
  page: Page,
  hand: Hand,
  address: string,
  seen: { code: string; name: string; value: string; exact: string },
): Promise<void> {
  await page.goto(address);
  await ready(page);
  const row = listed(page).filter({ hasText: seen.name }).first();
  await expect(row.locator(".value")).toContainText(seen.value);
  await hand.use(page.getByRole("button", { name: "Share" }));
  const waiting = page.waitForEvent("download");
  await hand.use(page.getByRole("dialog").getByRole("link", { name: "The table as CSV, with exact figures" }));
  const rows = readFileSync(await (await waiting).path(), "utf8").split("\n");
  const own = rows.find((line) => line.startsWith(`${seen.code},`)) ?? "";
  expect(own.split(",")).toContain(seen.exact);
}

/** What stands out beyond chance, and what is merely high, in one list; each has its evidence on the card. */
export async function hotspots(
  page: Page,
  hand: Hand,
  indicator: string,
  seen: { peaks: { name: string; others: number; evidence: string }[]; highest: string[] },
): Promise<void> {
  await page.goto(`/?indicator=${indicator}`);
  await ready(page);
  await openChoices(page);
  await hand.choose(page.getByLabel("Show as"), "Hotspots");
  await closeChoices(page);
  const list = page.getByRole("region", { name: "Hotspots" });
  const peaks = list.getByRole("button", { name: /peak of the group/ });
  await expect(peaks).toHaveCount(seen.peaks.length);
  for (const name of seen.highest) await expect(list.getByRole("listitem").filter({ hasText: name }).first()).toBeVisible();
  for (const [i, { name, others, evidence }] of seen.peaks.entries()) {
    await expect(peaks.nth(i)).toContainText(name);
    await expect(list).toContainText(`and ${others} other`);
    await hand.use(peaks.nth(i));
    await expect(cardOf(page)).toContainText(name);
    await expect(cardOf(page)).toContainText(evidence);
  }
}
