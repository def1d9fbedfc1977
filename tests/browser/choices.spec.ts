// Each choice changes the picture and the address together, in one step that Back undoes.

import { closeChoices, expect, figure, openChoices, openLegend, ready, test } from "./atlas";

test("the selection is carried up to its district and down again, and said so", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const catalog = await api(`${edition}/catalog`);
  const indicator = catalog.indicators.find((item: any) => item.id === view.indicator);
  const from = catalog.geographies.find((item: any) => item.id === view.geography);
  const parent = from.parents
    .map((item: any) => item.geography)
    .filter((id: string) => indicator.periods[id])
    .at(-1);
  const [first, second] = (await api(`${edition}/areas/${view.geography}`)).areas;
  await page.goto(`/?areas=${first.code},${second.code}`);
  await ready(page);

  await openChoices(page);
  await page.getByLabel("Areas shown").selectOption(parent);
  const codes = [...new Set([first.parents[parent], second.parents[parent]])];
  await expect(page).toHaveURL(`/?geography=${parent}&areas=${codes.join(",")}`);
  await expect(page.getByText(/Your selection moved with you from 2 LSOAs to 1 district\./)).toBeVisible();

  // Down again it goes to all that lie in the district.
  const inside = await api(`${edition}/areas/${view.geography}?within=${parent}:${codes[0]}`);
  await page.getByLabel("Areas shown").selectOption(view.geography);
  const moved = `from 1 district to ${figure(inside.areas.length, 0)} LSOAs.`;
  await expect(page.getByText(moved)).toBeVisible();
  await expect(page).toHaveURL(/\?areas=E\d{8}\*/);
  await closeChoices(page);
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(`/?areas=${first.code},${second.code}`);
  await expect(page.getByText("2 areas", { exact: true })).toBeVisible();
});

test("whoever steps on and back at once sees all of the page come back @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const legend = page.locator(".legend h2");
  const finding = page.getByRole("heading", { level: 1 });
  const [before, found] = [await legend.textContent(), await finding.innerText()];
  await page.keyboard.press("]");
  await expect(legend).not.toHaveText(before ?? "");
  await page.keyboard.press("[");
  await expect(legend).toHaveText(before ?? "");
  // Now both are there: the way back comes while the map is ahead of the rest.
  await page.evaluate(async () => {
    const press = (key: string) => window.dispatchEvent(new KeyboardEvent("keydown", { key }));
    press("]");
    await new Promise((done) => setTimeout(done, 4));
    press("[");
    await new Promise((done) => setTimeout(done, 200));
  });
  await expect(legend).toHaveText(before ?? "");
  await expect(finding).toHaveText(found);
});

test("legend, period and place are in the address, and defaults are not", async ({ page, api }) => {
  const { edition, view } = await api("atlas");
  const catalog = await api(`${edition}/catalog`);
  const indicator = catalog.indicators.find((item: any) => item.id === view.indicator);
  const periods: string[] = indicator.periods[view.geography];
  await page.goto("/");
  await ready(page);

  await openLegend(page);
  await page.getByRole("button", { name: "Change the classes and colours" }).click();
  await page.getByLabel("Equal step").check({ force: true });
  await expect(page).toHaveURL("/?method=equal");
  await page.getByRole("button", { name: "More classes" }).click();
  await expect(page).toHaveURL("/?method=equal&k=6");
  const classes = await api(
    `${edition}/classes/${view.geography}/${view.indicator}?method=equal&k=6&still=true`,
  );
  const shown = page.locator("li .count");
  const counts = (classes: any) => classes.counts.map((count: number) => figure(count, 0));
  await expect(shown).toHaveText(counts(classes));
  // Of all periods, unless those of each are asked for.
  await page.getByLabel("The same for every period").uncheck();
  await expect(page).toHaveURL("/?method=equal&k=6&still=false");
  const own = await api(`${edition}/classes/${view.geography}/${view.indicator}?method=equal&k=6`);
  await expect(shown).toHaveText(counts(own));
  await page.getByLabel("The same for every period").check();
  await expect(page).toHaveURL("/?method=equal&k=6");
  await page.getByRole("button", { name: "Fewer classes" }).click();
  await page.getByLabel("Equal count").check({ force: true });
  await expect(page).toHaveURL("/");

  const period = periods[0] as string;
  await openChoices(page);
  await page
    .getByRole("radiogroup", { name: "Period" })
    .getByRole("radio")
    .first()
    .check({ force: true });
  await expect(page).toHaveURL(`/?period=${period}`);
  const then = await api(`${edition}/classes/${view.geography}/${view.indicator}?period=${period}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(then.sentence);
  await page.goBack();
  await expect(page).toHaveURL("/");

  const place = page.getByLabel("Only those in");
  const within = await place.locator("option").nth(1).getAttribute("value");
  await place.selectOption(within);
  await expect(page).toHaveURL(`/?within=${within}`);
  const inside = await api(
    `${edition}/classes/${view.geography}/${view.indicator}?within=${within}`,
  );
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(inside.sentence);
  await expect(page.locator("#areas table")).toHaveAttribute(
    "aria-rowcount",
    String(inside.n + inside.missing + 1),
  );
});

test("dark and light are a choice", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  await ready(page);
  const paper = () =>
    page.locator("header").evaluate((header) => getComputedStyle(header).backgroundColor);
  const light = await paper();
  await openChoices(page);
  await page.getByRole("button", { name: "Use dark colours" }).click();
  await expect(page).toHaveURL("/?theme=dark");
  expect(await paper()).not.toBe(light);
  await page.getByRole("button", { name: "Use light colours" }).click();
  await expect(page).toHaveURL("/");
  expect(await paper()).toBe(light);
});

test("nothing is wider than a small window", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/");
  await ready(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(320);
});
