// Every state of the page is accessible, light and dark on a desk, on a phone, and whole at 400% zoom.

import { expect, REFUSED, test } from "./atlas";
import { violations } from "./axe";
import { expectWhole, ZOOMED } from "./reading";
import { arrange, knownOf, STATES } from "./states";

for (const state of STATES) {
  test(`${state.name} @desk`, async ({ page, api, complaints }) => {
    await arrange(page, state, await knownOf(api));
    // The browser itself reports what was refused.
    if (state.before || state.isWithoutMap) complaints.provoke(REFUSED);
    const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
    const found: string[] = [];
    for (const [name, size] of Object.entries(sizes)) {
      await page.setViewportSize(size);
      // Until the page has taken its new size.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      if (state.part) await page.locator(state.part).first().waitFor();
      // What is dark on the phone is the desk's.
      for (const theme of name === "desk" ? (["light", "dark"] as const) : (["light"] as const)) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        const all = await violations(page, { theme, isPhone: name === "phone", part: state.part });
        found.push(...all.map((one) => `${name}, ${one}`));
      }
    }
    expect(found).toEqual([]);
    if (state.isOnPaper) return;
    await page.setViewportSize(ZOOMED);
    await expectWhole(page, state.behind);
  });
}
