// The view on paper: map, legend, sentence, table and source on A4.

import type { Page } from "@playwright/test";
import { expect, openChoices, putOnPaper, ready, REFUSED, test } from "./atlas";

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
  await expect(sheet.getByRole("table").getByRole("row")).toHaveCount(62);
  for (const text of [title, ...attribution, `edition=${edition}`, "The first 60 of"]) {
    await expect(sheet).toContainText(text);
  }
  // Paper has no backgrounds but those that are asked for.
  for (const swatch of await sheet.locator("figure .swatch").all()) {
    expect(await swatch.evaluate((own) => getComputedStyle(own).printColorAdjust)).toBe("exact");
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
  await expect(sheet.getByRole("table").getByRole("row")).toHaveCount(4);
  for (const area of chosen) await expect(sheet).toContainText(area.name);
  // The numbers of the map stand before them, and the head of so few above its rows.
  const numbers = sheet.locator("table.areas tbody tr td:first-child");
  await expect(numbers).toHaveText(["1", "2", ""]);
  await expect(sheet.locator("table.areas").getByRole("columnheader").first()).toHaveText("#");
  expect(await sheet.locator("table.areas").evaluate((own) => getComputedStyle(own).breakInside)).toBe("avoid");
  // However narrow the columns are, a place told in words is one line.
  await sheet.evaluate((own) => {
    own.style.width = "300px";
  });
  const places = sheet.locator("table.areas tbody td:nth-child(2)");
  await expect(places.first()).toHaveText(/(high|low)est$/);
  const lines = (cell: Element) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getClientRects().length;
  };
  for (const place of (await places.all()).slice(0, chosen.length)) expect(await place.evaluate(lines)).toBe(1);
  // Afterwards the page is as it was.
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole("application")).toBeVisible();
});

test("lines on paper are faint rather than thin, and each number has one to its area @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await print(page, () => page.keyboard.press("Control+p"));
  const map = page.locator("article.sheet .map");
  const widths = await map.locator("path[fill-rule]").evaluateAll((paths) => [
    ...new Set(paths.map((path) => Number(path.getAttribute("stroke-width")))),
  ]);
  expect(widths.length).toBeGreaterThan(0);
  // Programs that show PDF draw what is thinner as wide as this, in full colour.
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(1);
  const lines = await map.locator("line").evaluateAll((lines) =>
    lines.map((line) => {
      const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((name) => Number(line.getAttribute(name)));
      return Math.hypot(x2! - x1!, y2! - y1!);
    }),
  );
  // Two for each of the five worst: of paper, and of ink upon it; they come out from under their numbers.
  expect(lines).toHaveLength(10);
  for (const length of lines) expect(length).toBeGreaterThan(12.5);
});

for (const { panel, heading, has } of [
  { panel: "profile", heading: "Profile of Leeds 096A", has: ["Burglary", "Density"] },
  { panel: "trend", heading: "Recorded crime, per 1,000 residents", has: ["July 2016", "July 2017"] },
  { panel: "relation", heading: "Recorded crime beside Residents per hectare", has: ["Bradford 039G", "The first 60 of 1,388"] },
]) {
  test(`${panel} is printed with its table when it is open @desk`, async ({ page, api }) => {
    const { geography, indicator } = (await api("atlas")).view;
    const { rank } = await api(`${(await api("atlas")).edition}/classes/${geography}/${indicator}?still=true`);
    await page.goto(`/?panel=${panel}&areas=E01011520&second=density`);
    await expect(page.getByRole("region", { name: /,/ }).first()).toBeVisible();
    await expect(page.locator("#panel > .chart[aria-busy=false]")).toBeVisible();
    await print(page, () => page.keyboard.press("Control+p"));
    await page.emulateMedia({ media: "print" });
    const sheet = page.getByRole("article");
    await expect(sheet.getByRole("heading", { level: 2 })).toHaveText(heading);
    for (const text of has) await expect(sheet.locator(".panel table").filter({ hasText: text }).or(
      sheet.locator(".panel p").filter({ hasText: text }),
    ).first()).toBeVisible();
    // Nothing on paper can be pressed.
    await expect(sheet.locator("button, select, summary, [id]:not(clipPath, pattern)")).toHaveCount(0);
    // The place of what is selected is told from the nearer end, as the card does.
    await expect(sheet.locator(".areas")).toContainText(/\d+(st|nd|rd|th) lowest/);
    expect(rank.called_last).toBe("lowest");
    // What was shut on the page is shut again.
    await expect(page.locator("#panel details[open]")).toHaveCount(0);
  });
}

test("the areas of a set are outlined on paper as on the map @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}?q=leeds`);
  const members = areas.slice(0, 3).map((area: any) => area.code);
  const outlines = async (address: string) => {
    await page.goto(address);
    await ready(page);
    await print(page, () => page.keyboard.press("Control+p"));
    return page.locator("article.sheet .map path[stroke-width='2.5']").count();
  };
  expect(await outlines("/")).toBe(0);
  expect(await outlines(`/?set=North~${view.geography}:${members.join(",")}`)).toBe(3);
  // An area that is selected as well has one outline.
  expect(await outlines(`/?set=North~${view.geography}:${members.join(",")}&areas=${members[0]}`)).toBe(3);
});

test("names of areas in the table of a scatter plot are whole words @desk", async ({ page }) => {
  await page.goto("/?panel=relation&areas=E01011520&second=density");
  await expect(page.locator("#panel > .chart[aria-busy=false]")).toBeVisible();
  await print(page, () => page.keyboard.press("Control+p"));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 688, height: 1016 });
  const names = page.getByRole("article").locator(".panel tbody th");
  const broken = await names.evaluateAll((cells) =>
    cells.filter((cell) => {
      // A word in two lines has two boxes.
      const range = document.createRange();
      const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
      const first = /\S+/.exec(text?.textContent ?? "");
      if (!text || !first) return true;
      range.setStart(text, first.index);
      range.setEnd(text, first.index + first[0].length);
      return range.getClientRects().length > 1;
    }).length,
  );
  expect(await names.count()).toBe(60);
  expect(broken).toBe(0);
});

test("a long table begins on a sheet of its own, with columns that say something @desk", async ({ page }) => {
  // Its values have no intervals.
  await page.goto("/?mode=hotspots&indicator=density");
  await ready(page);
  await print(page, () => page.keyboard.press("Control+p"));
  await page.emulateMedia({ media: "print" });
  const table = page.getByRole("article").locator("table.areas");
  expect(await table.evaluate((own) => getComputedStyle(own).breakBefore)).toBe("page");
  const columns = await table.evaluate((own) =>
    [...(own as HTMLTableElement).rows].map((row) => [...row.cells].map((cell) => cell.textContent?.trim() ?? "")),
  );
  const empty = (columns[0] ?? []).filter((_, i) => columns.slice(1).every((row) => row[i] === ""));
  expect(empty).toEqual([]);
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
  await expect(sheet.getByRole("table").getByRole("row")).toHaveCount(2 + passing.count);
  await expect(sheet.getByRole("columnheader", { name: "Density, 2011; per hectare" })).toBeVisible();
});

/** How many sheets of paper a PDF has. */
const sheetsOf = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;

test("the browser's own way of printing gives the same sheet", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { sentence } = await api(`${edition}/classes/${view.geography}/${view.indicator}?still=true`);
  await page.goto("/");
  await ready(page);
  await putOnPaper(page);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.evaluate(() => {
    window.addEventListener("beforeprint", () => {
      const sheet = document.querySelector("article.sheet");
      const paths = sheet?.querySelectorAll(".map path").length;
      Object.assign(window, { printed: { said: sheet?.querySelector("h1")?.textContent, paths } });
    });
  });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const printed = await page.evaluate(() => (window as unknown as { printed: { said: string; paths: number } }).printed);
  expect(printed.said).toBe(sentence);
  expect(printed.paths).toBeGreaterThan(1000);
  expect(sheetsOf(pdf)).toBeGreaterThanOrEqual(1);
  expect(sheetsOf(pdf)).toBeLessThanOrEqual(4);
  await expect(page.getByRole("article")).toHaveCount(0);
});

test("without the sheet the page itself is printed, without its controls and on few sheets", async ({ page, complaints }) => {
  await page.route(/printing/, (route) => route.abort());
  await page.goto("/");
  await ready(page);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(sheetsOf(pdf)).toBeLessThanOrEqual(4);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 688, height: 1016 });
  for (const name of ["Print", "Share"]) await expect(page.getByRole("button", { name })).toBeHidden();
  await expect(page.getByRole("tablist")).toBeHidden();
  await expect(page.getByRole("searchbox").first()).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("application")).toBeVisible();
  await expect(page.locator("#areas tbody button").first()).toBeVisible();
  expect(await page.locator("#areas .bar").first().evaluate((bar) => getComputedStyle(bar).printColorAdjust)).toBe("exact");
  complaints.provoke(REFUSED);
});

test.describe("with places", () => {
  test.use({ atlas: "invented" });

  test("places stand on paper as on the map, with their shapes in the legend @desk", async ({ page }) => {
    await page.goto("/?layers=schools,surgeries");
    await ready(page);
    await expect(page.locator(".map-place").first()).toBeVisible();
    await putOnPaper(page);
    await page.emulateMedia({ media: "print" });
    const [map, legend] = await page.getByRole("article").locator("svg").all();
    for (const name of ["Schools", "Surgeries"]) await expect(legend!).toContainText(name);
    // Each place is a sign of its own or counted in one.
    const counted = await map!.locator("rect[rx='7'] ~ text").allTextContents();
    const alone = await map!.locator("g > path[transform]:only-child").count();
    const places = counted.reduce((sum, count) => sum + Number(count), alone);
    expect(places).toBeGreaterThan(20);
  });
});
