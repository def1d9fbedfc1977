// The areas around which groups of hotspots lie.

import type { Picture } from "../picture";

/** What marks a peak, on the map and in the list. */
export const PEAK = "▲";

/** The peak of each group that the map shows, of the largest first, by their places in the geography. */
export function peaksOf({ answer, index }: Picture): number[] {
  const groups = answer?.mode === "hotspots" ? answer.found.groups : [];
  return groups.flatMap(({ peak }) => index.get(peak) ?? []);
}
