// When the picture of a view does not come: what is left out of the view, and what is shown instead.

import { ApiError } from "./api";
import type { Failure } from "./failure";
import { capitalise } from "./format";
import { withoutRefused } from "./legend/asked";
import type { Scene } from "./scene";
import { DEFAULT_VIEW, type View } from "./view";

/** The parameter that the server refused; `null` where nothing was judged, so that asking again may help. */
export function refusedOf(error: unknown): string | null {
  return error instanceof ApiError ? error.parameter : null;
}

/** The view without what the server refused of it, where there is something to leave out. */
export function withoutWhatIsRefused(view: View, error: unknown): View | null {
  if (!(error instanceof ApiError) || error.parameter === null) return null;
  if (error.parameter === "within" && view.within) return { ...view, within: null };
  if (error.parameter === "mode" && view.mode !== DEFAULT_VIEW.mode)
    return { ...view, mode: DEFAULT_VIEW.mode };
  return withoutRefused(view, error.parameter);
}

/** Two scenes, named by the first thing that is different of them; `timeOf` names the time of one. */
export function shownInstead(
  wanted: Scene,
  shown: Scene,
  timeOf: (scene: Scene) => string,
): Failure["instead"] {
  const names: ((scene: Scene) => string)[] = [
    ({ indicator }) => indicator.name,
    ({ geography }) => capitalise(geography.distinct_plural),
    (scene) => `${scene.indicator.name}, ${timeOf(scene)}`,
  ];
  const name = names.find((name) => name(wanted) !== name(shown));
  return name && { wanted: name(wanted), shown: name(shown) };
}
