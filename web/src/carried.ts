// The selection in another geography, as the areas that stand for those that were selected.

import { nameOf } from "./areas";
import { tooMany } from "./choosing/groups";
import type { AreaColumns, Geography } from "./contract";
import { counterparts } from "./counterparts";
import { countOf, listOf } from "./format";
import { type AreaRef, isTooMany, writeRef } from "./ref";
import { say } from "./words";

/** A geography with its areas. */
export interface Known {
  geography: Geography;
  areas: AreaColumns;
  /** Of clusters, which overlap: what each is made of. */
  members?: { base: Known; of: ReadonlyMap<string, readonly string[]> };
}

/** So many areas are named in a notice. */
const MOST_SAID = 5;

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
