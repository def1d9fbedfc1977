// What becomes of the selected areas: toggled one by one, and carried when the geography changes.

import type { AreaColumns } from "./contract";
import { countOf } from "./format";
import { type AreaRef, MOST_MEMBERS, sameRef } from "./ref";
import { say } from "./words";

/** As many as `compare` takes. */
export const MAX_SELECTED = MOST_MEMBERS;

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
  const result: AreaRef[] = [];
  const parents = from.columns.parents[to.id];
  let moved = 0;
  let dropped = 0;
  for (const ref of areas) {
    const next = carry(ref, from, parents, to.id);
    if (!next) {
      dropped += 1;
      continue;
    }
    if (ref.geography === null) moved += 1;
    if (!result.some((other) => sameRef(other, next))) result.push(next);
  }
  return { areas: result, notice: carriedNotice(moved, dropped, result.length, to) };
}

function carry(
  ref: AreaRef,
  from: AreaColumns,
  parents: readonly (string | null)[] | undefined,
  to: string,
): AreaRef | null {
  if (ref.geography === to) return { geography: null, code: ref.code };
  if (ref.geography !== null) return null;
  const code = parents?.[from.columns.code.indexOf(ref.code)];
  return code ? { geography: null, code } : null;
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
