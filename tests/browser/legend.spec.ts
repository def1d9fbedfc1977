// The legend: whose values make the colours, classes of one's own, and the way out of a map of one colour.

import type { Locator } from "@playwright/test";
import { expect, expectAccessible, movePanels, openLegend, ready, test } from "./atlas";

const counts = (classes: any) => classes.counts.map((count: number) => count.toLocaleString("en-GB"));

test("colours are by the whole, by the district or by the selection, and kept in the link", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const of = `${edition}/classes/${view.geography}/${view.indicator}`;
  const [first, second, third] = (await api(`${edition}/areas/${view.geography}?within=lad11:E08000035`)).areas;
  const areas = [first.code, second.code, third.code].join(",");
  await page.goto("/");
  await ready(page);
  await openLegend(page);
  const by = page.getByRole("radiogroup", { name: "Colours by" });
  // What a selection would allow is there from the beginning, with what it needs.
  await expect(by.getByRole("radio")).toHaveCount(2);
  const mine = by.getByRole("radio", { name: "My selection" });
  await expect(mine).toHaveAttribute("aria-disabled", "true");
  await expect(mine).toHaveAccessibleDescription(/^Select 2 areas or more/);
  await by.getByText("My selection").click({ force: true });
  await expect(by.getByRole("status")).toHaveText(/^Select 2 areas or more/);
  await expect(by.getByRole("radio", { name: "West Yorkshire" })).toBeChecked();
  await page.keyboard.press("ArrowRight");
  await expect(by.getByRole("radio", { name: "West Yorkshire" })).toBeChecked();
  await expect(page).toHaveURL("/");
  await expectAccessible(page, "light");

  await page.goto(`/?within=lad11:E08000035&areas=${areas}`);
  await ready(page);
  await openLegend(page);
  await expect(by.getByRole("radio")).toHaveCount(3);
  await expect(by.getByRole("radio", { name: "Leeds", exact: true })).toBeChecked();
  await by.getByRole("radio", { name: "West Yorkshire" }).check({ force: true });
  await expect(page).toHaveURL(`/?within=lad11:E08000035&areas=${areas}&scope=atlas`);
  const shown = page.locator("li .count");
  await expect(shown).toHaveText(counts(await api(`${of}?within=lad11:E08000035&scope=atlas&still=true`)));
  await expect(page.getByText("in the classes of West Yorkshire")).toBeVisible();

  // The arrow keys choose, as among all radio buttons.
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/scope=selection/);
  await expect(shown).toHaveText(
    counts(await api(`${of}?within=lad11:E08000035&scope=selection&areas=${areas}&still=true`)),
  );
  await expectAccessible(page, "light");
  await page.goBack();
  await expect(by.getByRole("radio", { name: "West Yorkshire" })).toBeChecked();
  await page.goForward();

  // Without a selection there are no classes of it; of two areas there are, as soon as both are selected.
  await page.getByRole("button", { name: "Clear the selection" }).click();
  await expect(page).toHaveURL("/?within=lad11:E08000035");
  await expect(shown).toHaveText(counts(await api(`${of}?within=lad11:E08000035&still=true`)));
  const listed = page.locator("#areas tbody.areas button");
  await movePanels(page, "up");
  await listed.nth(0).click();
  await expect(page).toHaveURL(/areas=/);
  await expect(mine).toHaveAttribute("aria-disabled", "true");
  await listed.nth(1).click();
  await expect(mine).not.toHaveAttribute("aria-disabled");
  await movePanels(page, "down");
  await mine.check({ force: true });
  await expect(page).toHaveURL(/scope=selection/);
  await expect(mine).toBeChecked();
});

test("classes of one's own have a field and a mark on the histogram each", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const of = `${edition}/classes/${view.geography}/${view.indicator}`;
  await page.goto("/");
  await ready(page);
  await openLegend(page);
  await page.getByRole("button", { name: "Change the classes and colours" }).click();
  await page.getByLabel("Your own").check({ force: true });
  await expect(page).toHaveURL(/method=custom&breaks=/);
  const field = page.getByLabel("2. up to");
  const before = await field.inputValue();

  await field.fill("ten");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/A number/);
  await field.fill("-5");
  await expect(field).toHaveAccessibleDescription(/More than/);
  await expectAccessible(page, "light");
  await field.fill(before);
  await expect(field).toHaveAttribute("aria-invalid", "false");

  const earlier = page.url();
  const mark = page.getByRole("slider", { name: "Break 2 of 4" });
  await mark.focus();
  await page.keyboard.press("ArrowRight");
  await expect(field).not.toHaveValue(before);
  await expect(page).not.toHaveURL(earlier);
  const breaks = new URL(page.url()).searchParams.get("breaks");
  const chosen = await api(`${of}?method=custom&breaks=${breaks}`);
  await expect(page.locator("li .count")).toHaveText(counts(chosen));
  await expect(field).toHaveAccessibleDescription(`${counts(chosen)[1]} areas`);

  await page.getByRole("button", { name: "One class less" }).click();
  await expect(page.getByRole("slider")).toHaveCount(3);
  await expect(page.locator("li .count")).toHaveCount(4);
  await page.goBack();
  await expect(page.getByRole("slider")).toHaveCount(4);
});

test("classes that leave areas out say so, and take them in @desk", async ({ page }) => {
  await page.goto("/?breaks=5,10,20");
  await ready(page);
  await expect(page.getByText(/lie outside these classes/)).toBeVisible();
  await page.getByRole("button", { name: "Include all areas" }).click();
  await expect(page.getByText(/lie outside these classes/)).toHaveCount(0);
  await expect(page).toHaveURL(/breaks=0,10,\d/);
});

test("breaks that hold nothing any more, or make no sense, give way with a notice @desk", async ({ page }) => {
  await page.goto("/?breaks=900000,950000");
  await ready(page);
  await expect(page.getByText(/No area lies in the link’s classes/)).toBeVisible();
  await expect(page.locator("li .count")).toHaveCount(5);
  await page.goto("/?method=custom&breaks=5,4");
  await ready(page);
  await expect(page.getByText(/“breaks” could not be read/)).toBeVisible();
  await expect(page.locator("li .count")).toHaveCount(5);
});

test("two colours meet at the whole @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: "Change the classes and colours" }).click();
  const which = page.getByLabel("Two colours meet at");
  await expect(which.locator("option", { hasText: "West Yorkshire" })).toHaveCount(1);
  await which.selectOption({ index: 1 });
  await expect(page).toHaveURL(/centre=/);
  const centre = new URL(page.url()).searchParams.get("centre");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}?centre=${centre}&still=true`);
  expect(classes.breaks).toContain(Number(centre));
  await expect(page.locator("li .count")).toHaveText(counts(classes));
  await page.getByLabel("Red and blue").check({ force: true });
  await expect(page).toHaveURL(/palette=red-blue/);
  await which.selectOption("");
  await expect(page).not.toHaveURL(/centre/);
});

test("a map of one colour says so and offers what helps @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const equal = await api(`${edition}/classes/${view.geography}/${view.indicator}?method=equal&still=true`);
  await page.goto("/?method=equal");
  await ready(page);
  const most = Math.max(...equal.counts) / equal.n;
  expect(most).toBeGreaterThan(0.9);
  await expect(page.getByText(/are in one class/)).toBeVisible();
  await page.locator(".legend").getByRole("button", { name: "Equal count" }).click();
  await expect(page).toHaveURL("/");
  await expect(page.getByText(/are in one class/)).toHaveCount(0);
});

test("the area that the card speaks of, and the whole, are ticks on the histogram", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const classes = await api(`${edition}/classes/${view.geography}/${view.indicator}?still=true`);
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  await page.goto("/");
  await ready(page);
  await openLegend(page);
  const legend = page.locator(".legend");
  const bar = (index: number) => legend.locator(".pillar").nth(index);
  const middle = async (of: Locator) => {
    const box = await of.boundingBox();
    return (box?.x ?? Number.NaN) + (box?.width ?? 0) / 2;
  };
  await expect(legend.locator(".beside-name")).toHaveText(["West Yorkshire"]);
  const whole = await middle(legend.locator(".ticks .beside"));
  const tick = legend.locator(".ticks .place");
  await expect(tick).toHaveCount(0);
  const seen: number[] = [];
  for (const index of [classes.k - 1, 0]) {
    const { code } = areas[classes.classes.indexOf(index)];
    await page.goto(`/?areas=${code}`);
    await ready(page);
    await openLegend(page);
    const box = await bar(index).boundingBox();
    const at = await middle(tick);
    expect(at).toBeGreaterThanOrEqual((box?.x ?? 0) - 1);
    expect(at).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0) + 1);
    seen.push(at);
  }
  const [worst = 0, best = 0] = seen;
  expect(best).toBeLessThan(whole);
  expect(whole).toBeLessThan(worst);
  await expectAccessible(page, "light");
});

test("in forced colours the ticks are the system's @desk", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const [{ code }] = (await api(`${edition}/areas/${view.geography}`)).areas;
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`/?areas=${code}`);
  await ready(page);
  const colourOf = (of: string) => page.locator(`.legend .ticks ${of}`).evaluate((it) => getComputedStyle(it).borderLeftColor);
  await expect(page.locator(".legend .ticks .beside")).toHaveCount(1);
  const [place, beside] = [await colourOf(".place"), await colourOf(".beside")];
  expect(place).not.toBe(beside);
});
