// The interface for programs, rendered for people.

import { expect, test } from "./atlas";

test("the description of the interface is rendered without anything from outside @desk", async ({ page }) => {
  await page.goto("/api");
  await expect(page.getByRole("heading", { name: /Tessera/ })).toBeVisible();
  await expect(page.getByText("/api/v1/{edition}/catalog").first()).toBeVisible();
});
