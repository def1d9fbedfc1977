// The map without a mouse, and the two lists without one.

import { expect, ready, test } from "./atlas";

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
  await expect(chooser.getByRole("searchbox")).toHaveValue("Crime");
  await expect(chooser.getByRole("button", { name: /Burglary/ })).toBeVisible();
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
