// What the map shows beside values: hotspots, better or worse, change. Every figure is the server's.

import { closeChoices, expect, expectAccessible, figure, movePanels, openChoices, openLegend, ready, test } from "./atlas";

const modeMenu = (page: any) => page.getByLabel("Show as");

/** Chooses in a menu, which on a phone is in the sheet. */
async function choose(page: any, menu: any, label: string): Promise<void> {
  await openChoices(page);
  await menu.selectOption({ label });
  await closeChoices(page);
}

test("hotspots are groups, pockets and highest areas, on the map and as a list", async ({ page, api }) => {
  const found = await api("latest/hotspots/lsoa11/crime");
  const areas = await api("latest/areas/lsoa11");
  const nameOf = (code: string) => areas.areas.find((area: any) => area.code === code).name;
  await page.goto("/");
  await ready(page);
  await choose(page, modeMenu(page), "Hotspots");
  await expect(page).toHaveURL(/mode=hotspots/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(found.sentence);

  const legend = page.getByRole("region", { name: /Recorded crime, July 2018/ });
  const names: Record<string, string> = {
    "high-group": "Group of high values",
    highest: "Among the highest",
    none: "Does not stand out",
  };
  for (const [i, kind] of found.kinds.names.entries()) {
    const row = legend.getByRole("button", { name: new RegExp(names[kind] ?? kind) });
    await expect(row).toContainText(figure(found.kinds.counts[i], 0));
  }
  await expect(legend).toContainText("area and neighbours together are higher than chance would explain");

  const list = page.getByRole("region", { name: "Hotspots" });
  const findings = found.kinds_by === "normal" ? found.by_normal : found;
  await expect(list.getByRole("button", { name: /peak of the group/ })).toHaveCount(findings.groups.length);
  // Each group says who lives in it, and its peak is marked on the map.
  const [residents] = findings.groups[0].people;
  await expect(list.getByRole("heading", { level: 3 }).first()).toContainText(`${figure(residents.total, 0)} residents`);
  await expect(page.getByRole("application").first().getByText("▲")).toHaveCount(findings.groups.length);
  const peak = list.getByRole("button", { name: new RegExp(nameOf(findings.groups[0].peak)) }).first();
  await peak.click();
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toContainText(nameOf(findings.groups[0].peak));
  await expect(card).toContainText("Group of high values");
  const at = areas.areas.findIndex((area: any) => area.code === findings.groups[0].peak);
  await expect(card).toContainText(`Gi* ${figure(found.statistic[at], 2)}`);
  await expect(list.getByRole("listitem").filter({ hasText: nameOf(found.highest[0]) }).first()).toBeVisible();
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // Back undoes the choice, and the map of values is whole again.
  await page.goBack();
  await expect(page).not.toHaveURL(/mode=/);
  await expect(list).toHaveCount(0);
});

test("hotspots beside what is selected leave the footer free and the data table within reach @desk", async ({
  page,
  api,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  const { highest } = await api("latest/hotspots/lsoa11/crime");
  await page.goto(`/?mode=hotspots&areas=${highest.slice(0, 2)}`);
  await ready(page);
  await expect(page.getByRole("region", { name: "Hotspots", exact: true })).toBeVisible();
  const panel = page.getByRole("tabpanel");
  const own = await panel.boundingBox();
  const foot = await page.locator("footer").boundingBox();
  expect((own?.y ?? 0) + (own?.height ?? 0)).toBeLessThanOrEqual((foot?.y ?? 0) + 1);
  await page.getByRole("heading", { name: "Compared" }).hover();
  await expect(async () => {
    await page.mouse.wheel(0, 300);
    await expect(page.locator("#areas tbody.areas tr").first()).toBeInViewport({ ratio: 1, timeout: 300 });
  }).toPass();
});

test("how hotspots are found is behind the pencil, and in the link", async ({ page, api }) => {
  await page.goto("/?mode=hotspots");
  await ready(page);
  await openLegend(page);
  await page.getByRole("button", { name: "Change how hotspots are found" }).click();
  await page.getByLabel("Findings that may be chance").selectOption("0.1");
  await expect(page).toHaveURL(/fdr=0\.1/);
  await page.getByLabel("Found by").selectOption({ label: "Local Moran’s I" });
  const found = await api("latest/hotspots/lsoa11/crime?fdr=0.1&hotspot=local-moran");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(found.sentence);
  await page.getByRole("button", { name: "As it was" }).click();
  await expect(page).not.toHaveURL(/fdr|hotspot=/);
});

test("areas are better, similar or worse than what they are held against", async ({ page, api }) => {
  await page.goto("/");
  await ready(page);
  await choose(page, modeMenu(page), "Better or worse than…");
  const whole = await api("latest/significance/lsoa11/crime");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(whole.sentence);
  const legend = page.getByRole("region", { name: /Recorded crime, July 2018/ });
  for (const [i, name] of ["Worse", "Similar", "Better"].entries()) {
    await expect(legend.getByRole("button", { name: new RegExp(`^${name}`) })).toContainText(
      figure(whole.kinds.counts[i], 0),
    );
  }
  await choose(page, page.getByRole("combobox", { name: "Compare with", exact: true }), "their district");
  await expect(page).toHaveURL(/against=parent/);
  const parent = await api("latest/significance/lsoa11/crime?against=parent");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(parent.sentence);
  // The list says what each area is held against, where that differs.
  const first = (await api("latest/classes/lsoa11/crime")).rank.values.indexOf(1);
  await expect(page.locator("#areas tbody.areas tr").first()).toContainText(
    `their district: ${figure(parent.benchmarks[first], 1)}`,
  );

  // By keyboard: the area is spoken with its verdict.
  const map = page.getByRole("application");
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".map-frame [aria-live]")).toHaveText(/; (Better|Worse|Similar);?/);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
});

test("areas are held against a set of the reader's own @desk", async ({ page, api }) => {
  const set = "set=North~lsoa11:E01010568,E01010569";
  await page.goto(`/?mode=significance&${set}`);
  await ready(page);
  await choose(page, page.getByRole("combobox", { name: "Compare with", exact: true }), "North");
  await expect(page).toHaveURL(/against=set:North/);
  const held = await api(`latest/significance/lsoa11/crime?against=set:North&${set}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(held.sentence);

  // Under another name it is the same set; without it areas are held against the whole again.
  await page.getByRole("button", { name: "Rename North" }).click();
  await page.getByLabel("Name of the set").fill("Upper");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/against=set:Upper/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("worse than Upper");
  await page.getByRole("button", { name: "Remove the set Upper" }).first().click();
  await expect(page).not.toHaveURL(/against|set=/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("worse than West Yorkshire");
});

test("the page says at once what it says when it runs @desk", async ({ page, browser, baseURL }) => {
  const still = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const before = await still.newPage();
  for (const query of [
    "mode=hotspots",
    "mode=significance&against=parent",
    "mode=change&from=crime@2016-07",
    "mode=double",
    "mode=double&second=robbery",
    "mode=change&indicator=residents",
    "breaks=0,5,10&method=custom",
  ]) {
    await before.goto(`/?${query}`);
    const said = (await before.getByRole("heading", { level: 1 }).textContent()) ?? "";
    const first = (await before.locator("tbody th").first().textContent()) ?? "";
    await page.goto(`/?${query}`);
    await ready(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(said);
    await expect(page.locator("#areas tbody.areas tr").first()).toContainText(first);
  }
  await still.close();
});

test("so few permutations that they cannot decide are a note, and the way to more @desk", async ({ page, api }) => {
  const found = await api("latest/hotspots/lsoa11/crime");
  await page.goto("/?mode=hotspots");
  await ready(page);
  await expect(page.getByRole("heading", { level: 1 })).not.toContainText("permutations");
  await expect(page.getByRole("region", { name: /Recorded crime, July 2018/ })).toContainText(found.note);
  await page.getByRole("button", { name: "Take the stricter test: 9,999 permutations" }).click();
  await expect(page).toHaveURL(/permutations=9999/);
  // So many permutations take their time.
  await expect(page.getByRole("button", { name: /stricter test/ })).toHaveCount(0, { timeout: 40_000 });
});

test("a change has its sign, classes around zero, and says what chance would explain", async ({ page, api }) => {
  await page.goto("/?mode=change&from=2016-07");
  await ready(page);
  const change = await api("latest/change/lsoa11/crime?from=2016-07");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(change.sentence);
  const legend = page.getByRole("region", { name: "Recorded crime: change, July 2016 to July 2018" });
  await expect(legend).toContainText("rise: worse →");
  for (const count of change.counts) await expect(legend).toContainText(figure(count, 0));
  const first = page.locator("#areas tbody.areas tr").first();
  const worst = change.rank.values.indexOf(1);
  await expect(first).toContainText(`+${figure(change.values[worst], 1)}`);
  await first.getByRole("button").focus();
  await movePanels(page, "down");
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toContainText(
    `${figure(change.earlier[worst], 1)} in July 2016, ${figure(change.later[worst], 1)} in July 2018`,
  );
  await expect(card).toContainText(
    change.beyond_chance[worst] ? "More than chance would explain." : "Within what chance would explain.",
  );
  await expect(card).toContainText(`${change.whole.name} as a whole: +${figure(change.whole.value, 1)} per 1,000`);
  await choose(page, page.getByRole("combobox", { name: "since", exact: true }), "July 2017");
  await expect(page).toHaveURL(/from=2017-07/);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
});

test("a link for what cannot be shows the map of values and says why @desk", async ({ page, complaints }) => {
  for (const [query, reason] of [
    ["indicator=residents&mode=significance", "is a count"],
    ["indicator=residents&mode=change", "no earlier period"],
    ["mode=change&from=2018-07", "does not end before"],
    ["mode=significance&against=lad11:E99", "E99"],
    ["mode=hotspots&smooth=much", "could not be read"],
  ]) {
    await page.goto(`/?${query}`);
    await ready(page);
    await expect(page.locator(".notices")).toContainText(reason ?? "");
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("");
    await expect(page.locator("#areas tbody.areas tr").first()).toBeVisible();
    await openChoices(page);
    if (!query?.includes("smooth")) await expect(modeMenu(page)).toHaveValue("map");
    // What is refused is not in the address any more: to reload it is to see the same.
    if (!query?.includes("smooth")) await expect(page).not.toHaveURL(/mode=/);
    await closeChoices(page);
  }
  complaints.provoke("status of 400");
});

test("a frame shows the mode, and can keep it", async ({ page, api }) => {
  const found = await api("latest/hotspots/lsoa11/crime");
  await page.goto("/embed?mode=hotspots");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(found.sentence);
  await openChoices(page);
  await expect(modeMenu(page)).toHaveValue("hotspots");
  await page.goto("/embed?mode=hotspots&lock=mode");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(found.sentence);
  await openChoices(page);
  await expect(modeMenu(page)).toHaveCount(0);
});

test("two maps move together, and one card speaks of both", async ({ page, api }) => {
  await page.goto("/?mode=double&second=burglary@2017-07");
  await ready(page);
  const maps = page.getByRole("application");
  await expect(maps).toHaveCount(2);
  const second = await api("latest/classes/lsoa11/burglary?period=2017-07&still=true");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(second.sentence);
  const legend = page.getByRole("region", { name: "Burglary, July 2017" });
  for (const count of second.counts) await expect(legend).toContainText(figure(count, 0));

  // The keyboard goes from area to area in either map, and the card takes no room from them.
  const sizes = () => maps.evaluateAll((all) => all.map((map) => map.clientHeight));
  const apart = await sizes();
  await maps.nth(1).focus();
  await page.keyboard.press("ArrowRight");
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toContainText(/Burglary, July 2017: /);
  await expect(page.locator(".map-frame [aria-live]").nth(1)).toHaveText(/Burglary, July 2017: /);
  expect(await sizes()).toEqual(apart);

  // On a phone it lies over the second map.
  const close = card.getByRole("button", { name: "Close" });
  if (await close.isVisible()) await close.click();
  // Where one goes, the other is.
  const scales = page.locator(".leaflet-control-scale-line");
  const before = await scales.first().textContent();
  await page.getByRole("button", { name: "Closer" }).nth(1).click();
  await page.getByRole("button", { name: "Closer" }).nth(1).click();
  await expect(scales.first()).not.toHaveText(before ?? "");
  await expect(scales.first()).toHaveText((await scales.nth(1).textContent()) ?? "");
  await choose(page, page.getByRole("combobox", { name: "beside", exact: true }), "Robbery");
  await expect(page).toHaveURL(/second=robbery/);
  await expect(page.getByRole("region", { name: "Robbery, July 2018" })).toBeVisible();
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
});

test("of two maps the card of an area is seen whole, and in a lower window what leads on from it @desk", async ({
  page,
  api,
}) => {
  const { areas } = await api("latest/areas/lsoa11");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/?mode=double&second=density&areas=${areas[0].code}`);
  await ready(page);
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toContainText(/Density, 2011: /);
  expect(await card.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 640 });
  const within = (await card.boundingBox()) ?? { y: 0, height: 0 };
  const button = (await card.getByRole("button", { name: "Compare" }).boundingBox()) ?? { y: 0, height: 0 };
  expect(button.y + button.height).toBeLessThanOrEqual(within.y + within.height);
});

for (const [width, height] of [[1280, 720], [1536, 730]] as const) {
  test(`two maps have most of a window of ${width} by ${height}, and nothing lies over their buttons @desk`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto("/?mode=double&second=density&k=6");
    await ready(page);
    await expect(page.locator(".legend")).toHaveCount(2);
    const frames = page.locator(".map-frame");
    for (const frame of await frames.all()) {
      const box = await frame.boundingBox();
      expect(box?.height).toBeGreaterThan(0.38 * height);
      const covered = await frame.locator("button").evaluateAll((buttons) =>
        buttons.filter((button) => {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return !button.contains(above);
        }).length,
      );
      expect(covered).toBe(0);
    }
    await frames.first().getByRole("button", { name: "Copy" }).click();
    const picture = page.getByRole("button", { name: "Copy as a picture" });
    await expect(picture).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Escape");
    // What stands below the bars, and all of the bars, is seen without scrolling, each apart from the next.
    for (const legend of await page.locator(".legend").all()) {
      await expect(legend.locator(".ends")).toBeInViewport({ ratio: 1 });
      const gaps = await legend.locator(".edges span").evaluateAll((all) => {
        const boxes = all.map((text) => text.getBoundingClientRect());
        return boxes.slice(1).map((box, i) => box.left - (boxes[i]?.right ?? 0));
      });
      expect(gaps.length).toBeGreaterThan(0);
      expect(Math.min(...gaps)).toBeGreaterThan(2);
    }
  });
}

test("the second map says something of its own, unless another is asked for @desk", async ({ page, api }) => {
  // Not a kind of crime, which is part of what the first map shows, nor a count of people.
  const { sentence } = await api("latest/classes/lsoa11/density");
  await page.goto("/?mode=double");
  await ready(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(sentence);
});

test("each of two maps numbers its own worst areas, by name @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  await page.goto("/?mode=double&second=burglary");
  await ready(page);
  const worst = [];
  for (const indicator of [view.indicator, "burglary"]) {
    const { rank } = await api(`${edition}/classes/${view.geography}/${indicator}?still=true`);
    worst.push([1, 2, 3, 4, 5].map((n) => `${n}: ${areas[rank.values.indexOf(n)].name}`));
  }
  expect(worst[0]).not.toEqual(worst[1]);
  for (const [i, names] of worst.entries()) {
    const pins = page.getByRole("application").nth(i).locator(".map-pin").getByRole("img");
    await expect(pins).toHaveCount(5);
    expect(await pins.evaluateAll((all) => all.map((pin) => pin.ariaLabel))).toEqual(names);
  }
  await expect(page.getByRole("region", { name: "The whole" })).toContainText(
    /1 to 5 on the first map are .* on the second map/,
  );
});

test("a second map that is not to be had is another one, and says so @desk", async ({ page }) => {
  await page.goto("/?mode=double&second=moon");
  await ready(page);
  await expect(page.locator(".notices")).toContainText("The second map cannot show “moon”");
  await expect(page.getByRole("application")).toHaveCount(2);
});

test("periods are run through with the classes held still @desk", async ({ page, api }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  const all = await api("latest/classes/lsoa11/crime?period=all");
  await page.goto("/?period=2016-07");
  await ready(page);
  const play = page.getByRole("button", { name: "Run through the periods" });
  const pause = page.getByRole("button", { name: "Pause" });
  const legend = page.getByRole("region", { name: /Recorded crime, July/ });

  // The space bar pauses, wherever the keyboard is.
  await play.click();
  await expect(page).toHaveURL(/period=2017-07$/);
  await page.keyboard.press(" ");
  await expect(play).toBeVisible();
  for (const count of all.periods["2017-07"].counts)
    await expect(legend).toContainText(figure(count, 0));
  await expect(legend).toContainText("over all 3 periods");
  await page.waitForTimeout(2000);
  await expect(page).toHaveURL(/period=2017-07/);

  // A run goes on from there, and ends with the last period.
  await play.click();
  await expect(pause).toBeVisible();
  await expect(legend).toContainText("July 2018");
  await expect(play).toBeVisible();
  for (const count of all.periods["2018-07"].counts)
    await expect(legend).toContainText(figure(count, 0));

  // A whole run is one step that Back undoes.
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/period=2016-07$/);
  await play.click();
  await expect(legend).toContainText("July 2018", { timeout: 15_000 });
  await page.goBack();
  await expect(page).toHaveURL(/period=2016-07$/);
});

test("where motion is to be reduced, each press is one step @desk", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await ready(page);
  await openChoices(page);
  await page.getByRole("button", { name: "Next period, classes held still" }).click();
  await expect(page).toHaveURL(/period=2016-07/);
  await expect(page.getByRole("status").filter({ hasText: "July 2016" })).toHaveCount(1);
  await page.waitForTimeout(2000);
  await expect(page).toHaveURL(/period=2016-07/);
});

test("where nothing is better or worse, the legend leads back to the values @desk", async ({ page, api }) => {
  // A ratio has no interval, so that chance cannot be ruled out anywhere.
  const values = await api("latest/classes/lsoa11/density");
  await page.goto("/?indicator=density&geography=lsoa11&mode=significance");
  await ready(page);
  await page.getByRole("button", { name: "Show the values instead" }).click();
  await expect(page).not.toHaveURL(/mode=/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(values.sentence);
});
