// What people come for, with the real figures of two counties.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, figure, putOnPaper, ready } from "./atlas";
import { NO_DATA, test, WHY_SKIPPED } from "./county";
import { finger, type Hand, keyboard, mouse } from "./hands";
import { expectSpoken, line } from "./spoken";
import * as walks from "./walks";

test.skip(NO_DATA, WHY_SKIPPED);

type Walk = (page: Page, hand: Hand) => Promise<void>;

/** A walk with the mouse, and the same with the keyboard alone. */
function walked(title: string, walk: Walk): void {
  test(title, { tag: "@desk" }, ({ page }) => walk(page, mouse));
  test(`${title}, by keyboard`, { tag: "@keys" }, ({ page }) => walk(page, keyboard(page)));
}

/** The same, and with a finger. */
function walkedByAll(title: string, walk: Walk): void {
  walked(title, walk);
  test(`${title}, by touch`, async ({ page }, info) => {
    test.skip(!info.project.use.hasTouch, "is walked with the mouse on a desk");
    await walk(page, finger);
  });
}

walkedByAll("a planner sees where deprivation concentrates", async (page, hand) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    "18 of the 364 LSOAs in Worcestershire are in the most deprived 10% of areas in England",
  );
  await walks.worstClass(page, hand, {
    bar: "decile 1, in the most deprived 10% of areas in England: 18 areas · 27,628 people",
    chip: "18 areas · 27,628 people · 7,007 children 0-15",
    spread: ["Worcester 8", "Redditch 5", "Wyre Forest 4", "Malvern Hills 1", "577,914", "101,746"],
    within: [
      { name: "Worcester", finding: "8 of the 63 LSOAs in Worcester " },
      { name: "Redditch", finding: "5 of the 55 LSOAs in Redditch " },
      { name: "Wyre Forest", finding: "4 of the 65 LSOAs in Wyre Forest " },
      { name: "Malvern Hills", finding: "1 of the 45 LSOAs in Malvern Hills " },
    ],
  });
});

test("the county and a district say how many of their areas are in the worst tenth", async ({ page }, info) => {
  const said = "18 of the 364 are in the most deprived 10% of areas in England";
  await page.goto("/");
  // On a phone the card is of a single area.
  if (!info.project.use.isMobile) {
    await expect(page.getByRole("region", { name: "The whole" })).toContainText(said);
  }
  await page.goto("/?areas=E01032332");
  const compared = page.getByRole("region", { name: "Compared" });
  await expect(compared.getByRole("row").filter({ hasText: said })).toContainText("18 of 364");
  await expect(compared.getByRole("row").filter({ hasText: /^\s*Worcester\s+8 of/ })).toContainText("8 of 63");
  await expect(compared).toContainText("8 of the 63 in Worcester and 18 of the 364 in Worcestershire.");
  await expect(compared).not.toContainText("no figure");
});

test("the areas of a class are profiled together @desk", async ({ page }) => {
  await page.goto("/?areas=class:1&panel=profile");
  const profile = page.getByRole("tabpanel", { name: "Profile" });
  await expect(profile).toContainText(
    "The selection: of its 18 LSOAs, 18 are in the most deprived 10% of areas in England by Index of Multiple Deprivation decile.",
  );
  await expect(profile.getByRole("row").filter({ hasText: "Deprivation rank" })).toContainText("A set of areas has no rank");
});

test("the district of most of the worst areas is drawn again, larger @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const inset = page.getByRole("button", { name: "Worcester has 8 of the 18 areas of the class" });
  await expect(inset).toBeVisible();
  await expect(inset).toContainText("8 of the 18");
  await expect(inset.locator("canvas").first()).toBeVisible();
  await expectAccessible(page, "dark");

  // It leads there, and stands back for a card that needs the room.
  await inset.click();
  await expect(page).toHaveURL(/at=-2\.2/);
  await page.getByRole("button", { name: /^Show the whole/ }).click();
  await expect(page).not.toHaveURL(/at=/);
  await page.setViewportSize({ width: 1440, height: 740 });
  await expect(inset).toBeHidden();

  // Of one district alone there is none.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/?within=lad19:E07000237");
  await ready(page);
  await expect(page.getByRole("button", { name: /areas of the class/ })).toHaveCount(0);
});

test("it is drawn again on paper, beside the words @desk", async ({ page }) => {
  const sheet = page.locator("article.sheet");
  const open = async (address: string) => {
    await page.goto(address);
    await ready(page);
    await putOnPaper(page);
  };
  await open("/");
  await expect(sheet.locator("figure")).toContainText("Worcester 8 of the 18");
  // Its 63 areas and no others.
  await expect(sheet.locator("figure svg path")).toHaveCount(63);

  // A part of the map is not held against the whole.
  await open("/?at=-2.2,52.2,12");
  await expect(sheet.locator("figure")).toHaveCount(0);
});

const DISTRICTS = [
    { name: "Redditch", value: "22.5" },
    { name: "Wyre Forest", value: "22.4" },
    { name: "Worcester", value: "20.4" },
    { name: "Malvern Hills", value: "16.1" },
    { name: "Wychavon", value: "15.8" },
    { name: "Bromsgrove", value: "11.7" },
];

walked("a planner holds districts against each other", async (page, hand) => {
  await walks.larger(page, hand, "imd-score", "District (6)", DISTRICTS);
  // The other measure has another order, and the sentence says so.
  await expectSpoken(page.getByRole("region", { name: "Deprivation by districts" }), [
    "Worcester 12.7%, Redditch 9.1% and Wyre Forest 6.2%. The two orders differ",
    'row "Redditch 22.52',
    'row "Wyre Forest 22.44',
    'row "Worcester 20.41',
    'row "Malvern Hills 16.07',
    'row "Wychavon 15.77',
    'row "Bromsgrove 11.70',
  ]);
});

test("each measure of a district is the server's @desk", async ({ page, api }) => {
  await page.goto("/?indicator=imd-score&geography=lad19");
  await ready(page);
  const measures = page.getByRole("region", { name: "Deprivation by districts" });
  const { edition } = await api("atlas");
  const found = await api(`${edition}/deprivation/lsoa11/imd-rank?score=imd-score&of=lad19`);
  const worcester = found.areas.find(({ name }: any) => name === "Worcester");
  const row = measures.getByRole("row").filter({ hasText: /^\s*Worcester/ });
  for (const words of [
    figure(worcester.average_score, 2),
    `${figure(100 * worcester.extent, 1)}%`,
    figure(worcester.local_concentration, 0),
  ]) {
    await expect(row).toContainText(words);
  }
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // Beside the small areas it is one line, which opens.
  await page.goto("/");
  await ready(page);
  await expect(measures.getByRole("table")).toBeHidden();
  await measures.getByText("Deprivation by districts").click();
  await expect(measures).toContainText("The two orders differ");
});

test("England comes first of what areas are held against, and unasked @desk", async ({ page }) => {
  await page.goto("/?indicator=idaci");
  await ready(page);
  await expect(page.locator(".card dl")).toHaveText(/England\s*0\.171/);
  await expect(page.locator("#areas .held th")).toHaveText(["England", "Worcestershire"]);
  await page.getByRole("combobox", { name: "Show as" }).selectOption("significance");
  const against = page.getByRole("combobox", { name: "Compare with", exact: true });
  await expect(against.locator("option").first()).toHaveText("England");
  await expect(against.locator("option:checked")).toHaveText("England");
  await expect(page.locator(".legend")).toContainText("Held against England");
  await against.selectOption("Worcestershire");
  await expect(page).toHaveURL(/against=overall/);
  await expect(page.locator(".legend")).toContainText("Held against Worcestershire");
});

test("the name that areas are held against stays whole above its differences", async ({ page }) => {
  await page.goto("/?indicator=idaci&areas=E01032127");
  await ready(page);
  const name = page.getByRole("region", { name: "Compared" }).locator("thead .difference").last().locator("span");
  await expect(name).toHaveText("Worcestershire");
  const lines = await name.evaluate((span) => {
    const range = document.createRange();
    range.selectNodeContents(span);
    return range.getClientRects().length;
  });
  expect(lines).toBe(1);
  expect(await page.locator(".comparison").evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
});

test("the order of areas in one decile can be seen @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const rows = page.locator("#areas tbody.areas tr");
  await expect(rows.nth(0)).toContainText("72nd");
  await expect(rows.nth(1)).toContainText("148th");
});

test("the names of the list are whole in the window of a laptop @desk", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/");
  await ready(page);
  const names = page.locator("#areas tbody.areas .start");
  const cut = await names.evaluateAll((all) => all.filter((own) => own.scrollWidth > own.clientWidth).map((own) => own.textContent));
  expect(await names.count()).toBeGreaterThan(5);
  expect(cut).toEqual([]);
});

test("a class is selected worst first, and the card speaks of its worst @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const bar = page.locator(".legend .bars").getByRole("button").first();
  await expect(bar).toHaveAccessibleName(
    "decile 1, in the most deprived 10% of areas in England: 18 areas · 27,628 people",
  );
  await bar.click();
  await expect(page).toHaveURL(/areas=class:1/);
  const card = page.getByRole("region", { name: "The area" });
  await expect(card.getByRole("heading")).toHaveText("Worcester 002D");
  await page.goto("/?areas=class:1");
  await ready(page);
  await expect(card.getByRole("heading")).toHaveText("Worcester 002D");
  const compared = page.locator(".comparison").getByRole("rowheader");
  await expect(compared.nth(0)).toContainText("Worcester 002D");
  await expect(compared.nth(1)).toContainText("Wyre Forest 009C");
  await page.goto("/?areas=class:1&panel=relation");
  // More dots than the map has pins are found by rings: their numbers would lie on each other.
  await expect(page.locator(".scatter .ring")).toHaveCount(18);
  await expect(page.locator(".scatter .mark")).toHaveCount(0);
});

walkedByAll("the public finds its area by postcode", (page, hand) =>
  walks.postcode(page, hand, "wr49pe", [
    'heading "Worcester 002D" [level=2]',
    "paragraph: In the most deprived 10% of areas in England",
    "72nd of 32,844 areas in England",
    "Not everyone living there is deprived.",
  ]),
);

walkedByAll("a postcode of Birmingham's may lie in Bromsgrove, and one elsewhere is no error", async (page, hand) => {
  await walks.postcode(page, hand, "B14 5SL", ['heading "Bromsgrove 005A" [level=2]', "paragraph: Bromsgrove"]);
  await walks.elsewhere(page, hand, "CB1 0AA", "outside this atlas");
});

test("a screen reader is told the neighbour's name, value, rank and class @keys", async ({ page }) => {
  const line = await walks.spoken(page, "E01032332", "Worcester 002D");
  const parts =
    /^(Worcester \d{3}[A-F]): in the (?:most|least) deprived \d0% of areas in England; (.+) of 364 in Worcestershire; class (\d+) of 10, (decile \d+)$/;
  const [, name, rank, , decile] = parts.exec(line) ?? [];
  expect(rank, line).toBeTruthy();
  await page.goto("/table");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await expect(row).toContainText(decile ?? "–");
});

for (const { by, tag } of [
  { by: "", tag: [] },
  { by: ", by keyboard", tag: ["@keys"] },
]) {
  test(`without script two pages answer the question of the postcode${by}`, { tag }, async ({ browser, baseURL }, info) => {
    const context = await browser.newContext({ ...info.project.use, baseURL, javaScriptEnabled: false });
    const page = await context.newPage();
    await walks.withoutScript(page, by === "" ? mouse : keyboard(page), "wr49pe", [
      /^heading "Worcester 002D.*" \[level=1\]/,
      /[Ii]n the most deprived 10% of areas in England/,
      "72nd of 32,844",
    ]);
    await expect(page).toHaveURL(/\/areas\/lsoa11\/E01032332/);
    await context.close();
  });
}

walked("an analyst takes the published digits", (page, hand) =>
  walks.exactFigures(page, hand, "/?indicator=imd-score", {
    code: "E01032332",
    name: "Worcester 002D",
    value: "76.1",
    exact: "76.145",
  }),
);

walked("a planner finds where two things come together", async (page, hand) => {
  await walks.filtered(page, hand, "imd-decile<=2 and idaci>0.3333333", ["20 of the 364 LSOAs", "7,676"]);
  // By one of them alone there is one area more, and it is named.
  await walks.filtered(page, hand, "idaci>0.3333333", ["21 of the 364 LSOAs"]);
  await hand.write(page.getByRole("searchbox", { name: "Find in this list" }), "E01032201");
  await expectSpoken(page.getByRole("region", { name: "Areas", exact: true }), [line("row", "Malvern Hills 007A", "4 "), "status: 1 area"]);
});

walked("an officer sees one group around its peak, and what is high without one", (page, hand) =>
  walks.hotspots(page, hand, "imd-score", {
    peaks: [{ name: "Worcester 005F", others: 10, evidence: "Gi* 5.15" }],
    // The second is listed though its neighbours are not high.
    highest: ["Worcester 002D", "Wyre Forest 009C", "Worcester 005E"],
  }),
);

walked("a partnership's eight areas are one, beside county and country", (page, hand) =>
  walks.partnership(
    page,
    hand,
    "Partnership",
    ["301", "302", "303", "304", "330", "331", "332", "333"].map((end) => ({ code: `E01032${end}`, name: "Worcester 0" })),
    [
      { indicator: "Index of Multiple Deprivation decile", row: ["11,521 people", "5 of the 8"], beside: [] },
      { indicator: "Index of Multiple Deprivation score", row: ["11,521 people", "45.7"], beside: ['row "Worcestershire 18.1'] },
      {
        indicator: "Children in income deprivation",
        row: ["11,521 people", "0.354"],
        beside: ['row "England 0.171', 'row "Worcestershire 0.142'],
      },
      { indicator: "Index of Multiple Deprivation rank", row: ["A set of areas has no rank"], beside: [] },
    ],
  ),
);

test.describe("Cambridgeshire", () => {
  test.use({ county: "cambridgeshire" });

  walked("one area far above the others: equal steps warn, and offer quantiles", (page, hand) =>
    walks.skewed(page, hand, "outcomes", {
      equal: [371, 3, 0, 0, 1],
      note: "371 of 375 areas are in one class. Quantiles would make classes of 76, 76, 73, 75 and 75, with breaks at 46, 65, 91.4 and 132.6.",
      quantile: [76, 76, 73, 75, 75],
    }),
  );

  test("its rate stands beside the county's @desk", ({ page }) =>
    walks.linked(page, "/?indicator=outcome-rate&areas=E01032797", [
      'heading "Cambridge 007',
      "paragraph: 589.3 per 1,000 residents",
      "definition: 64.1",
    ]));
});
