// The story that this atlas is for: open it, pick an indicator, read the map and its legend, look
// at areas, compare two with their district and the whole, and send the address to a colleague.

import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, figure, guard, ready, test } from "./atlas";

test("a person compares two areas and sends the link", async ({
  page,
  api,
  browser,
  baseURL,
  request,
}, info) => {
  const byTouch = info.project.use.hasTouch === true;
  const atlas = await api("atlas");
  const { edition } = atlas;
  const { geography } = atlas.view;
  const catalog = await api(`${edition}/catalog`);
  const areas = (await api(`${edition}/areas/${geography}`)).areas;
  const opening = await api(`${edition}/classes/${geography}/${atlas.view.indicator}?still=true`);

  // The finding stands in the page before any script.
  const written = await (await request.get("/")).text();
  expect(textOf(written)).toContain(opening.sentence);

  await page.goto("/");
  await ready(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(opening.sentence);
  await expectLegend(page, opening);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // Picks an indicator.
  const indicator = catalog.indicators.find(
    (item: any) =>
      item.id !== atlas.view.indicator && item.periods[geography] && item.kind === "rate",
  );
  await page.getByRole("button", { name: /^Indicator:/ }).click();
  await page.getByRole("searchbox", { name: /Find an indicator/ }).fill(indicator.name);
  await expectAccessible(page, "light");
  await page.getByRole("dialog").getByRole("button", { name: indicator.name }).first().click();
  const classes = await api(`${edition}/classes/${geography}/${indicator.id}?still=true`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  await expectLegend(page, classes);
  expect(new URL(page.url()).searchParams.get("indicator")).toBe(indicator.id);

  // Points at areas, and selects two of them.
  const values = (await api(`${edition}/values/${geography}/${indicator.id}`)).periods[
    classes.period
  ].values;
  const chosen: string[] = [];
  for (const at of byTouch ? PHONE_POINTS : DESK_POINTS) {
    const card = await pointAt(page, at, byTouch);
    const name = await card.getByRole("heading").innerText();
    const index = areas.findIndex((area: any) => area.name === name);
    expect(index, `${name} is an area`).toBeGreaterThanOrEqual(0);
    await expect(card).toContainText(figure(values[index], indicator.decimals));
    await expect(card).toContainText(`of ${figure(classes.rank.n, 0)} in ${classes.rank.scope}`);
    if (byTouch) await card.getByRole("button", { name: "Compare" }).tap();
    else await page.mouse.click(...(await pointOf(page, at)));
    chosen.push(areas[index].code);
    await expect(page.getByRole("button", { name: "Clear the selection" })).toBeVisible();
  }
  expect(new Set(chosen).size).toBe(2);

  // Sees them beside their district and the whole.
  const compared = await api(
    `${edition}/compare?geography=${geography}&areas=${chosen.join(",")}&indicators=${indicator.id}`,
  );
  await expectComparison(page, compared);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // The address reproduces it elsewhere.
  const elsewhere = await browser.newContext({ ...info.project.use, baseURL });
  const copy = await elsewhere.newPage();
  const complaints = guard(copy, baseURL ?? "");
  await copy.goto(page.url());
  await ready(copy);
  await expect(copy.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
  await expectLegend(copy, classes);
  await expectComparison(copy, compared);
  expect(complaints.left).toEqual([]);
  await elsewhere.close();

  // Back undoes one choice at a time.
  await page.goBack();
  await expect(page.getByText("1 area", { exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("button", { name: "Clear the selection" })).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(opening.sentence);
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(classes.sentence);
});

type Share = readonly [number, number];
/** Shares of the map's box where the demo has areas, clear of card and legend. */
const DESK_POINTS: readonly Share[] = [
  [0.6, 0.5],
  [0.8, 0.5],
];
const PHONE_POINTS: readonly Share[] = [
  [0.4, 0.45],
  [0.65, 0.4],
];

async function pointOf(page: Page, [x, y]: Share): Promise<[number, number]> {
  const box = await page.getByRole("application").boundingBox();
  if (!box) throw new Error("the map is not on screen");
  return [box.x + box.width * x, box.y + box.height * y];
}

/** Hovers by mouse, taps by finger; the answer is the card, which is the same for both. */
async function pointAt(page: Page, at: Share, byTouch: boolean): Promise<Locator> {
  const point = await pointOf(page, at);
  if (byTouch) await page.touchscreen.tap(...point);
  else await page.mouse.move(...point);
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toBeVisible();
  return card;
}

async function expectLegend(page: Page, classes: any): Promise<void> {
  const legend = page.getByRole("region", { name: /,/ }).filter({ has: page.getByRole("list") });
  const counts = legend.locator("li .count");
  await expect(counts).toHaveText(classes.counts.map((count: number) => figure(count, 0)));
}

async function expectComparison(page: Page, compared: any): Promise<void> {
  const panel = page.getByRole("region", { name: "Compared" });
  const [indicator] = compared.indicators;
  await expect(panel).toContainText(compared.sentence);
  for (const [i, area] of indicator.areas.entries()) {
    const row = panel.getByRole("row").filter({ hasText: compared.areas[i].name });
    await expect(row).toContainText(figure(area.value, indicator.decimals));
    await expect(row).toContainText(area.rank.words, { ignoreCase: true });
    await expect(row).toContainText(figure(compared.people[0].values[i], 0));
    expect(area.against.map((item: any) => item.against)).toEqual(["parent", "overall"]);
    for (const item of area.against) {
      const beside = panel
        .getByRole("row")
        .filter({ has: page.getByRole("rowheader", { name: item.name, exact: true }) });
      await expect(beside).toContainText(figure(item.value, indicator.decimals));
      await expect(row).toContainText(figure(Math.abs(item.difference), indicator.decimals));
    }
  }
  await expect(page.getByText(`${indicator.areas.length} areas`, { exact: true })).toBeVisible();
  await expect(
    page.getByText(new RegExp(`· ${figure(compared.people[0].total, 0)} `)).first(),
  ).toBeVisible();
}

/** HTML as text, as far as a sentence goes. */
function textOf(html: string): string {
  return html
    .replaceAll(/&#39;|&#x27;|&apos;/g, "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
