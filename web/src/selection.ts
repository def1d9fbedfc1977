// What becomes of the selected areas: toggled one by one, and left where another geography is shown.

import type { Indicator } from "./contract";
import { type AreaRef, sameRef } from "./ref";
import type { Scene } from "./scene";
import type { View } from "./view";

export function toggled(areas: readonly AreaRef[], ref: AreaRef): AreaRef[] {
  const without = areas.filter((other) => !sameRef(other, ref));
  return without.length < areas.length ? without : [...areas, ref];
}

/** The selection with one area in the place of another, whether or not that was selected. */
export function passed(areas: readonly AreaRef[], from: AreaRef, to: AreaRef): AreaRef[] {
  const rest = areas.filter((other) => !sameRef(other, from) && !sameRef(other, to));
  return [...rest, to];
}

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
