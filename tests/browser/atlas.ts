// What every test has at hand: the page, guarded, and the API to take the expected figures from.

import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { violations } from "./axe";

export { expect };

/** What a page complained of. */
export class Complaints {
  #all: string[] = [];
  #provoked: string[] = [];

  add(complaint: string): void {
    this.#all.push(complaint);
  }

  /** Complaints of this text are none, before and after: a browser may report late what a test provokes. */
  provoke(text: string): void {
    this.#provoked.push(text);
  }

  /** Those that nobody provoked. */
  get left(): string[] {
    return this.#all.filter((complaint) => !this.#provoked.some((text) => complaint.includes(text)));
  }
}

/** What the browser itself reports of an answer that was refused, or did not come. */
export const REFUSED = "console: Failed to load resource";

/** The page may speak to its own server only, and must not complain. */
export function guard(page: Page, origin: string): Complaints {
  const complaints = new Complaints();
  page.on("console", (message) => {
    // A browser asks for an icon by itself where a page names none.
    const isOfIcon = message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !isOfIcon) complaints.add(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.add(`error: ${error.message}`));
  // No name of another host resolves here (playwright.config.ts). To stop requests one by one would hold up each of them.
  page.on("request", (request) => {
    const { origin: own, protocol } = new URL(request.url());
    if (own !== origin && protocol.startsWith("http")) complaints.add(`asked elsewhere: ${request.url()}`);
  });
  return complaints;
}

interface Fixtures {
  /** Which atlas is opened: the demo, or one that is made up (invented.ts, unwieldy.ts). */
  atlas: "demo" | "invented" | "unwieldy";
  /** The answer of an address below /api/v1/. */
  api: (path: string) => Promise<any>;
  /** Complaints of the page, of which none may be left but those that the test provokes. */
  complaints: Complaints;
}

export const test = base.extend<Fixtures>({
  atlas: ["demo", { option: true }],
  baseURL: async ({ atlas }, use) => {
    await use(
      {
        demo: process.env.TESSERA_URL,
        invented: process.env.TESSERA_INVENTED_URL,
        unwieldy: process.env.TESSERA_UNWIELDY_URL,
      }[atlas],
    );
  },
  complaints: [
    async ({ page, baseURL }, use) => {
      const complaints = guard(page, baseURL ?? "");
      await use(complaints);
      expect(complaints.left).toEqual([]);
    },
    { auto: true },
  ],
  api: async ({ request }, use) => {
    await use((path) => ask(request, path));
  },
});

async function ask(request: APIRequestContext, path: string): Promise<any> {
  const response = await request.get(`/api/v1/${path}`);
  expect(response.ok(), path).toBe(true);
  return response.json();
}

/** The map has been drawn and the list filled. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator("#areas tbody button").first()).toBeVisible();
  await expect(page.getByRole("application").first()).toBeVisible();
  await expect(page.getByRole("region", { name: /,/ }).first()).toBeVisible();
}

/** On a phone all choices but the indicator have a sheet: opens it, where it is closed. */
export async function openChoices(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Areas, place and period" });
  const isOpen = await page.getByRole("dialog", { name: "Areas, place and period" }).isVisible();
  if (!isOpen && (await button.isVisible())) await button.click();
}

/** Closes it, where it is open. */
export async function closeChoices(page: Page): Promise<void> {
  const sheet = page.getByRole("dialog", { name: "Areas, place and period" });
  if (!(await sheet.isVisible())) return;
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
}

/** On a phone the legend lies folded over the map: opens it, where it is closed. */
export async function openLegend(page: Page): Promise<void> {
  const closed = page.getByRole("button", { name: "Legend", exact: true, expanded: false });
  if (await closed.first().isVisible()) await closed.first().click();
}

/** On a phone the panels are a sheet over the foot of the map: raises it to its full height, or lowers it, where it is one. */
export async function movePanels(page: Page, to: "up" | "down"): Promise<void> {
  const grabber = page.getByRole("button", { name: /^Panels:/ });
  if (!(await grabber.isVisible())) return;
  for (let step = 0; step < 2; step += 1) await grabber.press(to === "up" ? "ArrowUp" : "ArrowDown");
}

/** Has the browser print, once what makes the sheet is there: it is fetched when there is a map, and is there a moment later. */
export async function putOnPaper(page: Page): Promise<void> {
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await page.locator("article.sheet").count()).toBe(1);
  }).toPass();
}

/** A figure as the page shows it. */
export function figure(value: number, decimals: number): string {
  return value
    .toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace("-", "−");
}

/** What is dark has the same elements in other colours, and a phone has the colours of the desk. */
export async function expectAccessible(page: Page, theme: "light" | "dark"): Promise<void> {
  const isPhone = (page.viewportSize()?.width ?? 0) < 720;
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  if (theme === "dark" && isPhone) return;
  expect(await violations(page, { theme, isPhone, more: ["best-practice"] })).toEqual([]);
}
