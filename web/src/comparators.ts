// What every area is held against: what is larger than the atlas, such as the country, and all that is shown.

import type { Against, WorstTenth } from "./contract";
import type { Page } from "./page.svelte";
import { hasNames, isNumbered } from "./scale";

/** Something that values are held against, and what it has. */
export type Held = Pick<Against, "code" | "name"> & { value: number };

/** What is larger than the atlas, as far as it has the indicator. */
export function largerOf({ picture, beside }: Page): Held[] {
  return (picture?.scene.comparators ?? []).flatMap(({ code }) =>
    held(beside.benchmarks.get(code)),
  );
}

/** All that is shown, as one: the place that the view is limited to, or the whole. */
export function wholeOf({ picture, beside }: Page): Held | null {
  const within = picture?.scene.within;
  return held(beside.benchmarks.get(within?.code ?? null))[0] ?? null;
}

/** Why the figure of all that is shown is held back, such as to protect privacy; of many indicators, such as ranks, there is none. */
export function absenceOfWhole({ picture, beside }: Page): string[] {
  const whole = beside.benchmarks.get(picture?.scene.within?.code ?? null);
  return whole?.value === null ? whole.status.filter((word) => word !== "not-available") : [];
}

/** Of a decile, which all that is shown has none of: how many of its areas are in the worst tenth. */
export function tenthOf({ picture, beside }: Page): WorstTenth | null {
  return beside.benchmarks.get(picture?.scene.within?.code ?? null)?.worst_tenth ?? null;
}

/** What stands on one scale with the areas, and so has a place among the classes of the map: counts of a country do not, and nor has it a decile. */
export function amongClasses(page: Page): Held[] {
  if (!page.picture) return [];
  const { classes, scene } = page.picture;
  const { kind } = scene.indicator;
  const isOfValues = kind !== "count" && !hasNames(classes, kind) && !isNumbered(classes, kind);
  return isOfValues ? [...largerOf(page), ...held(wholeOf(page))] : [];
}

/** What has a value, as a list of one; nothing else has a place among figures. */
export function held(
  item: (Omit<Held, "value"> & { value: number | null }) | null | undefined,
): Held[] {
  return item == null || item.value === null ? [] : [{ ...item, value: item.value }];
}
