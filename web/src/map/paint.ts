// From a picture to the fill of every area.

import type { Tint } from "../picture";
import type { Colouring, Fill } from "./index";

/** `parents` are those of the areas where the scene keeps within one. `lit` is the one class that stands out; the others step back. */
export function paintAreas(
  { classes, values, scene: { within } }: Tint,
  parents: readonly (string | null)[] | undefined,
  colours: readonly string[],
  lit: number | null,
): Colouring {
  const fills: Fill[] = [...colours.map((colour) => ({ colour })), "no-data", "hidden", "outside"];
  const [noData, hidden, outside] = [colours.length, colours.length + 1, colours.length + 2];
  const paintOf = (inClass: number | null, area: number) => {
    if (within !== null && parents?.[area] !== within.code) return outside;
    if (inClass !== null && inClass < colours.length) return inClass;
    // Classes that somebody chose need not hold every value.
    if ((values.values[area] ?? null) !== null) return outside;
    return values.status[area]?.includes("suppressed") ? hidden : noData;
  };
  const ofArea = new Uint8Array(classes.classes.length);
  classes.classes.forEach((inClass, area) => {
    ofArea[area] = paintOf(inClass, area);
  });
  return { paints: fills.map((fill, i) => ({ fill, dimmed: lit !== null && i !== lit })), ofArea };
}
