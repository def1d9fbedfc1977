// What people come for, step by step. A walk is the same for every atlas and for everyone who takes it: the figures that
// must be seen are handed in. What is seen is read as a screen reader is given it.

import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { closeChoices, expect, figure, openChoices, ready } from "./atlas";
import { type Hand, reach } from "./hands";
import { expectSpoken, line, linesOf } from "./spoken";

const mainOf = (page: Page) => page.getByRole("main");
const cardOf = (page: Page) => page.getByRole("region", { name: "The area" });
const listOf = (page: Page) => page.getByRole("region", { name: "Areas", exact: true });
const legendOf = (page: Page) => page.getByRole("region", { name: /^Legend: / });
const fieldOf = (page: Page) => page.getByRole("combobox", { name: /Find a place/ });
const foundOf = (page: Page) => page.getByRole("listbox", { name: "Found" }).getByRole("option").first();
const comparedOf = (page: Page) => page.getByRole("region", { name: "Compared" });

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** A class is one press away from its areas, their people and their districts; each district then has a finding of its own. */
export async function worstClass(
  page: Page,
  hand: Hand,
  seen: { bar: string; chip: string; spread: string[]; within: { name: string; finding: string }[] },
): Promise<void> {
  await open(page, "/");
  const bar = page.locator(".legend .bars").getByRole("button").first();
  await expect(bar).toHaveAccessibleName(seen.bar);
  await hand.use(bar);
  await expectSpoken(legendOf(page), [`button "${seen.bar}" [pressed]`]);
  await expectSpoken(mainOf(page), [`status: ${seen.chip}`]);
  const about = page.getByRole("button", { name: "About this selection" });
  await hand.use(about);
  const told = page.getByRole("region", { name: "About this selection" });
  for (const words of seen.spread) await expectSpoken(told, [line("paragraph", words)]);
  await hand.use(about);
  for (const { name, finding } of seen.within) {
    await openChoices(page);
    await hand.choose(page.getByLabel("Only those in"), name);
    await closeChoices(page);
    await expectSpoken(mainOf(page), [line("heading", finding)]);
  }
}

/** Areas by two conditions: how many they are and who lives there; the link opens exactly this again. */
export async function filtered(page: Page, hand: Hand, filter: string, seen: string[]): Promise<void> {
  await open(page, "/");
  await hand.use(page.getByRole("button", { name: "Select", exact: true }));
  const panel = page.getByRole("region", { name: "Select areas" });
  await hand.use(panel.getByRole("button", { name: "By their figures" }));
  await hand.write(panel.getByRole("textbox", { name: "The same as text" }), filter);
  await hand.use(panel.getByRole("button", { name: "Filter the map" }));
  for (const words of seen) await expectSpoken(mainOf(page), [line("status", words)]);
  await open(page, page.url());
  for (const words of seen) await expectSpoken(mainOf(page), [line("status", words)]);
}

/** Small areas, added up to larger ones: their order and their figures. */
export async function larger(
  page: Page,
  hand: Hand,
  indicator: string,
  geography: string,
  seen: { name: string; value: string }[],
): Promise<void> {
  await open(page, `/?indicator=${indicator}`);
  await hand.choose(page.getByLabel("Areas shown"), geography);
  await expectSpoken(
    listOf(page),
    seen.map(({ name, value }, i) => `row "${i + 1} ${name} ${value}`),
  );
}

/** One's own area by its postcode, in words. */
export async function postcode(page: Page, hand: Hand, typed: string, seen: string[]): Promise<void> {
  await open(page, "/");
  await hand.seek(fieldOf(page), typed);
  await hand.take(foundOf(page));
  await expectSpoken(cardOf(page), seen);
}

/** A postcode that lies elsewhere is answered where it is typed; it is no error, and leads nowhere. */
export async function elsewhere(page: Page, hand: Hand, typed: string, told: string): Promise<void> {
  await open(page, "/");
  await hand.seek(fieldOf(page), typed);
  const search = page.getByRole("search");
  await expectSpoken(search, [line("option", told, "[disabled]"), line("status", told)]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("alert")).toHaveCount(0);
}

/** The postcode's question without any script: a field, and a page of one area. */
export async function withoutScript(page: Page, hand: Hand, typed: string, seen: (string | RegExp)[]): Promise<void> {
  await page.goto("/table");
  await hand.write(page.getByLabel("Your postcode"), typed);
  await hand.use(page.getByRole("button", { name: "Find my area" }));
  await expect(page).toHaveURL(/\/areas\//);
  await expectSpoken(mainOf(page), seen);
}

/** Several areas under one name: their figures as one, beside the larger ones; what cannot be added up says why. */
export async function partnership(
  page: Page,
  hand: Hand,
  name: string,
  areas: { code: string; name: string }[],
  seen: { indicator: string; row: string[]; beside: string[] }[],
): Promise<void> {
  await open(page, "/");
  for (const area of areas) {
    await hand.seek(fieldOf(page), area.code);
    const first = foundOf(page);
    await expect(first).toContainText(area.name);
    await hand.take(first);
    await expectSpoken(cardOf(page), [`heading "${area.name}`]);
  }
  await expectSpoken(mainOf(page), [`status: ${areas.length} areas`]);
  await hand.use(page.getByRole("button", { name: "About this selection" }));
  const about = page.getByRole("region", { name: "About this selection" });
  await hand.write(about.getByRole("textbox"), name);
  await hand.use(about.getByRole("button", { name: "Keep as a set" }));
  await expectSpoken(page.getByRole("list", { name: "Sets" }), [`button "${name}"`, `${areas.length} `]);
  for (const { indicator, row, beside } of seen) {
    await chooseIndicator(page, hand, indicator);
    await expectSpoken(comparedOf(page), [line("row", name, ...row), ...beside]);
  }
}

async function chooseIndicator(page: Page, hand: Hand, name: string): Promise<void> {
  const opener = page.getByRole("button", { name: /^Indicator: / });
  if ((await opener.innerText()).endsWith(name)) return;
  await hand.use(opener);
  const chooser = page.getByRole("dialog", { name: "Indicators" });
  await hand.write(chooser.getByRole("searchbox"), name);
  await hand.use(chooser.getByRole("button", { name: new RegExp(`^${name}`) }).first());
  await expect(chooser).toHaveCount(0);
  await expectSpoken(legendOf(page), [`heading "Legend: `]);
}

/** Equal steps leave nearly all areas in one class: the legend says so and what to take instead, which is one step away. */
export async function skewed(
  page: Page,
  hand: Hand,
  indicator: string,
  seen: { equal: number[]; note: string; quantile: number[] },
): Promise<void> {
  await open(page, `/?indicator=${indicator}`);
  const bars = (counts: number[]) =>
    counts.map((count) => new RegExp(`^button ".* · ${figure(count, 0)} areas?( ·|")`));
  const shown = async (counts: number[]) => {
    await expect(page.locator(".legend li .count")).toHaveText(counts.map((count) => figure(count, 0)));
    await expectSpoken(legendOf(page), bars(counts));
  };
  await hand.use(page.getByRole("button", { name: "Change the classes and colours" }));
  await hand.pick(page.getByLabel("Equal step"));
  await shown(seen.equal);
  await expectSpoken(legendOf(page), [`paragraph: ${seen.note}`]);
  await hand.pick(page.getByLabel("Equal count"));
  await shown(seen.quantile);
}

/** An area that a link selects: its figure on the card, and what it is held against. */
export async function linked(page: Page, address: string, seen: (string | RegExp)[]): Promise<void> {
  await open(page, address);
  await expectSpoken(cardOf(page), seen);
}

/** From area to area by arrow keys: what is spoken has name, value, rank and class, and the table says the same. */
export async function spoken(page: Page, from: string, hasBeen: string): Promise<string> {
  await open(page, `/?areas=${from}`);
  await reach(page, page.getByRole("application"));
  await page.keyboard.press("ArrowRight");
  await expect(cardOf(page).getByRole("heading", { level: 2 })).not.toHaveText(hasBeen);
  const name = await cardOf(page).getByRole("heading", { level: 2 }).innerText();
  const map = page.getByRole("region", { name: "Map", exact: true });
  const beginning = `paragraph: ${name}: `;
  await expectSpoken(map, [beginning]);
  const said = (await linesOf(map)).find((one) => one.startsWith(beginning)) ?? "";
  return said.replace("paragraph: ", "");
}

/** The table as CSV has the figures as they were published, the screen those that can be read. */
export async function exactFigures(
  page: Page,
  hand: Hand,
  address: string,
  seen: { code: string; name: string; value: string; exact: string },
): Promise<void> {
  await open(page, address);
  await expectSpoken(listOf(page), [line("row", seen.name, seen.value)]);
  await hand.use(page.getByRole("button", { name: "Share" }));
  const dialog = page.getByRole("dialog", { name: "Share" });
  const link = "The table as CSV, with exact figures";
  await expectSpoken(dialog, ['heading "Share"', 'heading "To take away"', `link "${link}"`]);
  const waiting = page.waitForEvent("download");
  await hand.use(dialog.getByRole("link", { name: link }));
  const rows = readFileSync(await (await waiting).path(), "utf8").split("\n");
  const own = rows.find((row) => row.startsWith(`${seen.code},`)) ?? "";
  expect(own.split(",")).toContain(seen.exact);
}

/** What stands out beyond chance, and what is merely high, in one list; each has its evidence on the card. */
export async function hotspots(
  page: Page,
  hand: Hand,
  indicator: string,
  seen: { peaks: { name: string; others: number; evidence: string }[]; highest: string[] },
): Promise<void> {
  await open(page, `/?indicator=${indicator}`);
  await openChoices(page);
  await hand.choose(page.getByLabel("Show as"), "Hotspots");
  await closeChoices(page);
  const list = page.getByRole("region", { name: "Hotspots" });
  const peaks = list.getByRole("button", { name: /peak of the group/ });
  await expect(peaks).toHaveCount(seen.peaks.length);
  await expectSpoken(list, [
    'heading "Hotspots" [level=2]',
    ...seen.peaks.flatMap(({ name, others }) => [
      `heading "Group of high values: ${others + 1} `,
      line("button", name, "peak of the group"),
      `and ${others} other`,
    ]),
    'areas, whatever their neighbours" [level=3]',
    ...seen.highest.map((name) => `button "${name} `),
  ]);
  for (const [i, { name, evidence }] of seen.peaks.entries()) {
    await hand.use(peaks.nth(i));
    await expectSpoken(cardOf(page), [`heading "${name}" [level=2]`, "Group of high values", evidence]);
  }
}
