// The atlas as plain files: the same page, behind a server that only hands out files.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, expect } from "@playwright/test";
import { type Complaints, guard, ready } from "./atlas";
import { serveFiles } from "./files";

const root = resolve(import.meta.dirname, "../..");
const binary = resolve(import.meta.dirname, process.env.TESSERA_BIN ?? "../../target/debug/tessera");
const folder = mkdtempSync(join(tmpdir(), "site-"));
const site = join(folder, "atlas");
const withdrawn = join(site, "withdrawn.json");
let server: Server;
let url: string;

const test = base.extend<{ complaints: Complaints }>({
  complaints: [
    async ({ page }, use) => {
      const complaints = guard(page, new URL(url).origin);
      await use(complaints);
      expect(complaints.left).toEqual([]);
    },
    { auto: true },
  ],
});

const answer = (path: string) => JSON.parse(readFileSync(join(site, "api/v1", path), "utf8"));

test.beforeAll(async () => {
  test.setTimeout(240_000);
  execFileSync(binary, ["build", root, "--static", site], { stdio: ["ignore", "ignore", "ignore"] });
  // Below a path: nothing may take the root of the server for its own.
  ({ server, url } = await serveFiles(site, "/council/atlas/"));
});

test.afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test("map, list, card and other indicators work without a program @desk", async ({ page }) => {
  const { edition, view } = answer("atlas.json");
  const catalog = answer(`${edition}/catalog.json`);
  await page.goto(url);
  await ready(page);
  const first = catalog.indicators.find((item: any) => item.id === view.indicator);
  const period = first.periods[view.geography].at(-1);
  const classes = answer(`${edition}/classes/${view.geography}/${view.indicator}/period=${period}&still=true.json`);
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(classes.sentence);
  await page.getByRole("button", { name: "Next indicator" }).click();
  await expect(heading).not.toHaveText(classes.sentence);
  await page.goBack();
  await expect(heading).toHaveText(classes.sentence);
  await page.getByRole("combobox").first().fill("Leeds 111B");
  await page.getByRole("option", { name: /Leeds 111B/ }).click();
  await expect(page.getByText(/made of plain files/)).toBeVisible();
});

test("what needs a program says so, and the map stays @desk", async ({ page }) => {
  await page.goto(`${url}?k=7`);
  await ready(page);
  await expect(page.getByText(/made of plain files/)).toBeVisible();
  await expect(page).not.toHaveURL(/k=7/);
});

test("a postcode's way is open without script: from a table to the page of an area @desk", async ({ page }) => {
  await page.goto(`${url}table/`);
  await page.getByRole("link", { name: "Districts" }).click();
  await page.getByRole("table").getByRole("link", { name: "Leeds" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Leeds");
  await page.getByRole("link", { name: "Show on the map" }).first().click();
  await ready(page);
  await expect(page).toHaveURL(/areas=/);
});

test("a withdrawn edition is not shown @desk", async ({ page }) => {
  const { edition } = answer("atlas.json");
  const sentence = readFileSync(join(site, "index.html"), "utf8").match(/id="finding"[^>]*>([^<]+)</)?.[1];
  const before = readFileSync(withdrawn);
  writeFileSync(withdrawn, JSON.stringify({ withdrawn: { [edition]: "A table held names." } }));
  try {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(url);
    await expect(page.getByRole("alert")).toContainText("This edition was withdrawn: A table held names.");
    await expect(page.getByText(sentence ?? "", { exact: true })).toHaveCount(0);
    const answers = asked.filter((address) => /withdrawn|\/api\//.test(address));
    expect(answers.map((address) => address.slice(url.length))).toEqual(["withdrawn.json", "api/v1/atlas.json"]);
  } finally {
    writeFileSync(withdrawn, before);
  }
});
