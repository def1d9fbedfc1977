// What the words of statistics mean, by mouse, finger and key.

import { expect, expectAccessible, ready, test } from "./atlas";

test("a question mark explains the figure beside it", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  const mark = page.locator(".legend").getByRole("button", { name: "What is this: Classes" });
  const note = page.getByText("Areas with similar figures share a colour.");
  await expect(note).toBeHidden();
  await mark.click();
  await expect(note).toBeVisible();
  // It stays inside the window.
  const box = await note.boundingBox();
  const size = page.viewportSize();
  expect(box && size && box.x >= 0 && box.x + box.width <= size.width).toBe(true);
  expect(box && size && box.y >= 0 && box.y + box.height <= size.height).toBe(true);
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
  await page.keyboard.press("Escape");
  await expect(note).toBeHidden();
});

test("all of them stand together", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: "Words explained" }).click();
  const glossary = page.getByRole("dialog", { name: "Words explained" });
  await expect(glossary.getByRole("term").first()).toBeVisible();
  expect(await glossary.getByRole("term").count()).toBeGreaterThan(10);
  await expectAccessible(page, "light");
});
