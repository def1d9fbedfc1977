// Every state of the page is accessible, light and dark on a desk, on a phone, and whole at 400% zoom.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./atlas";
import { expectWhole, ZOOMED } from "./reading";
import { arrange, knownOf, STATES } from "./states";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Of the rules those that see colours: all that another theme can break. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

async function violations(page: Page, part: string | undefined, isDark: boolean, isPhone: boolean): Promise<string[]> {
  await page.emulateMedia({ colorScheme: isDark ? "dark" : "light", reducedMotion: "reduce" });
  const axe = new AxeBuilder({ page });
  if (part) axe.include(part);
  if (isDark) axe.withRules(COLOUR_RULES);
  else axe.withTags(RULES);
  // They take the longest, and the phone has the light colours of the desk.
  if (isPhone && !isDark) axe.disableRules(COLOUR_RULES);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

for (const state of STATES) {
  test(`${state.name} @desk`, async ({ page, api, complaints }) => {
    await arrange(page, state, await knownOf(api));
    // The browser itself reports what was refused.
    if (state.before || state.isWithoutMap) complaints.length = 0;
    const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
    const found: string[] = [];
    for (const [name, size] of Object.entries(sizes)) {
      await page.setViewportSize(size);
      // What is dark on the phone is the desk's.
      for (const isDark of name === "desk" ? [false, true] : [false]) {
        const all = await violations(page, state.part, isDark, name === "phone");
        found.push(...all.map((one) => `${name}, ${isDark ? "dark" : "light"}: ${one}`));
      }
    }
    expect(found).toEqual([]);
    await page.setViewportSize(ZOOMED);
    await expectWhole(page, state.behind);
  });
}
