// Editions on the screen: pinned ones, newer ones, and those that are not held.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, guard, ready, REFUSED, test } from "./atlas";
import { writeInvented } from "./invented";
import { start } from "./server";

const newestOf = async (url: string): Promise<string> =>
  (await (await fetch(`${url}/api/v1/atlas`)).json()).edition;

test("a pinned link shows the same figures when newer ones are published @desk", async ({ browser }) => {
  // It is published while one waits.
  test.slow();
  const folder = writeInvented();
  const server = await start(folder);
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = guard(page, server.url);
  const value = page.locator("#areas tbody tr td.value").first();
  const first = await newestOf(server.url);
  await page.goto(`${server.url}/?indicator=late&edition=${first}`);
  await ready(page);
  const [finding, figure] = [await page.getByRole("heading", { level: 1 }).innerText(), await value.innerText()];
  await expect(page.getByRole("button", { name: "Show the newest" })).toHaveCount(0);

  const file = join(folder, "values.csv");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^A36,[^,]*/m, "A36,99"));
  await expect.poll(() => newestOf(server.url), { timeout: 30_000 }).not.toBe(first);
  const second = await newestOf(server.url);
  // Without script too, and after a reload.
  const written = await (await fetch(page.url())).text();
  expect(written).toContain(finding);
  await page.reload();
  await ready(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(finding);
  await expect(value).toHaveText(figure);
  await expect(page.getByText(`This link keeps to edition ${first}`)).toBeVisible();
  // To whoever asked before, the newest is for half a minute what it was; this is somebody else.
  const others = await browser.newContext();
  const later = await others.newPage();
  const laterComplaints = guard(later, server.url);
  await later.goto(`${server.url}/embed?indicator=late&edition=${first}`);
  await expect(later.getByRole("heading", { level: 1 })).toHaveText(finding);
  await later.getByRole("button", { name: "Show the newest" }).click();
  await expect(later.getByRole("heading", { level: 1 })).toContainText("99");
  expect(new URL(later.url()).pathname).toBe("/embed");

  // Back leads to the pinned one again.
  await later.goto(`${server.url}/?edition=${second}`);
  await ready(later);
  await later.goto(`${server.url}/?edition=0123456789abcdef`);
  await ready(later);
  await expect(later.getByText(/edition 0123456789abcdef is not held here/)).toBeVisible();
  expect(later.url()).toBe(`${server.url}/`);
  expect([...complaints.left, ...laterComplaints.left]).toEqual([]);
  await others.close();
  await context.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

test("the newest edition without an indicator keeps what is selected of it, and no class of another @desk", async ({
  browser,
}) => {
  test.slow();
  const folder = writeInvented();
  const server = await start(folder);
  const context = await browser.newContext();
  const page = await context.newPage();
  guard(page, server.url);
  const first = await newestOf(server.url);
  const link = `${server.url}/?indicator=settlement&areas=class:2&filter=settlement>=1&edition=${first}`;
  await page.goto(link);
  await ready(page);
  const chosen = page.locator("[role=status]").filter({ hasText: /\d+ areas/ }).first();
  const said = (await chosen.innerText()).match(/\d+ areas/)?.[0] ?? "none";
  const file = join(folder, "atlas.toml");
  const manifest = readFileSync(file, "utf8");
  writeFileSync(file, manifest.replace(/\[\[indicator\]\]\nid = "settlement"[\s\S]*?\n\n/, "").replace(/^"Settlement".*\n/m, ""));
  await expect.poll(() => newestOf(server.url), { timeout: 30_000 }).not.toBe(first);
  const later = await (await browser.newContext()).newPage();
  await later.goto(link);
  await ready(later);
  await later.getByRole("button", { name: "Show the newest" }).click();
  await expect(later.getByText(/“settlement” is not in this atlas; .* is shown/)).toBeVisible();
  await expect(later.getByText("“settlement” is not in this atlas. The filter is not applied.")).toBeVisible();
  await expect(later.locator("[role=status]").filter({ hasText: said }).first()).toBeVisible();
  expect(new URL(later.url()).searchParams.get("filter")).toBeNull();
  expect(later.url()).not.toContain("class:");
  // Who opens the link later has no class of another indicator instead.
  await later.goto(`${server.url}/?indicator=settlement&areas=class:2`);
  await ready(later);
  await expect(later.getByText(/“class:2” is of a map that is not shown/)).toBeVisible();
  await expect(later.locator("#areas [aria-pressed=true], .chip")).toHaveCount(0);
  await later.context().close();
  await context.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

test("a page that stands open notices that figures are newer", async ({ page }) => {
  await page.clock.install();
  await page.goto("/");
  await ready(page);
  let asked = 0;
  await page.route(/\/api\/v1\/atlas$/, (route) => {
    if (route.request().method() !== "HEAD") return route.continue();
    asked += 1;
    return route.fulfill({ headers: { "Tessera-Edition": "0123456789abcdef" } });
  });
  await page.clock.fastForward("02:00");
  expect(asked).toBe(0);
  await page.clock.fastForward("05:00");
  await expect(page.getByText("Newer figures have been published.")).toBeVisible();
  expect(asked).toBe(1);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Show the newest" }).click();
  await ready(page);
  await expect(page.getByText("Newer figures have been published.")).toHaveCount(0);
});

test("an edition that is withdrawn while it is read gives way to the newest @desk", async ({
  page,
  api,
  complaints,
}) => {
  const { edition, view } = await api("atlas");
  const { indicators } = await api(`${edition}/catalog`);
  const next = indicators.find((item: any) => item.id !== view.indicator && item.periods[view.geography]);
  // From the beginning: the page may ask for what comes next before it is wanted.
  await page.route(new RegExp(`/(classes|values)/[^/]+/${next.id}(\\.bin)?(\\?|$)`), (route) =>
    route.fulfill({
      status: 404,
      contentType: "application/problem+json",
      body: JSON.stringify({ title: "No such edition", status: 404, parameter: "edition" }),
    }),
  );
  await page.goto("/");
  await ready(page);
  await page.getByRole("button", { name: /^Indicator:/ }).click();
  await page.getByRole("searchbox", { name: /Find an indicator/ }).fill(next.name);
  await page.getByRole("dialog").getByRole("button", { name: next.name }).first().click();
  const alert = page.getByRole("alert").filter({ hasText: "has been withdrawn" });
  await expect(alert).toBeVisible();
  // What was read is still there.
  await expect(alert).toContainText("What you see is still");
  await page.unrouteAll();
  await alert.getByRole("button", { name: "Try again" }).click();
  await ready(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  complaints.provoke(REFUSED);
});

test("the address says the period that another geography shows @desk", async ({ browser }) => {
  test.slow();
  const folder = writeInvented();
  const manifest = join(folder, "atlas.toml");
  const earlier = `
[[table]]
file = "earlier.csv"
geography = "district"
code = "CODE"
period = "2015"
[table.columns]
"People" = "people"
`;
  writeFileSync(manifest, readFileSync(manifest, "utf8") + earlier);
  writeFileSync(join(folder, "earlier.csv"), "CODE,People\nE,700\nW,600\n");
  const server = await start(folder);
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${server.url}/?indicator=people&geography=district&period=2015`);
  await ready(page);
  await page.getByRole("combobox", { name: "Areas" }).selectOption("area");
  await expect(page.getByText("People is not published for 2015; shown for 2020.")).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/?indicator=people`);
  await page.goBack();
  await expect(page).toHaveURL(/period=2015/);
  await page.context().close();
  await server.stop();
  rmSync(folder, { recursive: true });
});
