// What people come for, with the real figures of two counties.

import { expect, expectAccessible, figure, ready } from "./atlas";
import { NO_DATA, test, WHY_SKIPPED } from "./county";
import { finger, mouse } from "./hands";
import { exactFigures, filtered, hotspots, larger, postcode, skewed, spoken, worstClass } from "./walks";

test.skip(NO_DATA, WHY_SKIPPED);

const hand = (touch: boolean | undefined) => (touch ? finger : mouse);

test("a planner sees where deprivation concentrates", async ({ page }, info) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    "18 of the 364 LSOAs in Worcestershire are in the most deprived 10% of areas in England",
  );
  await worstClass(page, hand(info.project.use.hasTouch), {
    words: ["18 areas", "27,628 people"],
    chip: ["18 areas", "27,628 people", "7,007 children 0-15"],
    spread: ["Worcester 8", "Redditch 5", "Wyre Forest 4", "Malvern Hills 1", "577,914", "101,746"],
    within: [
      { name: "Worcester", finding: "8 of the 63 LSOAs in Worcester " },
      { name: "Redditch", finding: "5 of the 55 LSOAs in Redditch " },
      { name: "Wyre Forest", finding: "4 of the 65 LSOAs in Wyre Forest " },
      { name: "Malvern Hills", finding: "1 of the 45 LSOAs in Malvern Hills " },
    ],
  });
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

test("a planner holds districts against each other @desk", async ({ page, api }) => {
  await larger(page, mouse, "imd-score", "District (6)", [
    { name: "Redditch", value: "22.5" },
    { name: "Wyre Forest", value: "22.4" },
    { name: "Worcester", value: "20.4" },
    { name: "Malvern Hills", value: "16.1" },
    { name: "Wychavon", value: "15.8" },
    { name: "Bromsgrove", value: "11.7" },
  ]);
  // The other measure has another order, and the sentence says so.
  const measures = page.getByRole("region", { name: "Deprivation by districts" });
  await expect(measures).toContainText(
    "Worcester 12.7%, Redditch 9.1% and Wyre Forest 6.2%. The two orders differ",
  );
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

test("the order of areas in one decile can be seen @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const rows = page.locator("#areas tbody.areas tr");
  await expect(rows.nth(0)).toContainText("72nd");
  await expect(rows.nth(1)).toContainText("148th");
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

test("the public finds its area by postcode", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await postcode(page, "wr49pe", [
    "Worcester 002D",
    "In the most deprived 10% of areas in England",
    "72nd of 32,844 areas in England",
    "Not everyone living there is deprived.",
  ]);
});

test("a postcode of Birmingham's may lie in Bromsgrove, and one elsewhere is no error", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await postcode(page, "B14 5SL", ["Bromsgrove 005A"]);
  const field = page.getByRole("combobox", { name: /Find a place/ });
  await field.fill("CB1 0AA");
  await expect(page.getByRole("option").first()).toContainText("outside this atlas");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a screen reader is told the neighbour's name, value, rank and class @keys", async ({ page }) => {
  const line = await spoken(page, "E01032332", "Worcester 002D");
  const parts =
    /^(Worcester \d{3}[A-F]): in the (?:most|least) deprived \d0% of areas in England; (.+) of 364 in Worcestershire; class (\d+) of 10, (decile \d+)$/;
  const [, name, rank, , decile] = parts.exec(line) ?? [];
  expect(rank, line).toBeTruthy();
  await page.goto("/table");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  await expect(row).toContainText(decile ?? "–");
});

test("without script two pages answer the question of the postcode", async ({ browser, baseURL }, info) => {
  const context = await browser.newContext({ ...info.project.use, baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/table");
  await page.getByLabel("Your postcode").fill("wr49pe");
  await page.getByRole("button", { name: "Find my area" }).click();
  await expect(page).toHaveURL(/\/areas\/lsoa11\/E01032332/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Worcester 002D");
  for (const words of ["In the most deprived 10% of areas in England", "72nd of 32,844"]) {
    await expect(page.getByText(words).first()).toBeVisible();
  }
  await context.close();
});

test("an analyst takes the published digits @desk", async ({ page }) => {
  await exactFigures(page, mouse, "/?indicator=imd-score", {
    code: "E01032332",
    name: "Worcester 002D",
    value: "76.1",
    exact: "76.145",
  });
});

test("a planner finds where two things come together @desk", async ({ page }) => {
  await filtered(page, mouse, "imd-decile<=2 and idaci>0.3333333", ["20 of the 364 LSOAs", "7,676"]);
  // By one of them alone there is one area more, and it is named.
  await filtered(page, mouse, "idaci>0.3333333", ["21 of the 364 LSOAs"]);
  await page.getByRole("searchbox").fill("E01032201");
  await expect(page.locator("#areas tbody.areas tr")).toHaveCount(1);
});

test("an officer sees one group around its peak, and what is high without one @desk", async ({ page }) => {
  await hotspots(page, mouse, "imd-score", {
    peaks: [{ name: "Worcester 005F", others: 10, evidence: "5.15" }],
    // The second is listed though its neighbours are not high.
    highest: ["Worcester 002D", "Wyre Forest 009C", "Worcester 005E"],
  });
});

test("a partnership's eight areas are one, beside county and country @desk", async ({ page }) => {
  const codes = ["301", "302", "303", "304", "330", "331", "332", "333"].map((end) => `E01032${end}`).join(",");
  const set = `set=Partnership~lsoa11:${codes}`;
  const compared = page.getByRole("region", { name: "Compared" });
  const row = compared.getByRole("row").filter({ hasText: "Partnership" });
  await page.goto(`/?indicator=idaci&${set}`);
  await ready(page);
  await expect(row).toContainText(`${figure(11_521, 0)} people`);
  await expect(row).toContainText("0.354");
  await expect(compared.getByRole("row").filter({ hasText: "Worcestershire" }).last()).toContainText("0.142");
  await page.goto(`/?indicator=imd-score&${set}`);
  await expect(row).toContainText(/45\.[67]/);
  await page.goto(`/?indicator=imd-rank&${set}`);
  await expect(row).toContainText("A set of areas has no rank");
});

test.describe("Cambridgeshire", () => {
  test.use({ county: "cambridgeshire" });

  test("one area far above the others: equal steps warn, and offer quantiles @desk", async ({ page }) => {
    await skewed(page, mouse, "outcomes", {
      equal: [371, 3, 0, 0, 1],
      note: "371 of 375 areas are in one class. Quantiles would make classes of 76, 76, 73, 75 and 75, with breaks at 46, 65, 91.4 and 132.6.",
      quantile: [76, 76, 73, 75, 75],
    });
    await page.goto("/?indicator=outcome-rate&areas=E01032797");
    await ready(page);
    const card = page.getByRole("region", { name: "The area" });
    await expect(card).toContainText("589.3");
    await expect(card).toContainText("64.1");
  });
});
