// The order and the visible window of the Areas list.

import { orderOfNames } from "./name-order";
import type { Sort } from "./view";

interface Sortable {
  names: readonly string[];
  /** 1 is the worst. */
  ranks: readonly (number | null)[];
}

/** Indices of areas in the order asked for; areas without a value come last, by name. */
export function orderAreas(
  areas: Sortable,
  sort: Sort,
  keep: (index: number) => boolean,
): number[] {
  const byName = orderOfNames(areas.names).filter(keep);
  if (sort === "name") return byName;
  // Each area goes to the others of its rank: no comparing, and those stay in the order of their names.
  const ofRank: number[][] = [];
  const last: number[] = [];
  for (const area of byName) {
    const rank = areas.ranks[area] ?? null;
    if (rank === null) {
      last.push(area);
      continue;
    }
    const same = ofRank[rank];
    if (same) same.push(area);
    else ofRank[rank] = [area];
  }
  const ranked = ofRank.filter((same) => same !== undefined);
  if (sort === "best") ranked.reverse();
  return [...ranked, last].flat();
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

/** The length of a bar, 0 to 1, from zero or from the least value when that is below zero. */
export function barLength(value: number, least: number, most: number): number {
  const start = Math.min(0, least);
  const end = Math.max(0, most);
  return end === start ? 0 : Math.min(1, Math.max(0, (value - start) / (end - start)));
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
