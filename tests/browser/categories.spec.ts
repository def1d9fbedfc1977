// Categories have names and no order: no number, no rank, nothing better or worse.

import { closeChoices, expect, expectAccessible, figure, openChoices, ready, test } from "./atlas";

test.use({ atlas: "invented" });

test("categories are called by their names everywhere", async ({ page, api }) => {
  const { edition } = await api("atlas");
  const { indicators } = await api(`${edition}/catalog`);
  const { categories } = indicators.find((item: any) => item.id === "settlement");
  const classes = await api(`${edition}/classes/area/settlement`);
  const { areas } = await api(`${edition}/areas/area`);
  const [first, last] = [0, areas.length - 1];
  await page.goto(
    `/?indicator=settlement&geography=area&areas=${areas[first].code},${areas[last].code}`,
  );
  await ready(page);

  const legend = page.getByRole("region", { name: "Settlement, 2020" });
  for (const [i, name] of categories.entries()) {
    await expect(legend.getByRole("listitem").nth(i)).toHaveText(
      new RegExp(`^\\s*${name}\\s*${figure(classes.counts[i], 0)}\\s*$`),
    );
  }
  const nameOf = (area: number): string => categories[classes.classes[area]];
  const compared = page.getByRole("region", { name: "Compared" });
  for (const area of [first, last]) {
    const row = compared.getByRole("row").filter({ hasText: areas[area].name });
    await expect(row).toContainText(nameOf(area));
  }
  const listed = page.locator("#areas tbody tr").filter({ hasText: areas[first].name });
  await expect(listed).toContainText(nameOf(first));

  await openChoices(page);
  await page.getByRole("button", { name: "About this indicator" }).click();
  const about = page.getByRole("dialog", { name: "About this indicator" });
  await expect(about).toContainText(categories.join(", "));
  await page.keyboard.press("Escape");
  await expect(about).toBeHidden();
  await closeChoices(page);
  await expect(page.locator("#page")).not.toContainText(/worst|highest|lowest|no figure|rank/i);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  // A class of the legend still points at its areas.
  await legend.getByRole("button", { name: /Hamlet/ }).click();
  await expect(legend.getByRole("button", { name: /Hamlet/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("the list goes by category or by name @desk", async ({ page, api }) => {
  const { edition } = await api("atlas");
  const { categories } = (await api(`${edition}/catalog`)).indicators.find(
    (item: any) => item.id === "settlement",
  );
  await page.goto("/?indicator=settlement");
  await ready(page);
  const first = page.locator("#areas tbody tr").first();
  await expect(first).toContainText(categories[0]);
  await page.getByLabel("Order").selectOption({ label: "By category, last first" });
  await expect(first).toContainText(categories.at(-1));
  await expect(page).toHaveURL(/sort=best/);
});
