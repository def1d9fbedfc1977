// What becomes of the selected areas: toggled one by one, and carried when the geography changes.

import type { AreaColumns } from "./contract";
import { countOf } from "./format";
import { type AreaRef, sameRef, writeRef } from "./ref";
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

/**
 * The selection in another geography: an area goes to its parent there, and is dropped where it
 * has none (a district has many LSOAs, not one). Areas that were of the other geography stay.
 */
export function carried(
  areas: readonly AreaRef[],
  from: AreaColumns,
  to: { id: string; singular: string; plural: string },
): { areas: AreaRef[]; notice: string | null } {
  if (areas.length === 0 || from.geography === to.id) return { areas: [...areas], notice: null };
  const parents = from.columns.parents[to.id];
  const parentOf = new Map(from.columns.code.map((code, i) => [code, parents?.[i] ?? null]));
  const result = new Map<string, AreaRef>();
  let moved = 0;
  let dropped = 0;
  for (const ref of areas) {
    const code = ref.geography === to.id ? ref.code : carry(ref, parentOf);
    if (code === null) {
      dropped += 1;
      continue;
    }
    if (ref.geography === null) moved += 1;
    const next = { geography: null, code };
    result.set(writeRef(next), next);
  }
  return { areas: [...result.values()], notice: carriedNotice(moved, dropped, result.size, to) };
}

/** The code of the area that one of the geography left behind lies in. */
function carry(ref: AreaRef, parentOf: ReadonlyMap<string, string | null>): string | null {
  return ref.geography === null ? (parentOf.get(ref.code) ?? null) : null;
}

function carriedNotice(
  moved: number,
  dropped: number,
  left: number,
  to: { singular: string; plural: string },
): string | null {
  const sentences: string[] = [];
  if (moved > 0) {
    sentences.push(
      say("selection-moved", { n: moved, where: countOf(left, to.singular, to.plural) }),
    );
  }
  if (dropped > 0) {
    sentences.push(say("selection-dropped", { n: dropped, areas: to.plural }));
  }
  return sentences.length > 0 ? sentences.join(" ") : null;
}
