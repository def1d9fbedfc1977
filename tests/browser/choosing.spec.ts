// Selecting by class, larger area, distance, line and figures; filters and sets in the link.

import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, figure, openChoices, ready, REFUSED, test } from "./atlas";

const chip = (page: Page) => page.locator(".chip");
const legend = (page: Page) => page.locator(".legend ol button");

async function openWays(page: Page, way: string): Promise<Locator> {
  await page.getByRole("button", { name: "Select", exact: true }).click();
  const panel = page.getByRole("region", { name: "Select areas" });
  await panel.getByRole("button", { name: way }).click();
  return panel;
}

/** What `compare` says of a class, a district or a list of areas. */
async function spreadOf(api: (path: string) => Promise<any>, codes: readonly string[]) {
  const { edition, view } = await api("atlas");
  const path = `${edition}/compare?geography=${view.geography}&areas=${codes.join(",")}`;
  return (await api(path)).spread;
}

test("a class of the legend is selected, said with its districts and people, and stays in the link", async ({
  page,
  api,
}) => {
  const { edition, view } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}?still=true`);
  const areas = (await api(`${edition}/areas/${view.geography}?fields=code`)).columns.code;
  const codes = areas.filter((_: string, i: number) => classes.classes[i] === 3);
  const spread = await spreadOf(api, codes);

  await page.goto("/");
  await ready(page);
  await legend(page).nth(3).click();
  await expect(page).toHaveURL("/?areas=class:4");
  await expect(legend(page).nth(3)).toHaveAttribute("aria-pressed", "true");
  await expect(chip(page)).toContainText(`${codes.length} areas`);
  await expect(chip(page)).toContainText(figure(spread.people[0].total, 0));
  await page.getByRole("button", { name: "About this selection" }).click();
  await expect(page.getByRole("region", { name: "About this selection" })).toContainText(
    spread.sentence,
  );
  // The districts add up to the class, and its people to those that the legend names.
  expect(spread.parents.reduce((sum: number, of: any) => sum + of.areas, 0)).toBe(codes.length);
  expect(spread.people[0].total).toBe(classes.people[0].values[3]);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // Opened anew the link selects the same.
  await page.reload();
  await ready(page);
  await expect(chip(page)).toContainText(`${codes.length} areas`);
});

test("in another period the areas of a class stay, and the link names them @desk", async ({
  page,
}) => {
  await page.goto("/?areas=class:4");
  await ready(page);
  const said = (await chip(page).getByRole("status").innerText()).split("·")[0] ?? "";
  expect(said).toMatch(/\d+ areas/);
  await page
    .getByRole("radiogroup", { name: "Period" })
    .getByRole("radio", { name: "July 2017" })
    .check({ force: true });
  await expect(page).toHaveURL(/period=2017-07/);
  await expect(page).not.toHaveURL(/class:/);
  await expect(page).toHaveURL(/areas=E0\d+\*/);
  await expect(chip(page)).toContainText(said.trim());
  // As short as it is, it is all of them.
  const named = page.url();
  await page.goto("/?geography=lad11");
  await ready(page);
  await page.goto(named);
  await ready(page);
  await expect(chip(page)).toContainText(said.trim());
  expect(named.length).toBeLessThan(600);
});

test("with shift a class joins what is selected, and a second click lets it go @keys", async ({
  page,
}) => {
  await page.goto("/?indicator=residents&geography=lad11&method=equal&k=3");
  await ready(page);
  const counts = await legend(page).locator(".count").allInnerTexts();
  const filled = counts.flatMap((count, i) => (count === "0" ? [] : [i]));
  const [first = 0, second = 0] = filled;
  await legend(page).nth(first).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`areas=class:${first + 1}`));
  await legend(page)
    .nth(second)
    .click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(new RegExp(`areas=class:${first + 1},class:${second + 1}`));
  const both = Number(counts[first]) + Number(counts[second]);
  await expect(chip(page)).toContainText(`${both} areas`);
  await legend(page).nth(first).click();
  await expect(page).toHaveURL(new RegExp(`areas=class:${second + 1}(&|$)`));
});

test("all areas of a district are selected", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const inside = await api(`${edition}/areas/${view.geography}?within=lad11:E08000033&fields=code`);
  await page.goto("/");
  await ready(page);
  const panel = await openWays(page, "All in one larger area");
  await panel.getByRole("combobox").selectOption({ label: "Calderdale" });
  await panel.getByRole("button", { name: "Select these" }).click();
  await expect(page).toHaveURL("/?areas=parent:lad11:E08000033");
  await expect(chip(page)).toContainText(`${inside.count} areas`);
  await expectAccessible(page, "light");

  // One of them is let go: then the others are listed.
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(chip(page)).toBeVisible();
  await page.locator("#areas tbody button[aria-pressed=true]").first().click();
  await expect(chip(page)).toContainText(`${inside.count - 1} areas`);
  await expect(page).not.toHaveURL(/parent:/);
});

test("areas around another are selected by a distance that is typed @keys", async ({
  page,
  api,
}) => {
  const { edition, view } = await api("atlas");
  const { columns } = await api(`${edition}/areas/${view.geography}?fields=code,label_point`);
  const from = columns.code.indexOf("E01010568");
  const near = columns.code.filter(
    (_: string, i: number) => km(columns.label_point[from], columns.label_point[i]) <= 1.5,
  );
  expect(near.length).toBeGreaterThan(1);
  await page.goto("/?areas=E01010568");
  await ready(page);
  const panel = await openWays(page, "Around a place");
  await expect(panel.getByRole("combobox")).toHaveValue("area");
  const distance = panel.getByRole("textbox", { name: "Within" });
  await distance.fill("none");
  await expect(panel).toContainText("The distance is a number of kilometres");
  await distance.fill("1.5");
  await expect(panel.getByRole("status")).toHaveText(`${near.length} areas`);
  await panel.getByRole("button", { name: "Select these" }).click();
  await expect(chip(page)).toContainText(`${near.length} areas`);
  const selected = new URL(page.url()).searchParams.get("areas")?.split(",").sort();
  expect(selected).toEqual([...near].sort());
});

test("areas inside a drawn line are selected, by pointer @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const panel = await openWays(page, "Inside a line that you draw");
  const map = await page.getByRole("application").boundingBox();
  if (!map) throw new Error("the map is not on screen");
  // Before that, a click selects an area.
  const status = panel.getByRole("status");
  await expect(status).toHaveText("0 corners");
  const corners = [
    [0.55, 0.45],
    [0.65, 0.45],
    [0.65, 0.58],
    [0.55, 0.58],
  ] as const;
  for (const [i, [x, y]] of corners.entries()) {
    // A hand that comes to rest before it presses.
    await page.mouse.move(map.x + x * map.width, map.y + y * map.height);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.mouse.down();
    await page.mouse.up();
    await expect(status).toHaveText(new RegExp(`^${i + 1} corner`));
    // Two clicks at once would bring the map closer.
    await page.waitForTimeout(400);
  }
  await expect(status).toHaveText(/^4 corners, \d+ areas$/);
  await expectAccessible(page, "light");
  const count = /, (\d+) areas/.exec(await status.innerText())?.[1];
  await panel.getByRole("button", { name: "Select these" }).click();
  await expect(chip(page)).toContainText(`${count} areas`);
  // Escape ends the drawing, and the selection stays.
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(chip(page)).toContainText(`${count} areas`);
});

test("areas inside a line are selected by keyboard alone @keys", async ({ page }) => {
  await page.goto("/?geography=lad11");
  await ready(page);
  const panel = await openWays(page, "Inside a line that you draw");
  const status = panel.getByRole("status");
  await page.getByRole("application").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(status).toHaveText("1 corner");
  for (const [i, key] of [
    "ArrowLeft",
    "ArrowDown",
    "ArrowRight",
    "ArrowUp",
    "ArrowRight",
  ].entries()) {
    await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await expect(status).toHaveText(/corner/);
    expect(i).toBeLessThan(5);
  }
  await panel.getByRole("button", { name: "Corner at the middle of the map" }).click();
  await expect(status).toHaveText(/^\d corners, \d areas?$/);
  const before = await status.innerText();
  await panel.getByRole("button", { name: "Take back the last corner" }).click();
  await expect(status).not.toHaveText(before);
  await expect(page).not.toHaveURL(/areas=/);
});

test("a filter is built from fields, dims the others, and the link reopens exactly this", async ({
  page,
  api,
}) => {
  const { edition, view } = await api("atlas");
  const filter = "crime>=40 and residents>1500";
  const found = await api(
    `${edition}/areas/${view.geography}?fields=code&filter=${encodeURIComponent(filter)}`,
  );
  await page.goto("/");
  await ready(page);
  const panel = await openWays(page, "By their figures");
  await panel.getByRole("textbox", { name: "Value" }).fill("40");
  await expect(panel).toContainText("per 1,000 residents");
  await panel.getByRole("button", { name: "And another condition" }).click();
  await panel.getByRole("combobox", { name: "Indicator" }).nth(1).fill("Residents");
  await panel
    .getByRole("combobox", { name: /How the figure/ })
    .nth(1)
    .selectOption(">");
  await panel.getByRole("textbox", { name: "Value" }).nth(1).fill("1,500");
  await expect(panel.getByRole("textbox", { name: "The same as text" })).toHaveValue(filter);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
  await panel.getByRole("button", { name: "Filter the map" }).click();
  await expect(page.locator(".kept")).toContainText(found.sentence);
  // What was opened would lie over the list.
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Select", exact: true })).toBeFocused();
  await expect(page.locator("#areas")).toContainText(`pass the filter stand in this list: ${found.count} areas`);
  await expect(page.locator("#areas table")).toHaveAttribute(
    "aria-rowcount",
    String(found.count + 1),
  );
  expect(new URL(page.url()).searchParams.get("filter")).toBe(filter);

  await page.goto(page.url());
  await ready(page);
  await expect(page.locator(".kept")).toContainText(found.sentence);
  await page.locator(".kept").getByRole("button", { name: "Select these" }).click();
  await expect(page).toHaveURL(/areas=filter/);
  await expect(chip(page)).toContainText(`${found.count} areas`);
  await page.reload();
  await ready(page);
  await expect(chip(page)).toContainText(`${found.count} areas`);
  // Without the filter the areas stay.
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(page).not.toHaveURL(/filter/);
  await expect(chip(page)).toContainText(`${found.count} areas`);
});

test("a condition is of the period that is shown @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const catalog = await api(`${edition}/catalog`);
  const { periods } = catalog.indicators.find(({ id }: any) => id === view.indicator);
  const [earlier] = periods[view.geography];
  await page.goto(`/?period=${earlier}`);
  await ready(page);
  const panel = await openWays(page, "By their figures");
  await expect(panel.getByRole("combobox", { name: "Period" })).toHaveValue(earlier);
  await panel.getByRole("textbox", { name: "Value" }).fill("10");
  await expect(panel.getByRole("textbox", { name: "The same as text" })).toHaveValue(
    `${view.indicator}@${earlier}>=10`,
  );
});

test("what is no filter is said beside its field @desk", async ({ page, complaints }) => {
  await page.goto("/");
  await ready(page);
  const panel = await openWays(page, "By their figures");
  const text = panel.getByRole("textbox", { name: "The same as text" });
  await text.fill("crim>=40");
  await panel.getByRole("button", { name: "Filter the map" }).click();
  await expect(panel.getByRole("alert")).toContainText("Did you mean “crime”?");
  await text.fill("crime 40");
  await panel.getByRole("button", { name: "Filter the map" }).click();
  await expect(panel.getByRole("alert")).toContainText("“crime 40” is no condition");
  await text.fill("crime>=40%");
  await panel.getByRole("button", { name: "Filter the map" }).click();
  await expect(panel.getByRole("alert")).toContainText("is not measured in per cent here");
  await expect(page).not.toHaveURL(/filter/);
  // In a link it is left out with a notice.
  await page.goto("/?filter=crim%3E%3D40");
  await ready(page);
  await expect(page.locator(".notices")).toContainText("Did you mean “crime”?");
  await expect(page.locator(".kept")).toHaveCount(0);
  complaints.provoke(REFUSED);
});

test("a selection is named, compared as a set, renamed, selected again and removed", async ({
  page,
  api,
}) => {
  const { edition, view } = await api("atlas");
  const codes = ["E01010568", "E01010569"];
  const set = `North side~${view.geography}:${codes.join(",")}`;
  const answer = await api(
    `${edition}/compare?geography=${view.geography}&set=${encodeURIComponent(set)}&indicators=${view.indicator}`,
  );
  const [own] = answer.indicators[0].sets;
  const value = figure(own.value, answer.indicators[0].decimals);
  await page.goto(`/?areas=${codes.join(",")}`);
  await ready(page);
  await page.getByRole("button", { name: "About this selection" }).click();
  const details = page.getByRole("region", { name: "About this selection" });
  await details.getByRole("textbox").fill("A, B");
  await details.getByRole("button", { name: "Keep as a set" }).click();
  await expect(details.getByRole("alert")).toContainText("no comma");
  await details.getByRole("textbox").fill("North side");
  await expectAccessible(page, "light");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(
    `/?areas=${codes.join(",")}&set=North+side~${view.geography}:${codes.join(",")}`,
  );
  const row = page
    .getByRole("region", { name: "Compared" })
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name: "North side", exact: true }) });
  await expect(row).toContainText(value);
  await expect(row).toContainText(figure(answer.people[0].sets[0], 0));

  // It stands in the list, on the card and in every panel without a selection, too.
  await page.getByRole("button", { name: "Clear the selection" }).click();
  await expect(row).toContainText(value);
  await expect(page.locator("#areas .held")).toContainText("North side");
  await page.getByRole("tab", { name: "Trend" }).click();
  await expect(
    page.getByRole("tabpanel").getByRole("listitem").filter({ hasText: "North side" }),
  ).toContainText(value);
  await page.getByRole("tab", { name: "Profile" }).click();
  await expect(page.getByRole("tabpanel").getByRole("heading", { name: "Profile of North side" })).toBeVisible();
  await expect(page.getByRole("tabpanel")).toContainText(value);
  await expectAccessible(page, "dark");
  await page.getByRole("tab", { name: "Areas" }).click();

  await page.getByRole("button", { name: "Rename North side" }).click();
  const field = page.getByRole("textbox", { name: "Name of the set" });
  await field.fill("Valley");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/set=Valley~/);
  await page
    .getByRole("list", { name: "Sets" })
    .getByRole("button", { name: "Valley", exact: true })
    .click();
  await expect(chip(page)).toContainText("2 areas");
  await page
    .getByRole("list", { name: "Sets" })
    .getByRole("button", { name: "Remove the set Valley" })
    .click();
  await expect(page).not.toHaveURL(/set=/);
});

test("of a link's sets what is not there is left out, and said @desk", async ({ page, api }) => {
  const { view } = await api("atlas");
  await page.goto(
    `/?set=Old~${view.geography}:E01010568,E99999999&set=Nowhere~parish:P1&set=broken`,
  );
  await ready(page);
  const notices = page.locator(".notices");
  await expect(notices).toContainText("E99999999");
  await expect(notices).toContainText("The set “Nowhere” was left out");
  await expect(notices).toContainText("This link’s “set” could not be read (broken)");
  await expect(page.getByRole("list", { name: "Sets" }).getByRole("listitem")).toHaveText([
    /Old · 1 LSOA/,
  ]);
});

test.describe("an indicator that does not add up", () => {
  test.use({ atlas: "invented" });

  test("refuses a set with its reason @desk", async ({ page }) => {
    await page.goto("/?indicator=settlement&set=Pair~area:A01,A02");
    await ready(page);
    await expect(page.getByRole("region", { name: "Compared" })).toContainText(
      "A set of areas has no category: its areas have one each.",
    );
  });
});

test("one area is pinned, and another held against it in words @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const [pinned, other] = ["E01010568", "E01033010"];
  const answer = await api(
    `${edition}/compare?areas=${view.geography}:${other}&indicators=${view.indicator}&against=${view.geography}:${pinned}`,
  );
  const [against] = answer.indicators[0].areas[0].against;
  const { decimals } = answer.indicators[0];
  await page.goto(`/?areas=${pinned}`);
  await ready(page);
  await page.locator("#areas").getByRole("searchbox").fill("Leeds 111B");
  await page.locator("#areas tbody.areas button").first().hover();
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toContainText(
    `${figure(Math.abs(against.difference), decimals)} per 1,000 residents more than ${against.name} (${figure(against.value, decimals)}).`,
  );
});

test("a class of hundreds of areas is selected, kept, carried and held against like any other @desk", async ({
  page,
  api,
}) => {
  const { edition, view } = await api("atlas");
  const address = `${edition}/classes/${view.geography}/${view.indicator}`;
  const classes = await api(`${address}?k=3&still=true`);
  const [n, people] = [classes.counts[2], classes.people[0].values[2]];
  expect(n).toBeGreaterThan(300);
  const said = `${figure(n, 0)} areas`;

  await page.goto("/?k=3");
  await ready(page);
  await legend(page).nth(2).click();
  await expect(page).toHaveURL("/?areas=class:3&k=3");
  await expect(chip(page)).toContainText(`${said} · ${figure(people, 0)}`);
  await expect(page.locator(".comparison")).toContainText(`The 300 highest of these ${said} stand here one by one`);
  // What it is a class of changes, and the areas stay.
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/areas=E0\d+\*/);
  await expect(chip(page)).toContainText(said);
  const named = page.url();
  await page.getByRole("tab", { name: "Trend" }).click();
  await expect(page.getByRole("tabpanel")).toContainText(/The 300 \S+ of these/);
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL("/?areas=class:3&k=3");
  await expect(chip(page)).toContainText(said);
  await page.goForward();
  await expect(page).toHaveURL(named);

  // Opened anew: classes of these areas' own values, a set of them, and the districts that they lie in.
  await page.goto(named);
  await ready(page);
  await expect(chip(page)).toContainText(`${said} · ${figure(people, 0)}`);
  await page.locator(".legend").getByRole("radio", { name: "My selection" }).check({ force: true });
  await expect(page).toHaveURL(/scope=selection/);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: "About this selection" }).click();
  const details = page.getByRole("region", { name: "About this selection" });
  await details.getByRole("textbox").fill("The worst");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/set=The\+worst~lsoa11:E0\d+\*/);
  const row = page.getByRole("region", { name: "Compared" }).getByRole("row");
  await expect(row.filter({ hasText: "The worst" })).toContainText(figure(people, 0));
  await page.getByLabel("Areas shown").selectOption({ value: "lad11" });
  await expect(page.locator(".notices")).toContainText(
    `moved with you from ${figure(n, 0)} LSOAs to 5 districts`,
  );
  await expect(chip(page)).toContainText("5 areas");
});

/** The distance of two places on the sphere in km, by the law of cosines. */
function km([lon1, lat1]: number[], [lon2, lat2]: number[]): number {
  const [a1, a2, b1, b2] = [lat1, lat2, lon1, lon2].map((angle = 0) => (angle * Math.PI) / 180) as [
    number,
    number,
    number,
    number,
  ];
  const cosine = Math.sin(a1) * Math.sin(a2) + Math.cos(a1) * Math.cos(a2) * Math.cos(b2 - b1);
  return 6371.0088 * Math.acos(Math.min(1, cosine));
}

test("of many areas the worst come first, also in a link that packs them @desk", async ({ page, api }) => {
  const classes = await api("latest/classes/lsoa11/crime?within=lad11:E08000033");
  const worst = await api("latest/areas/lsoa11?fields=code,name");
  const order = classes.rank.values
    .map((rank: number | null, area: number) => ({ rank, area }))
    .filter(({ rank }: any) => rank !== null)
    .sort((a: any, b: any) => a.rank - b.rank);
  const codes = order.map(({ area }: any) => worst.columns.code[area]);
  const [first, second] = order.map(({ area }: any) => worst.columns.name[area]);
  // As whoever writes them down may have them.
  await page.goto(`/?areas=${codes.toReversed().join(",")}`);
  await ready(page);
  const card = page.getByRole("region", { name: "The area" }).getByRole("heading");
  await expect(card).toHaveText(first);
  const compared = page.locator(".comparison tbody").first().getByRole("rowheader");
  await expect(compared.nth(0)).toContainText(first);
  await expect(compared.nth(1)).toContainText(second);

  // By another indicator they stand in its order, as in the link that is opened anew; the card keeps its area until then.
  await page.goto("/?areas=parent:lad11:E08000033&indicator=burglary&geography=lsoa11");
  const worstNow = await compared.nth(0).textContent();
  await page.goto("/?areas=parent:lad11:E08000033");
  await expect(card).toHaveText(first);
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/indicator=burglary/);
  await expect(compared.nth(0)).toHaveText(worstNow ?? "");
  await expect(card).toHaveText(first);
  await page.reload();
  await expect(compared.nth(0)).toHaveText(worstNow ?? "");
  await expect(compared.nth(0)).toContainText((await card.textContent()) ?? "–");
});

test("an area after one of another geography is compared, with the same number on the map @desk", async ({ page }) => {
  await page.goto("/?areas=lad11:E08000035,E01011264");
  await ready(page);
  const compared = page.locator(".comparison tbody").first().getByRole("rowheader");
  await expect(compared).toHaveCount(2);
  await expect(compared.nth(0)).toContainText("Leeds");
  const name = (await page.getByRole("region", { name: "The area" }).getByRole("heading").textContent()) ?? "–";
  await expect(compared.nth(1)).toContainText(name);
  await expect(page.locator(".map-pin").getByRole("img")).toHaveAttribute("aria-label", `2: ${name}`);
});

test("the filter is found where the map is shown as something else, too", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await openChoices(page);
  const showAs = page.getByRole("combobox", { name: "Show as" });
  await showAs.selectOption("Filter…");
  const panel = page.getByRole("region", { name: "Select areas" });
  await expect(panel.getByRole("button", { name: "Filter the map" })).toBeVisible();
  await expect(panel.getByRole("button", { name: "By their figures" })).toHaveAttribute("aria-expanded", "true");
  await expect(panel.locator(".form input").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await openChoices(page);
  await expect(showAs).toHaveValue("map");
});

test("until the people of a selection are known, those of the one before are not said of it @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const row = (n: number) => page.locator("#areas tbody.areas tr").nth(n).getByRole("button");
  await row(0).click();
  const chip = page.locator(".chip").getByRole("status");
  await expect(chip).toHaveText(/^1 area\s+· /);
  const compared = page.getByRole("region", { name: "Compared" });
  await expect(compared).toHaveAttribute("aria-busy", "false");
  let pass = () => {};
  const wait = new Promise<void>((done) => {
    pass = done;
  });
  await page.route("**/compare?*", async (route) => {
    await wait;
    await route.continue().catch(() => {});
  });
  await row(1).click();
  await expect(chip).toHaveText("2 areas");
  await expect(compared).toHaveAttribute("aria-busy", "true");
  pass();
  await expect(chip).toHaveText(/^2 areas\s+· /);
  await expect(compared).toHaveAttribute("aria-busy", "false");
});
