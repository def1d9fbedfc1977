// What a link says, before any script and on the page that runs: one and the same.

import type { APIRequestContext, Page } from "@playwright/test";
import links from "../links.json" with { type: "json" };
import { expect, ready, test } from "./atlas";

/** What the HTML tells before any script. */
async function toldBefore(page: Page, request: APIRequestContext, link: string): Promise<string[]> {
  const html = await (await request.get(`/${link}`)).text();
  return page.evaluate((html) => {
    const ways = new DOMParser().parseFromString(html, "text/html").querySelector("p.ways");
    const own = [...(ways?.parentElement?.querySelectorAll(":scope > p:not(.ways)") ?? [])];
    // What the interface refuses stands there in its own quotation marks.
    return own.map((notice) => (notice.textContent ?? "").replace(/`([^`]*)`/g, "“$1”"));
  }, html);
}

async function toldByThePage(page: Page): Promise<string[]> {
  const notices = page.locator(".notices");
  const more = notices.getByRole("button", { name: /^\d+ more$/ });
  if (await more.isVisible()) await more.click();
  return notices.locator("span:not(button span)").allInnerTexts();
}

for (const [link, expected] of Object.entries(links.notices)) {
  test(`${link} is told alike @desk`, async ({ page, request, complaints }) => {
    await page.goto(`/${link}`);
    await ready(page);
    expect((await toldBefore(page, request, link)).sort()).toEqual([...expected].sort());
    await expect.poll(async () => (await toldByThePage(page)).sort()).toEqual([...expected].sort());
    // What only the server can judge, it refuses; the page tells that, and nothing else may go wrong.
    complaints.provoke("status of 40");
  });
}

test("a link selects no class of another map than was meant @desk", async ({ page }) => {
  for (const link of ["?indicator=gone&areas=class:5", "?period=2015-07&areas=class:5"]) {
    await page.goto(`/${link}`);
    await ready(page);
    await expect(page.getByText("This link’s “class:5” is of a map that is not shown")).toBeVisible();
    await expect(page.getByText(/^[\d,]+ areas$/)).toHaveCount(0);
  }
});

test("a relation says that a second indicator is gone, and that its areas are not filtered @desk", async ({ page }) => {
  await page.goto("/?panel=relation&second=gone&filter=crime<=5");
  const shown = page.getByRole("tabpanel");
  await expect(shown).toContainText(/“gone” is not in this atlas; .* is shown\./);
  await expect(shown).not.toContainText("is not published for");
  await expect(shown).toContainText("Every area counts here, whether or not it passes the filter.");
});
