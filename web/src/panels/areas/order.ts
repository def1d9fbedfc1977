// The order of the list. Sorting compares numbers alone: where a name stands in the alphabet is
// worked out once for a geography.

import type { Sort } from "../../view";

interface Sortable {
  /** 1 is the worst. */
  ranks: readonly (number | null)[];
  /** Where the name stands in the alphabet; until that is known, the order of the geography holds. */
  places: ArrayLike<number> | null;
}

/** Indices of areas in the order asked for; areas without a value come last, by name. */
export function orderAreas(
  { ranks, places }: Sortable,
  sort: Sort,
  keep: (index: number) => boolean,
): number[] {
  const indices = ranks.map((_, index) => index).filter(keep);
  const byName = (a: number, b: number) => (places ? (places[a] ?? 0) - (places[b] ?? 0) : a - b);
  if (sort === "name") return indices.sort(byName);
  const sign = sort === "worst" ? 1 : -1;
  return indices.sort((a, b) => {
    const rankA = ranks[a] ?? null;
    const rankB = ranks[b] ?? null;
    if (rankA === null || rankB === null) {
      return rankA === rankB ? byName(a, b) : rankA === null ? 1 : -1;
    }
    return sign * (rankA - rankB) || byName(a, b);
  });
}
