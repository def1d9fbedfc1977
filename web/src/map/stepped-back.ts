// Areas that a filter leaves out step back on the map: each paint has a dimmed twin, which they wear.

import type { Colouring } from "./index";

/** How much is left of a fill that steps back. */
export const DIMMED = 0.14;

/** The colouring with the areas that do not pass dimmed; as it was where nothing is filtered. */
export function steppedBack(
  { paints, ofArea }: Colouring,
  passing: readonly boolean[] | null,
): Colouring {
  if (!passing) return { paints, ofArea };
  return {
    paints: [...paints, ...paints.map((paint) => ({ ...paint, dimmed: true }))],
    ofArea: ofArea.map((paint, area) => (passing[area] ? paint : paint + paints.length)),
  };
}
