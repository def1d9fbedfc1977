// What a reader takes away: links, citations, downloads, and what goes onto the clipboard.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, putOnPaper, ready, test } from "./atlas";

test.beforeEach(async ({ context, page, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: baseURL });
  await keepHanded(page);
});

/** What lies on the clipboard as a type: nothing while it is being written. */
async function pasted(page: Page, type: string): Promise<string> {
  return page.evaluate(async (type) => {
    try {
      const [item] = await navigator.clipboard.read();
      // What another page copied may still be there.
      if (!item?.types.includes(type)) return "";
      return await (await item.getType(type)).text();
    } catch (error) {
      // Between what it held and what it holds now.
      if (error instanceof DOMException && error.name === "InvalidStateError") return "";
      throw error;
    }
  }, type);
}

/** Keeps what is handed to the clipboard: that of a browser without windows holds no pictures. */
async function keepHanded(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { clipboard } = navigator;
    const write = clipboard.write.bind(clipboard);
    clipboard.write = (items) => {
      Object.assign(window, { handed: items });
      return write(items);
    };
  });
}

/** The size in pixels of the picture that was handed to the clipboard. */
async function sizeOfHanded(page: Page): Promise<{ width: number; height: number }> {
  return page.evaluate(async () => {
    const [item] = (window as unknown as { handed: ClipboardItem[] }).handed;
    if (!item) throw new Error("nothing was copied");
    const { width, height } = await createImageBitmap(await item.getType("image/png"));
    return { width, height };
  });
}

test("the list is copied as a table with its source @desk", async ({ page, api }) => {
  const { edition, view, attribution, title } = await api("atlas");
  const { periods } = await api(`${edition}/values/${view.geography}/${view.indicator}`);
  await page.goto("/");
  await ready(page);
  const first = page.locator("#areas tbody button b").first();
  const list = page.getByRole("region", { name: "Areas" });
  await list.getByRole("button", { name: "Copy", exact: true }).click();
  await list.getByRole("button", { name: "Copy the table" }).click();
  await expect(page.getByText("Copied, with its source.")).toBeVisible();
  const lines = (await pasted(page, "text/plain")).split("\n");
  expect(lines[2]?.split("\t")[1]).toBe(await first.textContent());
  expect(lines[1]).toContain("95% from\t95% to");
  expect(lines[2]?.split("\t")).toHaveLength(lines[1]?.split("\t").length ?? 0);
  // Caption and heading, every area and the whole, and below an empty line the source.
  const count = periods[view.period].values.length;
  expect(lines[2 + count]).toContain("\tWest Yorkshire\t");
  expect(lines.indexOf("")).toBe(3 + count);
  const source = lines.slice(4 + count).join("\n");
  expect(source).not.toContain("Source: Source:");
  expect(source.match(/^Source: /gm)).toHaveLength(1);
  for (const line of attribution) expect(source).toContain(line);
  expect(source).toContain(title);
  expect(source).toContain(`edition=${edition}`);
  const html = await pasted(page, "text/html");
  expect(html.match(/<tr>/g)).toHaveLength(2 + count);
  expect(html).toContain(`edition=${edition}`);
});

test("the table as CSV is the table that is shown @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const within = "lad11:E08000035";
  const filter = "crime>40";
  const found = await api(
    `${edition}/areas/${view.geography}?fields=code&within=${within}&filter=${encodeURIComponent(filter)}`,
  );
  await page.goto(`/?within=${within}&filter=${encodeURIComponent(filter)}&sort=name&mode=hotspots`);
  await ready(page);
  await page.getByRole("button", { name: "Share" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "The table as CSV, with exact figures" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toBe(
    `${view.geography}-${view.indicator}-${view.period}-E08000035-filtered-hotspots.csv`,
  );
  const [head, ...rows] = readFileSync(await file.path(), "utf8").trimEnd().split("\n");
  expect(head).toMatch(/^\ufeffarea_code,area_name,period,value,status,.*,kind,statistic,p,/);
  expect(rows.map((row) => row.split(",")[0]).sort()).toEqual(found.columns.code);
});

test("of two maps what the whole has on both is copied @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}?q=leeds`);
  const { indicators } = await api(
    `${edition}/compare?areas=${areas[0].code}&indicators=${view.indicator},robbery&against=overall`,
  );
  const wholes = [view.indicator, "robbery"].map((id) => {
    const own = indicators.find(({ indicator }: any) => indicator === id);
    return own.areas[0].against[0].value.toFixed(own.decimals);
  });
  await page.goto("/?mode=double&second=robbery");
  await ready(page);
  const list = page.getByRole("region", { name: "Areas" });
  await expect
    .poll(async () => {
      await list.getByRole("button", { name: "Copy", exact: true }).click();
      await list.getByRole("button", { name: "Copy the table" }).click();
      const lines = (await pasted(page, "text/plain")).split("\n");
      return lines.find((line) => line.includes("West Yorkshire\t"))?.split("\t").slice(-2);
    })
    .toEqual(wholes);
});

test("the map is copied as a picture, and its finding as a sentence", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const corner = page.getByRole("region", { name: "Map", exact: true });
  await corner.getByRole("button", { name: "Copy", exact: true }).click();
  await corner.getByRole("button", { name: "Copy as a picture" }).click();
  await expect(page.getByText("Copied, with its source.")).toBeVisible();
  const { width, height } = await sizeOfHanded(page);
  expect(width).toBe(2000);
  expect(height).toBeGreaterThan(1000);
  await corner.getByRole("button", { name: "Copy", exact: true }).click();
  await expectAccessible(page, "light");
  await corner.getByRole("button", { name: "Copy the sentence" }).click();
  const finding = await page.getByRole("heading", { level: 1 }).innerText();
  await expect.poll(() => pasted(page, "text/plain")).toContain(finding);
});

test("a class that is selected is copied and printed in words: how many areas lie where @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}?still=true`);
  const { columns } = await api(`${edition}/areas/${view.geography}?fields=code`);
  const codes = columns.code.filter((_: string, i: number) => classes.classes[i] === 4).slice(0, 300);
  const { spread } = await api(`${edition}/compare?geography=${view.geography}&areas=${codes.join(",")}`);
  expect(spread.sentence).toMatch(/: \w+ \d+, \w+ \d+/);
  await page.goto(`/?areas=${codes.join(",")}`);
  await ready(page);
  await expect(page.getByRole("region", { name: "Compared" })).toContainText(spread.sentence);
  const corner = page.getByRole("region", { name: "Map", exact: true });
  await corner.getByRole("button", { name: "Copy", exact: true }).click();
  await corner.getByRole("button", { name: "Copy the sentence" }).click();
  await expect.poll(() => pasted(page, "text/plain")).toContain(`${classes.sentence} ${spread.sentence}`);
  // Both the figures and the people have a source.
  const { indicators } = await api(`${edition}/catalog`);
  const people = indicators.find(({ id }: any) => id === spread.people[0].indicator);
  await expect.poll(() => pasted(page, "text/plain")).toContain(people.source);
  await putOnPaper(page);
  await expect(page.locator("article.sheet")).toContainText(spread.sentence);
  // A list of three hundred sentences is no help on paper.
  await expect(page.locator("article.sheet .words p")).not.toHaveText([/higher than/]);
});

test("where the clipboard refuses, a file is offered @desk", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.goto("/");
  await ready(page);
  const list = page.getByRole("region", { name: "Areas" });
  await list.getByRole("button", { name: "Copy", exact: true }).click();
  await list.getByRole("button", { name: "Copy the table" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save it as a file" }).click();
  expect((await waiting).suggestedFilename()).toBe("table.tsv");
});

test("a comparison is copied as a table @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}?q=leeds`);
  const [one, other] = areas;
  await page.goto(`/?areas=${one.code},${other.code}`);
  await ready(page);
  const panel = page.getByRole("region", { name: "Compared" });
  await panel.getByRole("button", { name: "Copy", exact: true }).click();
  await panel.getByRole("button", { name: "Copy the table" }).click();
  await expect(page.getByText("Copied, with its source.")).toBeVisible();
  const text = await pasted(page, "text/plain");
  expect(text).toContain(one.name);
  expect(text).toContain(other.name);
});

test("each panel is copied as a sentence, a table and a picture @desk", async ({ page }) => {
  for (const [view, panel] of [
    ["?areas=E01010568", ".map-frame"],
    ["?areas=E01010568", "#areas"],
    ["?areas=E01010568", ".comparison"],
    ["?panel=relation", ".chart"],
    ["?panel=profile&areas=E01010568", ".chart"],
    ["?panel=trend&areas=E01010568", ".chart"],
  ] as const) {
    await page.goto(`/${view}`);
    const corner = page.locator(panel);
    await corner.getByRole("button", { name: "Copy", exact: true }).click();
    await expect(corner.getByRole("button", { name: "Copy the sentence" })).toBeVisible();
    await expect(corner.getByRole("button", { name: "Copy the table" })).toBeVisible();
    await corner.getByRole("button", { name: "Copy as a picture" }).click();
    await expect(page.getByText("Copied, with its source."), `${view} ${panel}`).toBeVisible();
    const { width, height } = await sizeOfHanded(page);
    // As sharp beside each other, whichever room each has on the screen.
    expect(width, panel).toBeGreaterThanOrEqual(1552);
    expect(height, panel).toBeGreaterThan(500);
  }
});

test("a copy names the source of every indicator in it, and what the boundaries ask for @desk", async ({ page, api }) => {
  const { attribution, edition } = await api("atlas");
  const { indicators } = await api(`${edition}/catalog`);
  await page.goto("/?panel=profile&areas=E01010568");
  const panel = page.getByRole("tabpanel");
  await panel.getByRole("button", { name: "Copy", exact: true }).click();
  await panel.getByRole("button", { name: "Copy the table" }).click();
  await expect(page.getByText("Copied, with its source.")).toBeVisible();
  const text = await pasted(page, "text/plain");
  const sources = indicators.filter(({ short }: any) => text.includes(`\n${short}`)).map(({ source }: any) => source);
  expect(new Set(sources).size).toBeGreaterThan(1);
  for (const words of [...sources, ...attribution]) expect(text).toContain(words);
});

test("the panel gives links, a citation and downloads that work", async ({ page, api, request }) => {
  const { edition, view, title } = await api("atlas");
  const catalog = await api(`${edition}/catalog`);
  const indicator = catalog.indicators.find((item: any) => item.id === view.indicator);
  await page.goto("/?palette=purple");
  await ready(page);
  await page.getByRole("button", { name: "Share" }).click();
  const panel = page.getByRole("dialog", { name: "Share" });
  const link = panel.getByRole("textbox", { name: "Link to this view" });
  await expect(link).toHaveValue(page.url());
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  await panel.getByRole("radio", { name: /for ever/ }).check();
  const pinned = new URL(await link.inputValue());
  expect(Object.fromEntries(pinned.searchParams)).toEqual({ ...view, palette: "purple", edition });
  await panel.getByRole("button", { name: "Copy Link to this view" }).click();
  await expect(panel.getByText("Copied.")).toBeVisible();
  expect(await pasted(page, "text/plain")).toBe(pinned.href);

  const cited = await panel.getByRole("textbox", { name: "To cite it" }).inputValue();
  for (const part of [title, indicator.name, indicator.source, edition, pinned.search]) {
    expect(cited).toContain(part);
  }
  for (const address of await panel.getByRole("link").evaluateAll((links) =>
    links.map((own) => (own as HTMLAnchorElement).href),
  )) {
    expect((await request.get(address)).ok(), address).toBe(true);
  }

  await panel.getByRole("checkbox", { name: "As wide as its place" }).uncheck();
  await panel.getByRole("spinbutton", { name: "Width in pixels" }).fill("640");
  await panel.getByRole("checkbox", { name: "period" }).check();
  const code = await panel.getByRole("textbox", { name: "HTML for your page" }).inputValue();
  expect(code).toContain('width="640"');
  expect(code).toContain("lock=indicator,geography,within,mode\"");
  expect(code).toContain(`edition=${edition}`);

  await page.goto(pinned.href);
  await ready(page);
  await expect(page.getByText(`This link keeps to edition ${edition}`)).toBeVisible();
});
