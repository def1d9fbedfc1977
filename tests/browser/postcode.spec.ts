// The public names a place by its postcode, in the field that finds everything.

import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, ready, test } from "./atlas";
import { listen } from "./spoken";

const fieldOf = (page: Page): Locator => page.getByRole("combobox", { name: /Find a place/ });
const found = (page: Page): Locator =>
  page.getByRole("listbox", { name: "Found" }).getByRole("option");

test.describe("with postcodes", () => {
  test.use({ atlas: "invented" });

  test("a postcode is found however it is typed, and shows its area", async ({ page }) => {
    await page.goto("/");
    await ready(page);
    const field = fieldOf(page);
    await expect(field).toHaveAttribute("placeholder", /^Your postcode or place/);
    const first = found(page).first();
    for (const typed of ["ab1-1aa", " ab1 1aa"]) {
      await field.fill(typed);
      await expect(first).toContainText("AB1 1AA");
    }
    await expect(first).toContainText("Area A15 · Westing");
    await expectAccessible(page, "light");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/areas=A15/);
    await expect(page).toHaveURL(/at=/);
    const card = page.getByRole("region", { name: "The area" });
    await expect(card.getByRole("heading")).toHaveText("Area A15");
  });

  test("the map flies to what is found, though the chip above it changes its frame on the way", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.goto("/");
    await ready(page);
    await fieldOf(page).fill("ab1 1aa");
    await expect(found(page).first()).toContainText("AB1 1AA");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/areas=A15&at=/);
  });

  test("the whole is found by its name @keys", async ({ page }) => {
    await page.goto("/?within=district:E");
    await ready(page);
    await page.keyboard.press("/");
    await page.keyboard.type("invented county");
    await expect(found(page).first()).toContainText("Invented County");
    await page.keyboard.press("Enter");
    await expect(page).not.toHaveURL(/within/);
    await expect(page.getByRole("combobox", { name: "Only those in" })).toHaveValue("");
  });

  test("a postcode outside the place that is shown brings all of the atlas back, and says so @desk", async ({ page }) => {
    await page.goto("/?within=district:E");
    await ready(page);
    await fieldOf(page).fill("ab1 1aa");
    await expect(found(page).first()).toContainText("AB1 1AA");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/[?&]areas=A15/);
    await expect(page).not.toHaveURL(/within/);
    await expect(page.locator(".notices")).toContainText("Area A15 does not lie in Easting: all of Invented County is shown again.");
    const card = page.getByRole("region", { name: "The area" });
    await expect(card.getByRole("heading")).toHaveText("Area A15");
    await expect(card).toContainText("of 35");
    await page.goBack();
    await expect(page).toHaveURL(/within=district:E$/);
  });

  test("what is found is spoken as the card has it @keys", async ({ page }) => {
    const ear = await listen(page);
    await page.goto("/");
    await ready(page);
    await page.keyboard.press("/");
    await page.keyboard.type("ab1 1aa");
    await expect(found(page).first()).toContainText("AB1 1AA");
    await ear.since();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/areas=A15/);
    const card = page.getByRole("region", { name: "The area" });
    const rank = await card.locator(".rank b").first().innerText();
    const value = await card.locator(".value b").innerText();
    const said = (await ear.since()).find((words) => words.startsWith("Area A15: "));
    expect(said).toContain(value);
    expect(said).toContain(rank.toLowerCase());
    expect(said).toContain("selected");
  });

  test("who presses Enter before there is an answer is led to it @keys", async ({ page }) => {
    await page.goto("/");
    await ready(page);
    await page.keyboard.press("/");
    await page.keyboard.type("ab11aa");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/areas=A15/);
    await expect(page.getByRole("region", { name: "The area" }).getByRole("heading")).toHaveText("Area A15");
  });

  test("what is found is shown though the mouse rests on another area @desk", async ({ page }) => {
    await page.goto("/");
    await ready(page);
    const map = await page.getByRole("application").boundingBox();
    if (!map) throw new Error("no map");
    const card = page.getByRole("region", { name: "The area" }).getByRole("heading");
    // Somewhere on another area, wherever the county is drawn and as soon as it is.
    const isAnother = () => card.textContent({ timeout: 300 }).then((name) => name !== "Area A15", () => false);
    await expect(async () => {
      for (const part of [0.72, 0.66, 0.6, 0.54]) {
        await page.mouse.move(map.x + map.width * part, map.y + map.height / 2);
        if (await isAnother()) return page.mouse.down();
      }
      throw new Error("no other area under the mouse");
    }).toPass();
    await page.mouse.up();
    await expect(page).toHaveURL(/areas=/);
    await expect(card).not.toHaveText("Area A15");
    await page.keyboard.press("/");
    await page.keyboard.type("ab11aa");
    await expect(found(page).first()).toContainText("AB1 1AA");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/areas=[^&]*A15/);
    await expect(page).toHaveURL(/at=/);
    await expect(card).toHaveText("Area A15");
  });

  test("where areas overlap, each is offered", async ({ page }) => {
    await page.goto("/?geography=cluster");
    await ready(page);
    await fieldOf(page).fill("AB11AA");
    await expect(found(page).filter({ hasText: "AB1 1AA" })).toHaveCount(2);
    await found(page).filter({ hasText: "Vale schools" }).first().click();
    await expect(page).toHaveURL(/areas=(TOWN|VALE)/);
  });

  test("outside the atlas is an answer, not an error @desk", async ({ page, api }) => {
    const { edition } = await api("atlas");
    const { sentence } = await api(`${edition}/locate?postcode=ZZ9+9ZZ`);
    await page.goto("/");
    await ready(page);
    await fieldOf(page).fill("zz99zz");
    const told = found(page).first();
    await expect(told).toHaveText(sentence);
    await expect(told).toHaveAttribute("aria-disabled", "true");
    await expectAccessible(page, "dark");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
});

test("without postcodes none is promised, and none asked for @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await expect(fieldOf(page)).toHaveAttribute("placeholder", "A place or an indicator");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await fieldOf(page).fill("LS1 1AA");
  await expect(page.getByText("Nothing found for “LS1 1AA”: this atlas holds no postcodes.").first()).toBeVisible();
  expect(asked.filter((url) => url.includes("/locate"))).toEqual([]);
});

test("areas of other geographies are found, and shown in place of these", async ({ page, api }) => {
  const { areas } = await api("latest/areas/msoa11?q=Leeds%20001");
  const [{ code, name }] = areas;
  await page.goto("/");
  await ready(page);
  await fieldOf(page).fill(name);
  const group = page.getByRole("group", { name: "MSOAs" });
  await group.getByRole("option", { name }).first().click();
  await expect(page).toHaveURL(new RegExp(`geography=msoa11&areas=${code}&at=`));
  await expect(page.getByRole("region", { name: "Compared" })).toContainText(name);
  // With its card, also on a phone, where an area that is only selected has none.
  const card = page.locator(".card.is-area");
  await expect(card).toBeVisible();
  await expect(card.getByRole("heading")).toHaveText(name);
});

test("an area of another geography that is selected is found, and selected once", async ({ page, api }) => {
  const { areas } = await api("latest/areas/msoa11?q=Leeds%20001");
  const [{ code, name }] = areas;
  await page.goto(`/?areas=msoa11:${code}`);
  await ready(page);
  await fieldOf(page).fill(name);
  await page.getByRole("group", { name: "MSOAs" }).getByRole("option", { name }).first().click();
  await expect(page).toHaveURL(new RegExp(`geography=msoa11&areas=${code}&at=`));
  await expect(page.locator(".card.is-area").getByRole("heading")).toHaveText(name);
});
