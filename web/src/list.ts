// The order and the visible window of the Areas list.

import { orderOfNames } from "./name-order";
import type { Picture } from "./picture";
import { isCategory } from "./scale";
import type { Sort } from "./view";

interface Sortable {
  names: readonly string[];
  /** Whole numbers; 1 is the worst. */
  ranks: readonly (number | null)[];
}

/** What the areas of a picture are ordered by: categories in the order that they are given in. */
export function sortableOf({ areas, values, classes, scene }: Picture): Sortable {
  const ranks = isCategory(scene.indicator.kind) ? values.values : classes.rank.values;
  return { names: areas.columns.name, ranks };
}

/**
 * Indices of areas in the order asked for, of all or those to keep. Areas of one rank are in the order of their codes, as everywhere; those
 * without a value come last.
 */
export function orderAreas(
  areas: Sortable,
  sort: Sort,
  keep: ((index: number) => boolean) | null,
): readonly number[] {
  const all = sort === "name" ? orderOfNames(areas.names) : areas.names.map((_, index) => index);
  const kept = keep ? all.filter(keep) : all;
  if (sort === "name") return kept;
  // Each area goes to its place by its rank alone: those of the same rank stay as they are.
  let highest = 0;
  for (const rank of areas.ranks) if (rank !== null && rank > highest) highest = rank;
  const last = highest + 1;
  const placeOf = (rank: number | null | undefined) =>
    rank == null ? last : sort === "best" ? highest - rank : rank;
  const starts = new Uint32Array(last + 2);
  for (const area of kept) (starts[placeOf(areas.ranks[area]) + 1] as number) += 1;
  for (let place = 0; place < last; place += 1) {
    (starts[place + 1] as number) += starts[place] as number;
  }
  const order = new Array<number>(kept.length);
  for (const area of kept) {
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
/** One more, where it ties with the fifth. */
const MOST = 6;
/** Among so few areas every one is in sight. */
const FEW = 30;

/** The five worst areas in order. Areas that share a rank stay together: where they are too many, those before them alone are pointed out. */
export function worstAreas(ranks: readonly (number | null)[]): number[] {
  const found: number[] = [];
  if (ranks.length <= FEW) return found;
  while (found.length < WORST) {
    const alike = areasOf(ranks, found.length + 1);
    if (alike.length === 0 || found.length + alike.length > MOST) break;
    found.push(...alike);
  }
  return found;
}

/** How many areas share the first rank, where that is why none is pointed out; otherwise 0. */
export function tooManyFirst(ranks: readonly (number | null)[]): number {
  const first = ranks.length <= FEW ? 0 : areasOf(ranks, 1).length;
  return first > MOST ? first : 0;
}

/** The areas of a rank, in the order of their codes. */
function areasOf(ranks: readonly (number | null)[], wanted: number): number[] {
  const found: number[] = [];
  for (let area = 0; area < ranks.length; area += 1) if (ranks[area] === wanted) found.push(area);
  return found;
}

/** How many areas have each rank. */
const counted = new WeakMap<readonly (number | null)[], Uint32Array>();

/** The rank of an area as it stands in a list: `4`, or `4=` where it shares it. */
export function rankText(ranks: readonly (number | null)[], area: number): string {
  const rank = ranks[area];
  if (rank == null) return "";
  let counts = counted.get(ranks);
  if (!counts) {
    counts = new Uint32Array(ranks.length + 1);
    for (const other of ranks) if (other !== null) (counts[other] as number) += 1;
    counted.set(ranks, counts);
  }
  return (counts[rank] ?? 0) > 1 ? `${rank}=` : String(rank);
}
