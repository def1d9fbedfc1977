// What stands beside the map: the list, and the panels that hold areas against time, another indicator and each other.

import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, figure, movePanels, ready, REFUSED, test } from "./atlas";
import { ARABIC, WORD } from "./unwieldy";

const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });
const panel = (page: Page, name: string) => page.getByRole("tabpanel", { name, exact: true });

/** What opens first, from the API. */
async function opening(api: (path: string) => Promise<any>) {
  const { edition, view } = await api("atlas");
  const { geography, indicator } = view;
  const catalog = await api(`${edition}/catalog`);
  return {
    edition,
    geography,
    catalog,
    indicator: catalog.indicators.find((item: any) => item.id === indicator),
    classes: await api(`${edition}/classes/${geography}/${indicator}`),
    areas: (await api(`${edition}/areas/${geography}`)).areas,
  };
}

test("a panel is a choice: it stands in the address and Back undoes it", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  for (const name of ["Trend", "Relation", "Profile"]) {
    await tab(page, name).click();
    await expect(panel(page, name).getByRole("heading", { level: 2 })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`panel=${name.toLowerCase()}`));
  }
  await page.goBack();
  await expect(tab(page, "Relation")).toHaveAttribute("aria-selected", "true");
  await page.goBack();
  await page.goBack();
  await expect(panel(page, "Areas")).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
});

test("tabs are one stop: arrows walk, Enter opens", { tag: "@keys" }, async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await tab(page, "Areas").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Trend")).toBeFocused();
  await expect(panel(page, "Areas")).toBeVisible();
  await page.keyboard.press("End");
  await expect(tab(page, "Profile")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(page, "Profile").getByRole("heading", { level: 2 })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Areas")).toBeFocused();
});

test("the list is searched by name, and held against the whole", async ({ page, api }) => {
  const { edition, geography, indicator, areas, classes } = await opening(api);
  const compared = await api(
    `${edition}/compare?geography=${geography}&areas=${areas[0].code}&indicators=${indicator.id}`,
  );
  const overall = compared.indicators[0].areas[0].against[1];
  await page.goto("/");
  await ready(page);
  await movePanels(page, "up");
  const list = page.locator("#areas");
  const whole = list
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: overall.name, exact: true }) });
  await expect(whole).toContainText(figure(overall.value, indicator.decimals));

  // The worst comes first, with the interval that the server gives.
  const worst = classes.rank.values.indexOf(1);
  const { lower, upper } = (
    await api(`${edition}/values/${geography}/${indicator.id}?fields=lower,upper`)
  ).periods[classes.period];
  const first = list.locator("tbody.areas tr").first();
  await expect(first).toContainText(areas[worst].name);
  await expect(first).toContainText(
    `${figure(lower[worst], indicator.decimals)} to ${figure(upper[worst], indicator.decimals)}`,
  );

  const sought = areas[7];
  await list.getByRole("searchbox").fill(sought.name.toLowerCase());
  await expect(list.locator("tbody.areas button")).toHaveCount(1);
  await expect(list.locator("tbody.areas button")).toContainText(sought.name);
  await list.getByRole("searchbox").fill("nowhere at all");
  await expect(list).toContainText("Nothing found");
  await expectAccessible(page, "light");
});

test("the trend is that of the selected areas, in figures and in words", async ({
  page,
  api,
}, info) => {
  const { edition, geography, indicator, areas } = await opening(api);
  const chosen = [areas[3], areas[9]];
  const codes = chosen.map(({ code }: any) => code).join(",");
  // With what the two come to as one, which comes first.
  const together = encodeURIComponent(`the selection~${geography}:${codes}`);
  const trend = await api(`${edition}/trend/${geography}/${indicator.id}?areas=${codes}&set=${together}`);
  await page.goto(`/?panel=trend&areas=${codes}`);
  const shown = panel(page, "Trend");
  await expect(shown.getByRole("img", { name: trend.sentence })).toBeVisible();
  await expect(shown).toContainText(trend.sentence);
  await expect(shown.getByRole("listitem").first()).toContainText("The selection");
  // Each of the two has its intervals as a band.
  await expect(shown.locator("path.band")).toHaveCount(2);
  for (const area of [...trend.sets, ...trend.areas, trend.overall]) {
    const { value, lower, upper } = area.series.at(-1);
    const item = shown.getByRole("listitem").filter({ hasText: new RegExp(area.name, "i") });
    await expect(item).toContainText(figure(value, indicator.decimals));
    await expect(item).toContainText(
      `${figure(lower, indicator.decimals)} to ${figure(upper, indicator.decimals)}`,
    );
  }

  // Every figure of the chart stands in a table, too.
  await shown.getByText("As a table").click();
  for (const area of trend.areas) {
    const row = shown.getByRole("row").filter({ hasText: area.name });
    for (const { value } of area.series) {
      await expect(row).toContainText(figure(value, indicator.decimals));
    }
  }
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // A click on an earlier period leads the map there.
  await movePanels(page, "up");
  await shown.getByRole("img", { name: trend.sentence }).scrollIntoViewIfNeeded();
  const chart = await shown.getByRole("img", { name: trend.sentence }).boundingBox();
  if (!chart) throw new Error("the chart is not on screen");
  const at = [chart.x + chart.width * 0.14, chart.y + chart.height / 2] as const;
  if (info.project.use.hasTouch) await page.touchscreen.tap(...at);
  else await page.mouse.click(...at);
  await expect(page).toHaveURL(new RegExp(`period=${trend.areas[0].series[0].period}`));
});

test("two indicators stand beside each other", async ({ page, api }, info) => {
  const { edition, geography, indicator, classes, areas } = await opening(api);
  await page.goto("/?panel=relation");
  const shown = panel(page, "Relation");
  await shown.getByLabel("The other indicator").selectOption("robbery");
  await expect(page).toHaveURL(/second=robbery/);
  const relation = await api(
    `${edition}/relate/${geography}?x=robbery@${classes.period}&y=${indicator.id}@${classes.period}`,
  );
  await expect(shown).toContainText(relation.sentence);
  for (const { coefficient, lower, upper } of [relation.spearman, relation.pearson]) {
    await expect(shown).toContainText(
      `${figure(coefficient, 2)} (${figure(lower, 2)} to ${figure(upper, 2)})`,
    );
  }
  await expect(shown).toContainText(figure(relation.n, 0));
  await shown.getByText("As a table").click();
  const worst = classes.rank.values.indexOf(1);
  await expect(shown.getByRole("row").nth(1)).toContainText(areas[worst].name);
  await shown.getByText("As a table").click();
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  if (!info.project.use.hasTouch) {
    // The dot of the worst area stands on the top of the chart, under its number; the map and the card follow.
    const chart = shown.getByRole("img", { name: relation.sentence });
    await chart.getByText("1", { exact: true }).hover({ force: true });
    await expect(page.getByRole("region", { name: "The area" })).toContainText(areas[worst].name);
    await expect(shown).toContainText(figure(relation.pairs.x[worst], relation.x.decimals));
  }

  // Swapping is one step.
  await shown.getByRole("button", { name: "Swap" }).click();
  await expect(page).toHaveURL(new RegExp(`indicator=robbery.*second=${indicator.id}`));
  await page.goBack();
  await expect(page).toHaveURL(/\?panel=relation&second=robbery$/);
});

test("the profile shows an area by every indicator", async ({ page, api }) => {
  const { edition, geography, areas, catalog } = await opening(api);
  const area = areas[5];
  const profile = await api(`${edition}/profile/${geography}/${area.code}`);
  await page.goto(`/?panel=profile&areas=${area.code}`);
  const shown = panel(page, "Profile");
  await expect(shown.getByRole("heading", { level: 2 })).toContainText(area.name);
  await expect(shown).toContainText(profile.sentence);
  const named = (short: string) =>
    shown.getByRole("row").filter({ has: page.getByRole("button", { name: short, exact: true }) });
  for (const entry of profile.indicators) {
    const [own] = entry.areas;
    const row = named(entry.short).first();
    await expect(row).toContainText(figure(own.value, entry.decimals));
    for (const { significance, name } of own.against) {
      if (significance) await expect(row).toContainText(name);
    }
    const { minimum, maximum } = entry.quartiles;
    for (const end of [minimum, maximum]) {
      await expect(row).toContainText(figure(end, entry.decimals));
    }
  }
  // What is not published for the small areas is shown for the next larger one, which is named.
  const larger = profile.indicators.find((entry: any) => entry.shown_for);
  await expect(named(larger.short).first()).toContainText(`shown for ${larger.shown_for.name}`);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // An indicator of it leads the map there; the profile stays.
  const other = catalog.indicators.find(({ id }: any) => id === "burglary");
  await named(other.short).first().getByRole("button").click();
  await expect(page).toHaveURL(/indicator=burglary/);
  await expect(shown).toContainText(profile.sentence);
});

test("a set and several selected areas are profiled as one, before each of them", async ({ page, api }) => {
  const { edition, geography, areas } = await opening(api);
  const codes = [areas[3], areas[9], areas[12]].map(({ code }: any) => code).join(",");
  const of = (name: string) =>
    api(`${edition}/profile?set=${encodeURIComponent(`${name}~${geography}:${codes}`)}`);
  await page.goto(`/?panel=profile&areas=${codes}`);
  const shown = panel(page, "Profile");
  await expect(shown.getByRole("heading", { level: 2 })).toContainText("Profile of the selection");
  const selection = await of("The selection");
  await expect(shown).toContainText(selection.sentence);
  for (const entry of selection.indicators) {
    const [own] = entry.sets;
    const row = shown
      .getByRole("row")
      .filter({ has: page.getByRole("button", { name: entry.short, exact: true }) })
      .first();
    await expect(row).toContainText(own.value === null ? own.reason : figure(own.value, entry.decimals));
    if (own.value === null) await expect(row).not.toContainText("No data");
  }
  await expectAccessible(page, "light");

  // Each of them is one choice away.
  const choose = shown.getByRole("combobox");
  await expect(choose.getByRole("option").first()).toHaveText("What is selected, as one (3 areas)");
  await choose.selectOption({ label: `1 · ${areas[3].name}` });
  await expect(shown.getByRole("heading", { level: 2 })).toContainText(areas[3].name);

  // A set that has a name is not offered twice, as the areas that it is.
  await page.goto(`/?panel=profile&areas=${codes}&set=North~${geography}:${codes}`);
  await expect(shown).toContainText((await of("North")).sentence);
  await expect(choose.getByRole("option")).toHaveCount(4);
  await expect(choose).toContainText("North, as one (3 areas)");
});

test("a panel that could not be filled says so and can be tried again @desk", async ({
  page,
  complaints,
}) => {
  await page.route("**/api/v1/*/trend/**", (route) => route.abort());
  await page.goto("/?panel=trend");
  const alert = panel(page, "Trend").getByRole("alert");
  await expect(alert).toContainText("could not be reached");
  await page.unroute("**/api/v1/*/trend/**");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(panel(page, "Trend").getByRole("img")).toBeVisible();
  complaints.provoke(REFUSED);
});

test("nothing is wider than a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const name of ["areas", "trend", "relation", "profile"]) {
    await page.goto(`/?panel=${name}`);
    await expect(page.getByRole("tabpanel").getByText(/\d/).first()).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, name).toBeLessThanOrEqual(0);
  }
});

test.describe("with categories", () => {
  test.use({ atlas: "invented" });

  test("what cannot be drawn says why", async ({ page }) => {
    await page.goto("/?indicator=settlement&panel=trend");
    await expect(panel(page, "Trend")).toContainText("no size that could grow");
    await page.goto("/?indicator=settlement&panel=relation");
    await expect(panel(page, "Relation")).toContainText("Categories have names and no order");
    await page.goto("/?indicator=settlement&panel=profile&areas=A06");
    await expect(panel(page, "Profile")).toContainText("Village");
    // Its value is hidden: absence speaks.
    await expect(panel(page, "Profile")).toContainText("Hidden to protect privacy");
  });
});

test.describe("with unwieldy figures and names", () => {
  test.use({ atlas: "unwieldy" });

  for (const width of [1280, 390]) {
    test(`long figures of the list are whole, ${width} wide @desk`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto("/?indicator=money");
      await ready(page);
      const cells = page.locator("#areas tbody td.value");
      await expect(cells.filter({ hasText: "1,975,308,624,112" })).toHaveCount(1);
      const cut = await cells.evaluateAll((all) => all.filter((cell) => cell.scrollWidth > cell.clientWidth).length);
      expect(cut).toBe(0);
    });
  }

  test("a name written from right to left keeps the order of its words in the list @desk", async ({ page }) => {
    await page.goto("/?indicator=money");
    await ready(page);
    const name = page.locator("#areas tbody.areas .name").filter({ hasText: ARABIC });
    const left = (part: string) => name.locator(part).evaluate((text) => text.getBoundingClientRect().left);
    expect(await left(".start")).toBeGreaterThan(await left(".end"));
  });

  test("a name of one long word widens neither card nor comparison, and its figure stays in sight @desk", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/?indicator=money");
    await ready(page);
    await page.getByRole("combobox", { name: /Find a place/ }).fill(WORD);
    await page.getByRole("option", { name: WORD }).first().click();
    const card = page.locator(".card.is-area");
    await expect(card.getByRole("heading")).toHaveText(WORD);
    const within = async (inner: Locator) => {
      const box = await inner.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    };
    await within(card.getByRole("heading"));
    await within(card.locator(".value b"));
    await within(card.getByRole("button", { name: "Compare" }));
    await within(page.getByRole("heading", { level: 1 }));
    const row = page.locator(".comparison tbody tr").filter({ hasText: WORD });
    const name = await row.locator(".name b").boundingBox();
    const figure = await row.locator("td.track, td.none").first().boundingBox();
    expect((name?.x ?? 0) + (name?.width ?? 0)).toBeLessThanOrEqual(figure?.x ?? 0);
  });
});

test("a figure of the whole that is held back says so on its card @desk", async ({ page }) => {
  await page.route("**/compare?*", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    for (const { areas } of answer.indicators) {
      for (const area of areas) {
        for (const item of area.against) {
          if (item.against === "overall") Object.assign(item, { value: null, status: ["suppressed"] });
        }
      }
    }
    await route.fulfill({ response, json: answer });
  });
  await page.goto("/");
  await ready(page);
  await expect(page.getByRole("region", { name: "The whole" })).toContainText("Hidden to protect privacy");
});
