// What the classes are, in words: for the legend, the picture and the page on paper.

import { formatNumber } from "../format";
import type { Picture } from "../picture";
import { isNumbered } from "../scale";
import { say } from "../words";

/** How many areas are in what classes, and whose values made these. `place` is what the atlas covers. */
export function classesOf({ classes, scene }: Picture, place: string): string {
  const areas = say("area-count", { n: classes.n });
  if (isNumbered(classes, scene.indicator.kind)) return say("as-published", { areas });
  if (classes.kinds) return areas;
  if (classes.method === "symmetrical") return say("in-classes-symmetrical", { areas });
  const made = madeOf({ classes, scene }, areas, place);
  return classes.still ? say("in-classes-still", { classes: made, n: scene.periods.length }) : made;
}

/** How many areas are in what classes of their values. */
function madeOf(
  { classes, scene }: Pick<Picture, "classes" | "scene">,
  areas: string,
  place: string,
): string {
  const whose = whoseClasses({ classes, scene }, place);
  if (whose !== null) return say("in-classes-of", { areas, whose });
  const { centre } = scene.classes;
  if (centre !== null && classes.breaks.includes(centre)) {
    const value = formatNumber(centre, scene.indicator.decimals);
    return say("in-classes-parted", { areas, n: classes.k, value });
  }
  if (classes.method === "custom") return say("in-classes-own", { areas, n: classes.k });
  if (classes.method === "equal") return say("in-classes-equal", { areas, n: classes.k });
  if (classes.method === "jenks") return say("in-classes-jenks", { areas, n: classes.k });
  // Ties have emptied a class: the note says so, and the counts are not equal.
  if (classes.method === "quantile" && classes.k === classes.requested_k) {
    return say("in-classes-quantile", { areas, n: classes.k });
  }
  return say("in-classes", { areas, n: classes.k });
}

/** Whose values made the classes, where they are not the areas that are shown. */
export function whoseClasses(
  { classes, scene }: Pick<Picture, "classes" | "scene">,
  place: string,
): string | null {
  if (classes.method === "custom" || classes.method === "published") return null;
  if (classes.scope === "atlas" && scene.within) return place;
  if (classes.scope === "selection")
    return say("scope-of-selection", { areas: say("area-count", { n: classes.scope_n }) });
  return null;
}
