// The first ten seconds: the finding, the five worst pointed out, and one's own area by postcode, in words.

import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, guard, ready, test } from "./atlas";
import { writeInvented } from "./invented";
import { start } from "./server";

const DECILE = `
[[indicator]]
id = "need-rank"
name = "Rank of need"
kind = "rank"
out_of = 3600
among = "areas in Inventia"
polarity = "high-is-good"

[[indicator]]
id = "need"
name = "Decile of need"
kind = "decile"
polarity = "high-is-good"
worst = "most deprived"
best = "least deprived"
among = "areas in Inventia"
ordered_by = "need-rank"
caveat = "Not everyone living there is deprived."

[[table]]
file = "need.csv"
geography = "area"
code = "CODE"
period = "2020"
[table.columns]
"Rank" = "need-rank"
"Decile" = "need"
`;

/** The invented atlas with a decile that opens first: area A01 is the worst, A36 the best. */
function writeNeed(): string {
  const folder = writeInvented();
  const manifest = join(folder, "atlas.toml");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace('indicator = "late"', 'indicator = "need"'));
  appendFileSync(manifest, DECILE);
  const rows = Array.from({ length: 36 }, (_, i) => {
    const code = `A${String(i + 1).padStart(2, "0")}`;
    return `${code},${i * 100 + 1},${Math.min(10, Math.floor(i / 3.6) + 1)}`;
  });
  writeFileSync(join(folder, "need.csv"), `CODE,Rank,Decile\n${rows.join("\n")}\n`);
  return folder;
}

/** Where the areas of the map end, from the top of the window. */
const southOf = (page: Page) =>
  page.locator(".leaflet-areas-pane canvas").first().evaluate((own) => {
    const image = own as HTMLCanvasElement;
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let last = data.length - 1;
    while (last > 0 && data[last] !== 255) last -= 4;
    const { top, height } = image.getBoundingClientRect();
    return top + (Math.floor(last / 4 / image.width) / image.height) * height;
  });

test("finding, callouts, list, and the card of a postcode", async ({ browser }, info) => {
  const folder = writeNeed();
  const server = await start(folder);
  const context = await browser.newContext({ ...info.project.use, baseURL: server.url });
  const page = await context.newPage();
  const complaints = guard(page, server.url);

  const finding =
    "Decile of need, 2020: 4 of the 36 areas in Invented County are in the most deprived 10% of areas in Inventia";
  expect(await (await fetch(server.url)).text()).toContain(finding);
  await page.goto("/");
  await ready(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(finding);
  // The tab says it, too, before any script and after.
  const told = /<title>(.*?)<\/title>/.exec(await (await fetch(server.url)).text())?.[1];
  expect(told).toContain(finding.slice(0, 60));
  await expect(page).toHaveTitle(told ?? "");
  await expect(page.locator(".map-pin")).toHaveText(["1", "2", "3", "4", "5"]);
  const listed = page.locator("#areas tbody button b");
  await expect(listed.first()).toHaveText("Area A01");
  await expect(listed.nth(4)).toHaveText("Area A05");
  await expect(page.locator(".legend")).toContainText("most deprived");
  // With the numbers of the worst: on the card of the whole, or on a phone over the foot of the map, which ends above them.
  const warned = page.getByText("Not everyone living there is deprived.").filter({ visible: true });
  await expect(warned).toBeInViewport({ ratio: 1 });
  if (info.project.use.isMobile) {
    await page.setViewportSize({ width: 390, height: 640 });
    await expect
      .poll(async () => ((await warned.boundingBox())?.y ?? 0) - (await southOf(page)))
      .toBeGreaterThanOrEqual(0);
    await page.reload();
    await ready(page);
    expect(((await warned.boundingBox())?.y ?? 0) - (await southOf(page))).toBeGreaterThanOrEqual(0);
    await page.setViewportSize(info.project.use.viewport ?? { width: 390, height: 844 });
  }

  // AB1 1AA lies in the third square of the third row.
  await page.getByRole("combobox", { name: "Find a place or an indicator" }).fill("ab11aa");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  const card = page.getByRole("region", { name: "The area" });
  await expect(card).toContainText("In the most deprived 40% of areas in Inventia");
  await expect(card).toContainText("1,401st of 3,600 areas in Inventia");
  await expect(card).toContainText("15th most deprived of 36 in Invented County");
  await expect(card).toContainText("1,014 people");
  await expect(card).toContainText("Not everyone living there is deprived.");
  // Compare leads to what it is held against, and the area stays in the link.
  await card.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { name: "Compared" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "Compared" })).toBeInViewport();
  await expect(page.getByRole("region", { name: "Compared" })).toContainText("Area A15");
  await page.reload();
  await ready(page);
  await expect(page.getByRole("region", { name: "Compared" })).toContainText("Area A15");
  if (info.project.use.isMobile) {
    await page.getByRole("combobox", { name: "Find a place or an indicator" }).fill("ab11aa");
    await expect(page.getByRole("option").first()).toBeVisible();
    await page.keyboard.press("Enter");
  }
  const profile = card.getByRole("link", { name: "Everything about this area" });
  await profile.click();
  await expect(page).toHaveURL(/\/areas\/area\/A15$/);
  await expect(page.getByText("In the most deprived 40% of areas in Inventia")).toBeVisible();
  expect(complaints.left).toEqual([]);
  await context.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

test("a place of areas that the decile is not published for is found, as the areas that make it up", async ({
  browser,
}, info) => {
  const folder = writeNeed();
  const server = await start(folder);
  const context = await browser.newContext({ ...info.project.use, baseURL: server.url });
  const page = await context.newPage();
  const complaints = guard(page, server.url);
  await page.goto("/");
  await ready(page);
  await page.getByRole("combobox", { name: "Find a place or an indicator" }).fill("town schools");
  await expect(page.getByRole("option", { name: "Town schools" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/areas=A15,A16,A21,A22/);
  await expect(page).toHaveURL(/at=/);
  await expect(page.locator("h1")).toContainText("Decile of need");
  await expect(page.getByText(/is not published for school clusters; .* chose: 4 areas\./)).toBeVisible();
  expect(complaints.left).toEqual([]);
  await context.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});
