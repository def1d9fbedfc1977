// What a screen reader is given: the accessibility tree of a part of the page, line by line.

import { expect, type Locator, type Page } from "@playwright/test";

/** Lines that hold these words stand in the tree, in this order; one line may hold several. */
export async function expectSpoken(part: Locator, wanted: (string | RegExp)[]): Promise<void> {
  await expect(async () => {
    const lines = await linesOf(part);
    let at = 0;
    for (const words of wanted) {
      const step = lines.slice(at).findIndex((line) => (typeof words === "string" ? line.includes(words) : words.test(line)));
      expect(step, `“${words}” in\n${lines.join("\n")}`).toBeGreaterThanOrEqual(0);
      at += step;
    }
  }).toPass({ timeout: 10_000 });
}

/** A line of a role that holds all of these words in their order. */
export function line(role: string, ...words: string[]): RegExp {
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${role}\\b.*${escaped.join(".*")}`);
}

/** Role, name, state and text of everything in it: `button "Select" [pressed]`, `paragraph: 18 areas`. */
export async function linesOf(part: Locator): Promise<string[]> {
  return (await part.ariaSnapshot()).split("\n").map((line) =>
    line
      .trim()
      .replace(/^- /, "")
      // Where a colon or a quote would be read as YAML.
      .replace(/^'(.*)'(:|$)/, (_, key: string, end: string) => key.replaceAll("''", "'") + end)
      .replace(/: "(.*)"$/, (_, text: string) => `: ${text.replaceAll('\\"', '"')}`)
      .replace(/:$/, ""),
  );
}

/** Hears what a screen reader says by itself, from the next page that is opened on. */
export async function listen(page: Page): Promise<{ since: () => Promise<string[]> }> {
  await page.addInitScript(() => {
    const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
    const heard: string[] = [];
    Object.assign(window, { heard });
    const known = new WeakSet<Element>();
    const textOf = (node: Node) => (node.textContent ?? "").replaceAll(/\s+/g, " ").trim();
    new MutationObserver((changes) => {
      const said = new Set<string>();
      for (const { target, addedNodes } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(LIVE);
        // What comes together with its words is not heard.
        if (!region || !(known.has(region) || region.role === "alert")) continue;
        const isWhole = region.ariaAtomic !== "false";
        for (const text of isWhole ? [textOf(region)] : [...addedNodes].map(textOf)) said.add(text);
      }
      heard.push(...[...said].filter(Boolean));
      for (const region of document.querySelectorAll(LIVE)) known.add(region);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  // What is said in quick succession is waited for: until nothing more comes.
  const take = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0));
  return {
    since: async () => {
      const all: string[] = [];
      let quiet = 0;
      while (quiet < 3) {
        await page.waitForTimeout(150);
        const said = await take();
        quiet = said.length === 0 ? quiet + 1 : 0;
        all.push(...said);
      }
      return all;
    },
  };
}
