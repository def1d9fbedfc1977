// An atlas whose publisher says in `[view]` what opens first.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { APIRequestContext, Page } from "@playwright/test";
import { test as base, closeChoices, expect, openChoices, ready } from "./atlas";
import { serveFiles } from "./files";
import { writeInvented } from "./invented";
import { start } from "./server";

const root = resolve(import.meta.dirname, "../..");
const binary = resolve(import.meta.dirname, process.env.TESSERA_BIN ?? "../../target/debug/tessera");
const OPENS = 'period = "2016-07"\nwithin = "lad11:E08000032"\nk = 7\nmode = "double"\nsecond = "robbery@2017-07"\n';
const IN_FULL = "period=2016-07&within=lad11:E08000032&k=7&second=robbery@2017-07&mode=double";

const test = base.extend<object, { opening: string }>({
  opening: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "tessera-opening-"));
      for (const name of ["boundaries", "data"]) cpSync(join(root, name), join(folder, name), { recursive: true });
      const manifest = readFileSync(join(root, "atlas.toml"), "utf8");
      writeFileSync(join(folder, "atlas.toml"), manifest.replace(/^\[view\].*$/m, `$&\n${OPENS}`));
      const server = await start(folder);
      await use(server.url);
      await server.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  baseURL: ({ opening }, use) => use(opening),
});

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** The finding that stands in the HTML before any script. */
async function written(page: Page, request: APIRequestContext, address: string): Promise<string> {
  const html = await (await request.get(address)).text();
  return page.evaluate((html) => new DOMParser().parseFromString(html, "text/html").querySelector("h1")?.textContent ?? "", html);
}

test("the bare address shows all of it, and Back returns to it", async ({ page, request }) => {
  await page.goto("/");
  await ready(page);
  const opens = await written(page, request, "/");
  expect(opens).toContain("July 2016");
  await expect(heading(page)).toHaveText(opens);
  expect(await written(page, request, `/?${IN_FULL}`)).toBe(opens);
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("application")).toHaveCount(2);
  expect(await page.title()).toContain("Bradford");

  await openChoices(page);
  await page.getByRole("radiogroup", { name: "Period" }).getByRole("radio").last().check({ force: true });
  await closeChoices(page);
  await expect(page).toHaveURL(/[?&]within=lad11:E08000032&k=7&second=robbery@2017-07&mode=double/);
  await expect(heading(page)).not.toHaveText(opens);
  await page.goBack();
  await expect(page).toHaveURL("/");
  await expect(heading(page)).toHaveText(opens);
});

test("a link that says something speaks for itself", async ({ page, request }) => {
  await page.goto("/?sort=best");
  await ready(page);
  const plain = await written(page, request, "/?sort=best");
  expect(plain).toContain("July 2018");
  await expect(heading(page)).toHaveText(plain);
  await expect(page.getByRole("application")).toHaveCount(1);
});

test("an address that would say nothing names its indicator @desk", async ({ page }) => {
  await page.goto("/?indicator=crime&k=6");
  await ready(page);
  const area = page.locator("#areas tbody.areas button").first();
  await area.click();
  await expect(page).toHaveURL(/\?areas=E\d+&k=6$/);
  await page.goto("/?indicator=crime");
  await ready(page);
  const finding = await heading(page).innerText();
  await area.click();
  await expect(page).toHaveURL(/\?areas=E\d+$/);
  await area.click();
  await expect(page).toHaveURL("/?indicator=crime");
  await page.reload();
  await expect(heading(page)).toHaveText(finding);
});

test("an embed opens alike", async ({ page, request }) => {
  await page.goto("/embed?lock=indicator");
  const opens = await written(page, request, "/embed");
  await expect(heading(page)).toHaveText(opens);
  await expect(page.getByRole("application")).toHaveCount(2);
});

test("plain files open with as much of it as they hold, and say nothing of the rest @desk", async ({ page, complaints }) => {
  const folder = writeInvented();
  const manifest = join(folder, "atlas.toml");
  const opens = '[view]\nwithin = "district:W"\nk = 3\nsort = "best"';
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace("[view]", opens));
  const site = join(folder, "site");
  execFileSync(binary, ["build", folder, "--static", site], { stdio: ["ignore", "ignore", "ignore"] });
  const { server, url } = await serveFiles(site, "/atlas/");
  try {
    const html = readFileSync(join(site, "index.html"), "utf8");
    const before = await page.evaluate((html) => new DOMParser().parseFromString(html, "text/html").querySelector("h1")?.textContent, html);
    await page.goto(url);
    await ready(page);
    await expect(heading(page)).toHaveText(before ?? "");
    await expect(page.locator(".notices span")).toHaveCount(0);
    await page.locator("#areas tbody.areas button").first().click();
    await expect(page).toHaveURL(/\?areas=A\d+&sort=best$/);
    // The guard of this file watches the server of the other atlas.
    complaints.provoke(`asked elsewhere: ${new URL(url).origin}/`);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
