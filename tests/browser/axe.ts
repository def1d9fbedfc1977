// Whether what is on the screen is accessible, as axe finds out.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

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
  const axe = new AxeBuilder({ page });
  if (part) axe.include(part);
  if (theme === "dark") axe.withRules(COLOUR_RULES);
  else axe.withTags([...RULES, ...more]);
  if (isPhone && theme === "light") axe.disableRules(COLOUR_RULES);
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}
