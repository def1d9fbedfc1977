// Layers of places: asked for when they are switched on, seen on the map, read in a list.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, openLegend, ready, REFUSED, test } from "./atlas";
import { listen } from "./spoken";

test.use({ atlas: "invented" });

const markers = (page: Page) => page.locator(".map-place");

async function openPanel(page: Page) {
  await page.getByRole("button", { name: /^Places/ }).click();
  const panel = page.getByRole("region", { name: "Places", exact: true });
  await expect(panel).toBeVisible();
  return panel;
}

test("places are switched on and off, and Back undoes it", async ({ page }, info) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    const layer = /layers\/(schools|surgeries)\.geojson/.exec(request.url())?.[1];
    if (layer) asked.push(layer);
  });
  await page.goto("/");
  await ready(page);
  const panel = await openPanel(page);
  expect(asked).toEqual([]);
  await expect(markers(page)).toHaveCount(0);

  await panel.getByRole("checkbox", { name: /Surgeries/ }).check();
  await expect(page).toHaveURL("/?layers=surgeries");
  await expect(markers(page)).toHaveCount(2);
  await panel.getByRole("checkbox", { name: /Schools/ }).check();
  await expect(page).toHaveURL("/?layers=surgeries,schools");
  expect(asked).toEqual(["surgeries", "schools"]);
  await openLegend(page);
  const legend = page.getByRole("list", { name: "Places on the map" });
  await expect(legend.getByRole("listitem")).toHaveText(["Schools", "Surgeries"]);
  const fold = page.getByRole("button", { name: "Legend", exact: true });
  if (await fold.isVisible()) await fold.click();
  if (info.project.name === "desk") {
    // The list scrolls in its box, not the page.
    const spare = await page.evaluate(
      () => document.documentElement.scrollHeight - window.innerHeight,
    );
    expect(spare).toBeLessThanOrEqual(0);
  }
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");

  await page.goBack();
  await expect(page).toHaveURL("/?layers=surgeries");
  await expect(panel.getByRole("checkbox", { name: /Schools/ })).not.toBeChecked();
  await page.goBack();
  await expect(markers(page)).toHaveCount(0);
  await page.goForward();
  await expect(markers(page)).toHaveCount(2);
  // What was fetched is kept.
  expect(asked).toEqual(["surgeries", "schools"]);
  await panel.getByRole("checkbox", { name: /Schools/ }).focus();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

test("a place is found by name, in a layer that is not on the map yet", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await page.getByRole("combobox", { name: /Find a place/ }).fill("surgery");
  const found = page.getByRole("group", { name: "Surgeries" }).getByRole("option").first();
  const name = (await found.locator("b").textContent()) ?? "";
  await found.click();
  await expect(page).toHaveURL("/?at=-1.985,52.052,14&layers=surgeries");
  await expect(page.locator(".map-place.is-open")).toContainText(name);
});

test("areas are found before a layer of places has come, which moves none of them", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/layers\/schools\.geojson/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  await ready(page);
  await page.getByRole("combobox", { name: /Find a place/ }).fill("school");
  const options = page.getByRole("option");
  await expect(page.getByRole("option", { name: "Town schools" })).toBeVisible();
  const before = await options.locator("b").allTextContents();
  expect(before).not.toContain("School of A1");
  release();
  const places = page.getByRole("group", { name: "Schools" }).getByRole("option");
  await expect(places.filter({ hasText: /^School of/ })).toHaveCount(3);
  expect((await options.locator("b").allTextContents()).slice(0, before.length)).toEqual(before);
});

test("each place shows its name, many are one with their number", async ({ page }, info) => {
  const byTouch = info.project.use.hasTouch === true;
  // From afar six by six schools are a few groups.
  await page.goto("/?layers=schools&at=-1.97,52.03,10");
  await ready(page);
  await expect(markers(page).first()).toBeVisible();
  const groups = page.locator(".map-place.is-group");
  const numbers = async () => (await groups.locator(".sign").allInnerTexts()).map(Number);
  expect((await numbers()).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(20);

  // A group opens to what is in it.
  const before = await markers(page).count();
  if (byTouch) await groups.first().tap();
  else await groups.first().click();
  await expect.poll(() => markers(page).count()).not.toBe(before);
  await expect(page).toHaveURL(/at=/);

  await page.goto("/?layers=surgeries&at=-1.985,52.012,15");
  await ready(page);
  const surgery = markers(page).first();
  const box = await surgery.boundingBox();
  if (byTouch) {
    // Room for a finger.
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await surgery.tap();
  } else await surgery.hover();
  await expect(surgery.getByText("South surgery · Surgeries")).toBeVisible();
  // The area beneath was not clicked.
  await surgery.click();
  await expect(page).not.toHaveURL(/areas=/);
});

test("the list holds the places of the selected areas, and is one tab stop", async ({ page }) => {
  await page.goto("/?layers=schools&areas=A01,A02");
  await ready(page);
  const panel = await openPanel(page);
  await expect(panel.getByRole("heading")).toHaveText("2 places in the 2 selected areas");
  const entries = panel.getByRole("listitem").getByRole("button");
  await expect(entries).toHaveText([/School of A01/, /School of A02/]);
  await expect(panel.locator("li button[tabindex='0']")).toHaveCount(1);
  await entries.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(entries.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(entries.nth(1)).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".map-place.is-open .label")).toHaveText("School of A02 · Schools");
  await page.keyboard.press("Escape");
  // The panel is closed and not the selection cleared.
  await expect(page).toHaveURL(/areas=A01,A02/);
  await expect(page.getByRole("button", { name: /^Places/ })).toBeFocused();
});

test("the list stands by district, is searched, and leads to the area of a place", async ({
  page,
}) => {
  await page.goto("/?layers=schools");
  await ready(page);
  const panel = await openPanel(page);
  await expect(panel.getByRole("heading", { level: 3 }).first()).toBeVisible();
  expect(await panel.getByRole("heading", { level: 3 }).count()).toBeGreaterThan(1);
  const entries = panel.getByRole("listitem");
  const first = entries.filter({ hasText: "School of A01" });
  await expect(first).toContainText("Phase: Primary");
  await panel.getByRole("searchbox").fill("a02 second");
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText("School of A02");
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
  await entries.getByRole("link").click();
  await expect(page).toHaveURL(/areas\/area\/A02/);
});

test("around one area the nearest places follow its own", async ({ page }) => {
  await page.goto("/?layers=schools&areas=A01");
  await ready(page);
  const panel = await openPanel(page);
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText(/^1 place in /);
  await expect(panel.getByRole("heading", { level: 3 })).toHaveText(/^Nearest to /);
  const entries = panel.getByRole("listitem").getByRole("button");
  await expect(entries).toHaveCount(11);
  await expect(entries.first()).toContainText("School of A01");
  // Below its own stand its neighbours, to the east and to the north.
  const near = (await entries.allInnerTexts()).slice(1, 3).join(" ");
  expect(near).toContain("School of A02");
});

/** Two more surgeries where the one in the south stands, and a school. */
async function crowd(page: Page) {
  await page.route(/layers\/(surgeries|schools)\.geojson/, async (route) => {
    const response = await route.fetch();
    const layer = await response.json();
    const [example] = layer.features;
    const isSchools = route.request().url().includes("schools");
    const names = isSchools ? ["Evening school"] : ["Dentist", "Eye clinic"];
    layer.features = isSchools ? [] : layer.features;
    for (const name of names) {
      const geometry = { type: "Point", coordinates: [-1.985, 52.012] };
      layer.features.push({ ...example, geometry, properties: { ...example.properties, name } });
    }
    await route.fulfill({ response, json: layer });
  });
}

test("places at one point, which no zoom parts, are listed", async ({ page }, info) => {
  const byTouch = info.project.use.hasTouch === true;
  await crowd(page);
  // They never part, so that nobody need go nearer first.
  for (const zoom of [13, 16]) {
    await page.goto(`/?layers=surgeries,schools&at=-1.985,52.012,${zoom}`);
    await ready(page);
    const sign = page.getByRole("button", { name: "Schools: 1 place, Surgeries: 3 places: list them" });
    await expect(sign).toHaveCount(1);
    if (byTouch) {
      const box = await sign.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      await sign.tap();
    } else {
      await sign.hover();
      const lines = ["Schools: 1 place", "Evening school", "Surgeries: 3 places", "South surgery", "Dentist", "Eye clinic"];
      await expect(sign.locator(".label")).toHaveText(lines.join("\n"), { useInnerText: true });
      await sign.click();
    }
    const list = page.getByRole("dialog", { name: "4 places here" });
    await expect(list.getByRole("listitem")).toHaveCount(4);
    await expect(list.getByRole("listitem").filter({ hasText: "Eye clinic" })).toContainText("Surgeries");
    await expect(list.getByRole("listitem").filter({ hasText: "Evening school" })).toContainText("Schools · Phase: Primary");
    await expect(list.getByRole("link").first()).toHaveAttribute("href", /areas\/area\/A/);
    const spare = await list.evaluate((own) => own.scrollWidth - own.clientWidth);
    expect(spare).toBe(0);
  }
  await expectAccessible(page, "light");
  await expectAccessible(page, "dark");
});

test("a marker that lists its places is reached, opened and left by keys @keys", async ({ page }) => {
  await crowd(page);
  await page.goto("/?layers=surgeries&at=-1.985,52.012,16");
  await ready(page);
  const sign = page.getByRole("button", { name: "Surgeries: 3 places: list them" });
  await expect(sign).toBeVisible();
  await page.getByRole("application").focus();
  await page.keyboard.press("Tab");
  await expect(sign).toBeFocused();
  await expect(sign.locator(".label")).toBeVisible();
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "3 places here" });
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(sign).toBeFocused();
  // The key was for the marker, not for the area beneath.
  await expect(page).not.toHaveURL(/areas=/);
});

test("a layer that is not there is said @desk", async ({ page }) => {
  await page.goto("/?layers=wells,schools");
  await ready(page);
  await expect(page.getByText("This atlas has no places called “wells”.")).toBeVisible();
  await expect(markers(page).first()).toBeVisible();
});

test("a layer that does not come can be asked for again @desk", async ({ page, complaints }) => {
  let refuse = true;
  await page.route(/layers\/schools/, (route) => (refuse ? route.abort() : route.continue()));
  await page.goto("/?layers=schools");
  await ready(page);
  const panel = await openPanel(page);
  await expect(panel.getByRole("alert")).toContainText("could not be reached");
  refuse = false;
  await panel.getByRole("button", { name: "Try again" }).click();
  await expect(markers(page).first()).toBeVisible();
  await expect(panel.getByRole("alert")).toHaveCount(0);
  complaints.provoke(REFUSED);
});

test.describe("without places", () => {
  test.use({ atlas: "demo" });

  test("there is no control for them @desk", async ({ page }) => {
    await page.goto("/");
    await ready(page);
    await expect(page.getByRole("button", { name: /^Places/ })).toHaveCount(0);
  });
});

test("a layer of places is found by its name, and switched on @keys", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await page.keyboard.press("/");
  await page.keyboard.type("surg");
  await expect(page.getByRole("option", { name: /^Surgeries/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/?layers=surgeries");
  await expect(page.locator(".map-place").first()).toBeVisible();
});

test("a place that is found is in the link, and spoken with the area that it lies in @keys", async ({ page }) => {
  const ear = await listen(page);
  await page.goto("/");
  await ready(page);
  await page.keyboard.press("/");
  await page.keyboard.type("north surgery");
  await expect(page.getByRole("option", { name: /North surgery/ })).toBeVisible();
  await ear.since();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/layers=surgeries/);
  await expect(page).toHaveURL(/at=-1\.985,52\.052,14/);
  const card = page.getByRole("region", { name: "The area" }).getByRole("heading");
  await expect(card).toHaveText("Area A32");
  expect((await ear.since()).filter((words) => words.startsWith("North surgery; Area A32: "))).toHaveLength(1);
  await page.reload();
  await ready(page);
  await expect(page.locator(".map-place").filter({ hasText: "North surgery" })).toBeVisible();
});
