// A value is held against its target, and the verdict is the server's: words and a mark.

import { expect, expectAccessible, figure, ready, test } from "./atlas";

test.use({ atlas: "invented" });

test("targets stand on the card and beside the selected areas", async ({ page, api }) => {
  const { edition } = await api("atlas");
  // Met, near, missed, and one without a target.
  const codes = ["A01", "A04", "A05", "A30"];
  const held = await api(
    `${edition}/compare?geography=area&areas=${codes.join(",")}&indicators=late&against=target`,
  );
  const outcomes = held.indicators[0].areas.map((area: any) => area.against[0]);
  const verdicts = outcomes.map((item: any) => item.target?.verdict ?? null);
  expect(verdicts).toEqual(["met", "near", "missed", null]);

  await page.goto(`/?areas=${codes.join(",")}`);
  await ready(page);
  const compared = page.getByRole("region", { name: "Compared" });
  for (const [i, area] of held.areas.entries()) {
    const row = compared.getByRole("row").filter({ hasText: area.name });
    const { value, target } = outcomes[i];
    if (!target) {
      await expect(row).not.toContainText("arget");
      continue;
    }
    await expect(row).toContainText(`Target ${figure(value, 1)}%`);
    await expect(row).toContainText(target.words, { ignoreCase: true });
    await expect(row.locator(".verdict svg")).toBeVisible();
    await expect(row).toContainText(`from ${figure(target.baseline, 1)}%`);
  }
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  await page.goto("/?areas=A04");
  await ready(page);
  const field = page.getByRole("combobox", { name: /Find a place/ });
  await field.fill("A05");
  await page.getByRole("listbox", { name: "Found" }).getByRole("option").first().click();
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toContainText("Area A05");
  await expect(card).toContainText(outcomes[2].target.words, { ignoreCase: true });

  // Another period has no targets.
  await page.goto("/?period=2019-07&areas=A04");
  await ready(page);
  await expect(page.getByRole("region", { name: "Compared" })).toBeVisible();
  await expect(page.getByText(/target/i)).toHaveCount(0);
});
