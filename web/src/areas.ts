// How an area is called on screen.

import type { AreaColumns } from "./contract";

/** The local name comes first where there is one, and the official one stands beside it. */
export function nameOf(
  areas: AreaColumns,
  index: number,
): { first: string; second: string | null } {
  const official = areas.columns.name[index] ?? "";
  const local = areas.columns.local_name[index] ?? null;
  return local ? { first: local, second: official } : { first: official, second: null };
}

/** The name of the parent that an area lies in. */
export function parentNameOf(
  areas: AreaColumns,
  parents: AreaColumns | null,
  index: number,
): string | null {
  const code = parents ? areas.columns.parents[parents.geography]?.[index] : null;
  if (!parents || !code) return null;
  const at = parents.columns.code.indexOf(code);
  return at < 0 ? null : nameOf(parents, at).first;
}

/** Whether another area has the same rank. */
export function isShared(ranks: readonly (number | null)[], rank: number): boolean {
  return ranks.indexOf(rank) !== ranks.lastIndexOf(rank);
}
