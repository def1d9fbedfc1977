// What the numbers on the map are, while nothing is selected.

import { rankText, tooManyFirst } from "../list";
import type { Page } from "../page.svelte";
import { say } from "../words";

/** What must be known of an indicator stands beside its figures where it is no longer; the whole is one click away. */
const SHORT = 90;

/** What must be known of the indicator, where it is short. */
export function caveatOf({ picture }: Page): string | null {
  const caveat = picture?.scene.indicator.caveat;
  return caveat && caveat.length <= SHORT ? caveat : null;
}

/** In a sentence, also where too many areas tie to be numbered; nothing where all areas are in sight. */
export function numberedWords(page: Page): string | null {
  const { picture } = page;
  const n = page.worst.length;
  if (!picture) return null;
  const { rank } = picture.classes;
  if (n === 0) {
    const joint = picture.before ? 0 : tooManyFirst(rank.values);
    return joint > 0 ? say("numbered-none", { n: joint, end: rank.called }) : null;
  }
  if (picture.before) return say("numbered-changes", { n, first: rank.first });
  const beside = page.paired && page.second.worst.length > 0 ? page.second.picture : null;
  if (!beside) {
    const isTied = page.worst.some((area) => rankText(rank.values, area).endsWith("="));
    const words = { n, end: rank.called };
    return isTied ? say("numbered-tied", words) : say("numbered", words);
  }
  const second = beside.classes.rank.called;
  return say("numbered-each", { n, first: rank.called, second });
}
