// The order and the visible window of the Areas list.

import { orderOfNames } from "./name-order";
import type { Sort } from "./view";

interface Sortable {
  names: readonly string[];
  /** Whole numbers; 1 is the worst. */
  ranks: readonly (number | null)[];
}

/** Indices of areas in the order asked for, of all or those to keep; areas without a value come last, by name. */
export function orderAreas(
  areas: Sortable,
  sort: Sort,
  keep: ((index: number) => boolean) | null,
): readonly number[] {
  const all = orderOfNames(areas.names);
  const byName = keep ? all.filter(keep) : all;
  if (sort === "name") return byName;
  // Each area goes to its place by its rank alone: those of the same rank stay in the order of their names.
  let highest = 0;
  for (const rank of areas.ranks) if (rank !== null && rank > highest) highest = rank;
  const last = highest + 1;
  const placeOf = (rank: number | null | undefined) =>
    rank == null ? last : sort === "best" ? highest - rank : rank;
  const starts = new Uint32Array(last + 2);
  for (const area of byName) (starts[placeOf(areas.ranks[area]) + 1] as number) += 1;
  for (let place = 0; place < last; place += 1) {
    (starts[place + 1] as number) += starts[place] as number;
  }
  const order = new Array<number>(byName.length);
  for (const area of byName) {
    const place = placeOf(areas.ranks[area]);
    order[starts[place] as number] = area;
    (starts[place] as number) += 1;
  }
  return order;
}

const SHORT = 60;

/** The rows to draw so that what is between `top` and `bottom` is covered, with some to spare. */
export function visibleRows(
  top: number,
  bottom: number,
  rowHeight: number,
  count: number,
): { first: number; end: number } {
  // A short list is drawn whole, on screen or not.
  if (count <= SHORT) return { first: 0, end: count };
  const spare = 8;
  const first = Math.min(count, Math.max(0, Math.floor(top / rowHeight) - spare));
  const end = Math.max(first, Math.min(count, Math.ceil(bottom / rowHeight) + spare));
  return { first, end };
}

const WORST = 5;
/** Among so few areas every one is in sight. */
const FEW = 30;

/** The five worst areas in order; none where areas share their ranks, for then five would be chance. */
export function worstAreas(ranks: readonly (number | null)[]): number[] {
  if (ranks.length <= FEW) return [];
  const found: number[] = [];
  for (let rank = 1; rank <= WORST; rank += 1) {
    const area = ranks.indexOf(rank);
    if (area < 0 || area !== ranks.lastIndexOf(rank)) return [];
    found.push(area);
  }
  return found;
}
