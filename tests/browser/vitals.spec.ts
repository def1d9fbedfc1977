// How quick the page feels, in figures: they are printed and kept with the report. Only bytes are judged here, since the
// machine that runs the tests has other things to do.

import { brotliCompressSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, ready, test } from "./atlas";

/** The first load of script may take so many bytes with brotli; what opens later is not part of it. */
const MOST_SCRIPT = 150_000;

interface Vitals {
  lcp: number;
  cls: number;
  interactions: number[];
  longTasks: number[];
}

/** Begins to watch, before the page has any script. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const vitals = { lcp: 0, cls: 0, interactions: [] as number[], longTasks: [] as number[] };
    Object.assign(window, { vitals });
    const observe = (type: string, note: (entry: any) => void, options = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
    observe("largest-contentful-paint", (entry) => {
      vitals.lcp = entry.startTime;
    });
    observe("layout-shift", (entry) => {
      if (!entry.hadRecentInput) vitals.cls += entry.value;
    });
    observe("event", (entry) => {
      if (entry.interactionId) vitals.interactions.push(entry.duration);
    }, { durationThreshold: 16 });
    observe("longtask", (entry) => vitals.longTasks.push(entry.duration));
  });
}

const vitalsOf = (page: Page): Promise<Vitals> => page.evaluate(() => (window as any).vitals);

/** When the map was painted first, in milliseconds of the page. */
async function firstMap(page: Page): Promise<number> {
  const mark = () => performance.getEntriesByName("map-painted")[0]?.startTime;
  return (await (await page.waitForFunction(mark)).jsonValue()) ?? Number.NaN;
}

test("figures of a visit @desk", async ({ page, api }, info) => {
  const { edition, view } = await api("atlas");
  const { count } = await api(`${edition}/areas/${view.geography}?fields=code`);
  await watch(page);
  const scripts = new Map<string, Promise<Buffer>>();
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.set(response.url(), response.body());
  });
  await page.goto("/");
  await ready(page);
  const map = await firstMap(page);
  // What is fetched ahead once the map is there is no part of the first load.
  const later = await page.evaluate(
    (map) => performance.getEntriesByType("resource").filter(({ startTime }) => startTime > map).map(({ name }) => name),
    map,
  );
  for (const url of later) scripts.delete(url);
  const bodies = await Promise.all(scripts.values());
  const sizes = bodies.map((body) => brotliCompressSync(body).length);
  const script = sizes.reduce((sum, size) => sum + size, 0);
  const opening = await vitalsOf(page);

  // What readers do most: another indicator, an area, a panel.
  const heading = page.getByRole("heading", { level: 1 });
  for (let turn = 0; turn < 3; turn += 1) {
    const finding = await heading.innerText();
    await page.keyboard.press("]");
    await expect(heading).not.toHaveText(finding);
  }
  await page.locator("#areas tbody.areas button").nth(2).click();
  await expect(page.getByRole("region", { name: "Compared" })).toBeVisible();
  await page.getByRole("tab", { name: "Profile" }).click();
  await expect(page.getByRole("tabpanel").getByRole("heading", { level: 2 })).toBeVisible();
  const { interactions, longTasks, cls } = await vitalsOf(page);

  const figures = {
    areas: count,
    first_map_ms: Math.round(map),
    largest_contentful_paint_ms: Math.round(opening.lcp),
    layout_shift: Number(cls.toFixed(4)),
    slowest_interaction_ms: Math.max(0, ...interactions),
    interactions_over_16_ms: interactions.length,
    long_tasks_over_100_ms: longTasks.filter((ms) => ms > 100).map(Math.round),
    script_brotli_bytes: script,
    scripts: sizes.length,
  };
  const text = JSON.stringify(figures, null, 2);
  console.log(`figures of a visit: ${text}`);
  await info.attach("vitals.json", { body: text, contentType: "application/json" });
  expect(sizes.length).toBeGreaterThan(0);
  expect(script).toBeLessThanOrEqual(MOST_SCRIPT);
});
