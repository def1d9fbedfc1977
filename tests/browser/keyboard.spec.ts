// The map without a mouse, and the two lists without one.

import { expect, ready, REFUSED, test } from "./atlas";
import { focusProblem, keyboard, reach } from "./hands";
import { expectSpoken, linesOf, listen } from "./spoken";

test("arrow keys walk over the map, Enter selects, Escape clears", { tag: "@keys" }, async ({
  page,
  api,
}) => {
  const { edition, view } = await api("atlas");
  const areas = (await api(`${edition}/areas/${view.geography}`)).areas;
  const { offsets, indices } = await api(`${edition}/neighbours/${view.geography}`);
  await page.goto("/");
  await ready(page);

  const map = page.getByRole("application");
  const card = page.getByRole("region", { name: "The area" });
  const shown = async () => {
    const name = await card.getByRole("heading").innerText();
    return areas.findIndex((area: any) => area.name === name) as number;
  };
  await map.focus();
  await page.keyboard.press("ArrowRight");
  const first = await shown();
  await page.keyboard.press("ArrowRight");
  await expect.poll(shown).not.toBe(first);
  const second = await shown();
  expect(areas[second].centroid[0]).toBeGreaterThan(areas[first].centroid[0]);
  expect(indices.slice(offsets[first], offsets[first + 1])).toContain(second);

  // What is focused is spoken: name, value, rank, class.
  const spoken = page.locator("p[aria-live]").filter({ hasText: areas[second].name });
  await expect(spoken).toContainText(/ of [\d,]+ in .*class \d of \d/);

  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`areas=${areas[second].code}`));
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/areas=/);
});

test("the list is one tab stop, and arrows go through all of it", { tag: "@keys" }, async ({
  page,
  api,
}) => {
  const { edition, view } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}`);
  await page.goto("/");
  await ready(page);
  await expect(page.locator("#areas tbody button[tabindex='0']")).toHaveCount(1);
  await page.locator("#areas tbody button").first().focus();
  await page.keyboard.press("End");
  const last = page.locator("#areas tbody tr:has(button:focus)");
  await expect(last).toHaveAttribute("aria-rowindex", String(classes.classes.length + 1));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await expect(page.locator("#areas tbody tr:has(button:focus)")).toHaveAttribute(
    "aria-rowindex",
    "2",
  );
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/areas=/);
});

test("a slash finds a place, and picking it shows and selects it", async ({ page, api }, info) => {
  const { edition, view } = await api("atlas");
  const area = (await api(`${edition}/areas/${view.geography}`)).areas[7];
  await page.goto("/");
  await ready(page);
  const field = page.getByRole("combobox", { name: /Find a place/ });
  if (info.project.use.hasTouch) await field.tap();
  else await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await field.fill(area.code);
  await expect(page.getByRole("option").first()).toContainText(area.name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`areas=${area.code}`));
  await expect(page.getByRole("region", { name: "The area" }).getByRole("heading")).toHaveText(
    area.name,
  );
  // The map went there, and a link to it does too.
  await expect(page).toHaveURL(/at=/);
});

test("the field forgives a typing error, and leads to a theme", { tag: "@keys" }, async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await page.keyboard.press("/");
  await page.keyboard.type("burglry");
  await expect(page.getByRole("option", { name: /Burglary/ }).first()).toBeVisible();
  await page.getByRole("combobox", { name: /Find a place/ }).fill("crime");
  const theme = page.getByRole("group", { name: "Themes" }).getByRole("option", { name: /^Crime/ });
  await expect(theme.first()).toBeVisible();
  await theme.first().click();
  const chooser = page.getByRole("dialog", { name: "Indicators" });
  await expect(chooser.getByRole("button", { name: /^Crime/ })).toBeFocused();
  await expect(chooser.getByRole("button", { name: /^Crime/ })).toHaveAttribute("aria-expanded", "true");
});

test("brackets step through the indicators", { tag: "@keys" }, async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const heading = page.getByRole("heading", { level: 1 });
  const before = await heading.innerText();
  await page.keyboard.press("]");
  await expect(heading).not.toHaveText(before);
  await page.keyboard.press("[");
  await expect(heading).toHaveText(before);
  await expect(page).toHaveURL(/\/$/);
});

test("single keys work where a choice keeps the focus, and are letters where letters are typed", { tag: "@keys" }, async ({
  page,
}) => {
  await page.goto("/");
  await ready(page);
  const heading = page.getByRole("heading", { level: 1 });
  const before = await heading.innerText();
  for (const chosen of [page.locator("input[type=radio]:checked").first(), page.getByLabel("Areas shown")]) {
    await chosen.focus();
    await page.keyboard.press("]");
    await expect(heading).not.toHaveText(before);
    await page.keyboard.press("[");
    await expect(heading).toHaveText(before);
  }
  const field = page.getByRole("combobox", { name: /Find a place/ });
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await page.keyboard.type("[/]?");
  await expect(field).toHaveValue("[/]?");
  await expect(heading).toHaveText(before);
});

test("the keyboard goes on near where it was when what it was at is gone", { tag: "@keys" }, async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const codes = (await api(`${edition}/areas/${view.geography}`)).areas.slice(0, 3).map(({ code }: any) => code);
  await page.goto(`/?areas=${codes.slice(0, 2).join(",")}`);
  await ready(page);
  const map = page.getByRole("application");
  await page.keyboard.press("/");
  await page.keyboard.type(codes[2]);
  await expect(page.getByRole("listbox", { name: "Found" }).getByRole("option").first()).toContainText(codes[2]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(codes.join(",")));
  await expect(map).toBeFocused();

  const removes = page.locator(".comparison").getByRole("button", { name: /^Remove/ });
  await expect(removes).toHaveCount(3);
  for (const left of [2, 1]) {
    await removes.first().focus();
    await page.keyboard.press("Enter");
    await expect(removes).toHaveCount(left);
    await expect(removes.first()).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/areas=/);
  await expect(map).toBeFocused();

  await page.goto(`/?areas=${codes.join(",")}`);
  await ready(page);
  await page.getByRole("button", { name: /^Clear the selection/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/areas=/);
  await expect(page.getByRole("button", { name: "Select", exact: true })).toBeFocused();
});

/** What goes away by its being pressed, and how one comes to it. */
const GOING: { what: string; path: string; open?: string[]; pressed: RegExp }[] = [
  { what: "a notice", path: "/?indicator=gone", pressed: /^Dismiss/ },
  { what: "more of the notices", path: "/?indicator=gone&period=1066&k=99&palette=none&at=x", pressed: /^\d+ more$/ },
  { what: "the filter", path: "/?filter=crime%3E%3D40", pressed: /^Clear the filter/ },
  { what: "a set", path: "/?set=North~lsoa11:E01010568,E01010569", pressed: /^Remove the set North/ },
  { what: "one of several things to copy", path: "/", open: ["Copy"], pressed: /^Copy the sentence/ },
  {
    what: "the way back to how it was",
    path: "/?mode=hotspots&fdr=0.1",
    open: ["Change how hotspots are found"],
    pressed: /^As it was/,
  },
];

for (const { what, path, open = [], pressed } of GOING) {
  test(`the keyboard goes on from where ${what} was`, { tag: "@keys" }, async ({ page, complaints }) => {
    const hand = keyboard(page);
    await page.goto(path);
    await ready(page);
    for (const name of open) await hand.use(page.getByRole("button", { name, exact: true }).first());
    const button = page.getByRole("button", { name: pressed }).first();
    await hand.use(button);
    await expect(button).toHaveCount(0);
    await expect(page.locator(":focus")).toBeVisible();
    expect(await focusProblem(page)).toBeNull();
    complaints.provoke(REFUSED);
  });
}

test("what opens gives the keyboard back to where it was opened", { tag: "@keys" }, async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  const hand = keyboard(page);
  await page.goto(`/?areas=${areas[0].code}`);
  await ready(page);
  for (const [opener, opened] of [
    ["Share", "dialog"],
    ["Keys", "dialog"],
    [/^Indicator:/, "dialog"],
    ["Notes about this indicator", "dialog"],
    ["About this selection", "region"],
    ["Select", "region"],
    ["What is this: Classes", null],
    ["Words explained", "dialog"],
  ] as const) {
    const button = page.getByRole("button", { name: opener, exact: true }).first();
    await hand.use(button);
    if (opened === "dialog") await expect(page.getByRole("dialog")).toBeVisible();
    if (opened === "region") await expect(button).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("Escape");
    if (opened) await expect(page.getByRole("dialog").or(page.locator(".opened"))).toHaveCount(0);
    await expect(button).toBeFocused();
  }
  // So does the field that finds everything, which is reached from anywhere.
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: /Find a place/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Words explained" })).toBeFocused();
});

test("each choice is said once, and what is not one is not said", { tag: "@keys" }, async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { geographies } = await api(`${edition}/catalog`);
  const { singular } = geographies.find(({ id }: any) => id === view.geography);
  const hand = keyboard(page);
  const ear = await listen(page);
  const finding = page.getByRole("heading", { level: 1 });
  await page.goto("/");
  await ready(page);
  await ear.since();

  const before = await finding.innerText();
  await page.keyboard.press("]");
  await expect(finding).not.toHaveText(before);
  expect(await ear.since()).toEqual([await finding.innerText()]);
  await page.keyboard.press("[");
  await expect(finding).toHaveText(before);
  expect(await ear.since()).toEqual([before]);

  await hand.pick(page.getByRole("radio", { name: "July 2016" }));
  await expect(finding).toContainText("July 2016");
  expect(await ear.since()).toEqual([await finding.innerText()]);

  // From area to area; then its being selected, and how many live in what is.
  const card = page.getByRole("region", { name: "The area" }).getByRole("heading");
  await reach(page, page.getByRole("application"));
  await page.keyboard.press("ArrowRight");
  await expect(card).toBeVisible();
  const name = await card.innerText();
  expect(await ear.since()).toEqual([expect.stringMatching(new RegExp(`^${name}: .*; class \\d of 5`))]);
  await page.keyboard.press("Enter");
  await expect(page.locator(".chip")).toContainText("residents");
  const chosen = await ear.since();
  expect(chosen.filter((text) => !text.startsWith("1 area"))).toEqual([`${name}, selected`]);
  expect(chosen.filter((text) => /^1 area · [\d,]+ residents$/.test(text))).toHaveLength(1);

  // To other areas the selection comes along, with one notice.
  await hand.choose(page.getByLabel("Areas shown"), "District (5)");
  await expect(page.locator(".notices p")).toHaveCount(1);
  const moved = await ear.since();
  expect(moved.filter((text) => text.includes(`moved with you from 1 ${singular}`))).toHaveLength(1);
  expect(moved).toContain(await finding.innerText());
  await hand.use(page.getByRole("button", { name: "Clear the selection" }));
  await expect(page.locator(".chip")).toHaveCount(0);
  expect(await ear.since()).toEqual(["Nothing is selected any more"]);

  // A mouse that passes over areas says nothing.
  await page.locator("#areas tbody.areas button").nth(2).hover();
  await expect(card).toBeVisible();
  expect(await ear.since()).toEqual([]);
});

test("a list of many rows says where one is in it, and how it is sorted", { tag: "@keys" }, async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  await page.goto("/");
  await ready(page);
  const table = page.locator("#areas table");
  const values = table.getByRole("columnheader", { name: /^Per 1,000/ });
  const names = table.getByRole("columnheader", { name: "LSOA" });
  await expect(table).toHaveAttribute("aria-rowcount", String(areas.length + 1));
  await expect(values).toHaveAttribute("aria-sort", "descending");
  const order = page.getByLabel("Order");
  await keyboard(page).choose(order, "Lowest first");
  await expect(values).toHaveAttribute("aria-sort", "ascending");
  await keyboard(page).choose(order, "By name");
  await expect(values).toHaveAttribute("aria-sort", "none");
  await expect(names).toHaveAttribute("aria-sort", "ascending");
  const row = table.locator("tbody.areas tr").first();
  await expect(row).toHaveAttribute("aria-rowindex", "2");
  await keyboard(page).use(row.getByRole("button"));
  await expectSpoken(table, [/^button .*\[pressed\]/]);
});

test("headings go down one step at a time, and each part of the page has a name", { tag: "@keys" }, async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  for (const query of ["", "panel=trend", "panel=relation", "panel=profile", "mode=hotspots", "mode=double"]) {
    await page.goto(`/?areas=${areas[0].code}&${query}`);
    await expect(page.getByRole("tabpanel").getByRole("heading").first()).toBeVisible();
    const lines = await linesOf(page.locator("body"));
    for (const role of ["banner", "search", "main", "contentinfo"]) {
      expect(lines.filter((one) => one === role), `${query}: ${role}`).toHaveLength(1);
    }
    const unnamed = lines.filter((one) => /^(region|button|link|combobox|searchbox|textbox|checkbox|radio|application|dialog|table)( \[.*\])?$/.test(one));
    expect(unnamed, query).toEqual([]);
    const levels = lines.flatMap((one) => /^heading .*\[level=(\d)\]/.exec(one)?.slice(1).map(Number) ?? []);
    expect(levels[0], query).toBe(1);
    expect(levels.filter((level) => level === 1), query).toHaveLength(1);
    expect(levels.every((level, i) => level <= (levels[i - 1] ?? 1) + 1), `${query}: ${levels}`).toBe(true);
  }
});

test("an area that is selected in the list by the keyboard is spoken with its figure @keys", async ({ page }) => {
  const ear = await listen(page);
  await page.goto("/");
  await ready(page);
  const row = page.locator("#areas tbody.areas tr").first();
  await row.getByRole("button").focus();
  await ear.since();
  await page.keyboard.press("Enter");
  const name = await row.locator("b").innerText();
  const [figure = "–"] = (await row.locator("td.value").innerText()).split("\n");
  const said = (await ear.since()).find((words) => words.startsWith(`${name.replaceAll("\n", "")}: `));
  expect(said).toContain(figure);
});

test("going through the ways to show areas opens nothing on the way, and Enter does @keys", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const showAs = page.getByRole("combobox", { name: "Show as" });
  await showAs.focus();
  await page.keyboard.press("End");
  const panel = page.getByRole("region", { name: "Select areas" });
  await expect(showAs).toHaveValue("filter");
  await expect(showAs).toBeFocused();
  await expect(panel).toHaveCount(0);
  await page.keyboard.press("Home");
  await expect(showAs).toHaveValue("map");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(panel.locator(".form input").first()).toBeFocused();
  await expect(showAs).toHaveValue("map");
});
