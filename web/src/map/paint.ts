// From a picture to the fill of every area.

import type { Picture } from "../picture";
import type { Fill, Paint } from "./index";

/** `lit` is the one class that stands out; the others step back. */
export function paintAreas(
  picture: Pick<Picture, "areas" | "classes" | "values" | "scene">,
  colours: readonly string[],
  lit: number | null,
): Paint[] {
  const { classes, values, scene, areas } = picture;
  const { within } = scene;
  const parents = within?.geography ? areas.columns.parents[within.geography] : undefined;
  return classes.classes.map((inClass, index) => {
    const isOutside = within !== null && parents?.[index] !== within.code;
    const fill = isOutside ? "outside" : fillOf(inClass, values.status[index], colours);
    return { fill, dimmed: lit !== null && inClass !== lit };
  });
}

function fillOf(
  inClass: number | null,
  status: string[] | undefined,
  colours: readonly string[],
): Fill {
  const colour = inClass === null ? undefined : colours[inClass];
  if (colour !== undefined) return { colour };
  return status?.includes("suppressed") ? "hidden" : "no-data";
}
