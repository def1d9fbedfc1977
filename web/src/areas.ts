// How an area is called on screen, and which place it has among the others.

import type { AreaColumns, Geography, Rank } from "./contract";
import { formatOrdinal } from "./format";
import { say } from "./words";

/** The local name comes first where there is one, and the official one stands beside it. */
export function nameOf(
  areas: AreaColumns,
  index: number,
): { first: string; second: string | null } {
  const official = areas.columns.name[index] ?? "";
  const local = areas.columns.local_name[index] ?? null;
  return local ? { first: local, second: official } : { first: official, second: null };
}

/** What one of a geography's areas is called beside others: with the vintage where theirs are called the same. */
export function kindAmong(geography: Geography, others: readonly Geography[]): string {
  const alike = others.filter(({ singular }) => singular === geography.singular);
  return alike.length > 1 ? geography.distinct_singular : geography.singular;
}

/** A last word of so many letters stands whole. */
const SHORT_END = 12;

/** The parts of a name that has to be cut: from the end, "002D", it is told from its neighbours. */
export function partsOf(name: string): { start: string; end: string } {
  const at = name.trimEnd().lastIndexOf(" ");
  if (at < 1 || name.length - at - 1 > SHORT_END) return { start: name, end: "" };
  return { start: name.slice(0, at), end: name.slice(at) };
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

/** The place of a ranked area from the nearer end: `highest`, `3rd highest`, `joint 2nd least deprived`; empty for the others. */
export function placeWords({ values, n, called, called_last }: Rank, area: number): string {
  const rank = values[area] ?? null;
  if (rank === null) return "";
  const equal = values.filter((other) => other === rank).length;
  const fromLast = n - rank - equal + 2;
  const [place, end] = fromLast < rank ? [fromLast, called_last] : [rank, called];
  const words = { rank: place, ordinal: formatOrdinal(place), end };
  return equal > 1 ? say("place-from-end-joint", words) : say("place-from-end", words);
}

/** The same among all that are ranked: `3rd highest of 364 in Worcestershire`. */
export function standingWords(rank: Rank, area: number): string {
  const place = placeWords(rank, area);
  return place && `${place} ${say("rank-of", { n: rank.n, scope: rank.scope })}`;
}
