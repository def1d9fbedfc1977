// What becomes of the selected areas: toggled one by one, and carried when the geography changes.

import { nameOf } from "./areas";
import { tooMany } from "./choosing/groups";
import type { AreaColumns, Geography, Indicator } from "./contract";
import { counterparts } from "./counterparts";
import { countOf, listOf } from "./format";
import { type AreaRef, isTooMany, sameRef, writeRef } from "./ref";
import type { Scene } from "./scene";
import type { View } from "./view";
import { say } from "./words";

export function toggled(areas: readonly AreaRef[], ref: AreaRef): AreaRef[] {
  const without = areas.filter((other) => !sameRef(other, ref));
  return without.length < areas.length ? without : [...areas, ref];
}

/** The selection with one area in the place of another, whether or not that was selected. */
export function passed(areas: readonly AreaRef[], from: AreaRef, to: AreaRef): AreaRef[] {
  const rest = areas.filter((other) => !sameRef(other, from) && !sameRef(other, to));
  return [...rest, to];
}

/** A geography with its areas. */
export interface Known {
  geography: Geography;
  areas: AreaColumns;
  /** Of clusters, which overlap: what each is made of. */
  members?: { base: Known; of: ReadonlyMap<string, readonly string[]> };
}

/** So many areas are named in a notice. */
const MOST_SAID = 5;

/** The geographies whose areas cannot be shown beside others: the indicator is not published for them. */
export function leftBehind(
  areas: readonly AreaRef[],
  indicator: Indicator,
  shown: string,
): Set<string> {
  const others = areas.flatMap(({ geography }) => geography ?? []);
  return new Set(others.filter((id) => id !== shown && !indicator.periods[id]?.length));
}

/**
 * A view as it is in the scene that it leads `to`, away from the geography `present`, and the geographies whose
 * selected areas are `left` there. A place that the areas of the other geography do not lie in no longer limits it.
 */
export function elsewhere(
  view: View,
  present: string,
  { geography, indicator }: Pick<Scene, "geography" | "indicator">,
): { view: View; left: Set<string> } {
  if (geography.id === present) return { view, left: new Set() };
  // Without a geography they are of the one that is left.
  const areas = view.areas.map((ref) => ({ ...ref, geography: ref.geography ?? present }));
  const left = leftBehind(areas, indicator, geography.id);
  if (areas.some((ref) => ref.geography === present)) left.add(present);
  const { within } = view;
  const isInside = geography.parents.some((parent) => parent.geography === within?.geography);
  return { view: { ...view, areas, within: isInside ? within : null }, left };
}

/**
 * The selection in another geography: the areas of those `from` which it goes are followed by their
 * counterparts, and let go where they have none. Others stay.
 */
export function carried(
  areas: readonly AreaRef[],
  from: readonly Known[],
  to: Known,
): { areas: AreaRef[]; notices: string[] } {
  const result = new Map<string, AreaRef>();
  const add = (ref: AreaRef) => result.set(writeRef(ref), ref);
  const moved = new Map<Known, number>();
  const reached = new Set<string>();
  const dropped: string[] = [];
  const follow = new Map(
    from.map((known) => [known.geography.id, { known, ...follower(known, to) }]),
  );
  for (const ref of areas) {
    const own = ref.geography === null ? undefined : follow.get(ref.geography);
    if (!own) {
      add(ref.geography === to.geography.id ? { geography: null, code: ref.code } : ref);
      continue;
    }
    const codes = own.counterparts(ref.code);
    if (codes.length === 0) dropped.push(own.name(ref.code));
    else moved.set(own.known, (moved.get(own.known) ?? 0) + 1);
    for (const code of codes) {
      reached.add(code);
      add({ geography: null, code });
    }
  }
  const next = [...result.values()];
  if (isTooMany(next)) return { areas: [], notices: [tooMany(next.length)] };
  return { areas: next, notices: notices(moved, reached.size, dropped, to.geography) };
}

function follower(from: Known, to: Known) {
  const of = ({ geography, areas }: Known) => ({ kind: geography, areas });
  const members = from.members && { base: of(from.members.base), of: from.members.of };
  const index = new Map(from.areas.columns.code.map((code, i) => [code, i]));
  const name = (code: string) => {
    const at = index.get(code);
    return at === undefined ? code : nameOf(from.areas, at).first;
  };
  return { name, counterparts: counterparts({ ...of(from), members }, of(to)) };
}

function notices(
  moved: ReadonlyMap<Known, number>,
  reached: number,
  dropped: readonly string[],
  to: Geography,
): string[] {
  const counted = (n: number, { distinct_singular, distinct_plural }: Geography) =>
    countOf(n, distinct_singular, distinct_plural);
  const said: string[] = [];
  if (moved.size > 0) {
    const from = [...moved].map(([{ geography }, n]) => counted(n, geography));
    said.push(say("selection-moved", { from: listOf(from), to: counted(reached, to) }));
  }
  if (dropped.length > 0) {
    const more = dropped.length - MOST_SAID;
    const names = [
      ...dropped.slice(0, MOST_SAID),
      ...(more > 0 ? [say("more-notices", { n: more })] : []),
    ];
    const areas = to.distinct_plural;
    said.push(say("selection-dropped", { names: listOf(names), n: dropped.length, areas }));
  }
  return said;
}
