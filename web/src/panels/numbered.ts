// What the numbers on the map are, while nothing is selected.

import type { Page } from "../page.svelte";
import { say } from "../words";

/** In a sentence; nothing where areas have no numbers of their own. */
export function numberedWords(page: Page): string | null {
  const { picture } = page;
  const n = page.worst.length;
  if (!picture || n === 0) return null;
  const { rank } = picture.classes;
  if (picture.before) return say("numbered-changes", { n, first: rank.first });
  const beside = page.paired && page.second.worst.length > 0 ? page.second.picture : null;
  if (!beside) return say("numbered", { n, end: rank.called });
  const second = beside.classes.rank.called;
  return say("numbered-each", { n, first: rank.called, second });
}
