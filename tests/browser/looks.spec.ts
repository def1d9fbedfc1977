// How the main views look, held against pictures of them. `make bless-pictures` takes the pictures anew.
//
// A picture is one of a browser and a font: looks/made-with.json says of which. With others nothing is compared, and the
// test says why.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, ready, test } from "./atlas";

interface MadeWith {
  /** The version of Chromium up to the first point. */
  chromium: string;
  /** The fonts that the words of the page are drawn with. */
  fonts: string[];
}

const RECORD = join(import.meta.dirname, "looks/made-with.json");

/** What a picture of this page depends on. */
async function madeWith(page: Page): Promise<MadeWith> {
  const chromium = page.context().browser()?.version().split(".")[0] ?? "";
  const tool = await page.context().newCDPSession(page);
  await tool.send("DOM.enable");
  await tool.send("CSS.enable");
  const { root } = await tool.send("DOM.getDocument");
  const { nodeIds } = await tool.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "h1" });
  const used = await Promise.all(nodeIds.map((nodeId) => tool.send("CSS.getPlatformFontsForNode", { nodeId })));
  const names = used.flatMap(({ fonts }) => fonts.map(({ familyName }) => familyName));
  return { chromium, fonts: [...new Set(names)].sort() };
}

const said = ({ chromium, fonts }: MadeWith) => `Chromium ${chromium} with ${fonts.join(", ")}`;

/** Compares the view with its picture, where the two can be compared. */
async function expectLook(page: Page, name: string, masked: string[] = []): Promise<void> {
  const own = await madeWith(page);
  const isBlessing = ["all", "changed"].includes(test.info().config.updateSnapshots);
  if (isBlessing) {
    mkdirSync(dirname(RECORD), { recursive: true });
    writeFileSync(RECORD, `${JSON.stringify(own)}\n`);
  }
  const theirs: MadeWith | null = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, "utf8")) : null;
  const differ = theirs === null || said(theirs) !== said(own);
  test.skip(differ, `skipped: the pictures are of ${theirs && said(theirs)}, here is ${said(own)}`);
  await expect(page).toHaveScreenshot(`${name}.png`, { mask: masked.map((part) => page.locator(part)) });
}

/** Everything is there: the map, the borders, the fonts, no pointer over anything; and the edition is of the same day each time. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName("map-painted").length > 0);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  const editions = page.locator("footer.source p").filter({ hasText: /^Edition of/ });
  await editions.evaluateAll((all) => {
    for (const own of all) own.textContent = "Edition of 1 December 2026";
  });
}

for (const theme of ["light", "dark"] as const) {
  test(`the page, ${theme} @desk`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/");
    await ready(page);
    await settled(page);
    await expectLook(page, theme);
  });
}

test("on a phone @desk", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await ready(page);
  await settled(page);
  await expectLook(page, "phone");
});

test("in a frame @desk", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 480 });
  await page.goto("/embed?lock=indicator,geography,within,period");
  await expect(page.locator(".legend li").first()).toBeVisible();
  await settled(page);
  await expectLook(page, "embed");
});

test("on paper @desk", async ({ page }) => {
  await page.goto("/");
  await ready(page);
  await page.evaluate(() => {
    window.print = () => window.dispatchEvent(new Event("beforeprint"));
  });
  await page.getByRole("button", { name: "Print" }).click();
  await expect(page.locator(".sheet table")).toBeAttached();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 688, height: 1016 });
  await settled(page);
  // The address of this server is another each time.
  await expectLook(page, "paper", [".sheet .from", ".sheet caption"]);
});
