// Whether what is on the screen is accessible, as axe finds out.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type axe from "axe-core";

const SCRIPT = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Of the rules those that see colours: all that another theme can break, and those that take the longest. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

interface Look {
  theme: "light" | "dark";
  /** It has the light colours of the desk, which are looked at there. */
  isPhone: boolean;
  /** The part of the page that is looked at; the whole unless said. */
  part?: string;
  /** More kinds of rules than those of WCAG. */
  more?: string[];
}

/** What is wrong: the rule, and the elements that break it. */
export async function violations(page: Page, { theme, isPhone, part, more = [] }: Look): Promise<string[]> {
  const found = await broken(
    page,
    {
      runOnly:
        theme === "dark" ? { type: "rule", values: COLOUR_RULES } : { type: "tag", values: [...RULES, ...more] },
      rules: isPhone ? Object.fromEntries(COLOUR_RULES.map((id) => [id, { enabled: false }])) : {},
    },
    part,
  );
  return found.map((one) => `${theme}: ${one}`);
}

/** What breaks the rules asked for: each with its elements. */
export async function broken(page: Page, options: axe.RunOptions, part?: string): Promise<string[]> {
  // Once in each page that is opened: to bring it there takes as long as to ask it.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(SCRIPT);
  return page.evaluate(
    async ([part, options]) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      const { violations } = await run(part ?? document, { ...options, resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
    },
    [part, options] as const,
  );
}
