// What a view says of the classes, as it means something for what is shown, and what of it the server is asked.

import type { Indicator } from "../contract";
import { writeRefs } from "../ref";
import type { Scene } from "../scene";
import { DEFAULT_VIEW, METHODS, type View } from "../view";
import { say } from "../words";

/** What makes the classes. */
export type ClassChoice = Pick<View, "method" | "k" | "breaks" | "centre" | "scope" | "still">;

export interface ClassQuery extends Record<string, string | number | null> {
  method: string | null;
  k: number | null;
  breaks: string | null;
  centre: number | null;
  scope: string | null;
  areas: string | null;
  still: string | null;
}

export const NOTHING_ASKED: ClassQuery = {
  method: null,
  k: null,
  breaks: null,
  centre: null,
  scope: null,
  areas: null,
  still: null,
};

/** Whether the classes can be chosen; published deciles come as their own. */
export function hasMethods({ methods }: Pick<Indicator, "methods">): boolean {
  return METHODS.some((method) => methods.includes(method));
}

/** Breaks are made for one indicator: another has other values. */
export function forAnotherIndicator(view: View): Partial<View> {
  const isOwn = view.method === "custom";
  const method = isOwn ? DEFAULT_VIEW.method : view.method;
  return { method, breaks: null, centre: null };
}

/** Whose values make the classes, where it is not those of the areas that are shown anyway. `areas` are of the geography shown where none is written. */
export function scopeOf({ scope, within, areas }: Pick<View, "scope" | "within" | "areas">) {
  if (scope === "atlas" && within) return scope;
  const hasOwn = areas.some((ref) => ref.geography === null);
  return scope === "selection" && hasOwn ? scope : null;
}

/** Whether the selection that makes the classes is only named yet, as a group, so that its areas are still to come. */
export function isComing({ scope, groups }: Pick<View, "scope" | "groups">): boolean {
  return scope === "selection" && groups.length > 0;
}

/** The choice as far as it holds for an indicator; what does not is said. */
export function choiceFor(
  view: View,
  indicator: Indicator,
  shown: Pick<View, "within" | "areas">,
  notices: string[],
): ClassChoice {
  const { method, k, breaks, centre, still } = view;
  const scope = isComing(view) ? view.scope : scopeOf({ ...shown, scope: view.scope });
  if (view.scope === "selection" && scope === null) notices.push(say("scope-nothing-selected"));
  const isOwn = method === "custom";
  if (!isOwn || indicator.methods.includes("custom"))
    return { method, k, breaks, centre, scope, still };
  notices.push(say("no-own-classes", { indicator: indicator.name }));
  return { method: DEFAULT_VIEW.method, k, breaks: null, centre: null, scope, still };
}

/** What is asked: what is the default, or has no meaning here, is left out. */
export function classQuery({ indicator, within, areas, periods, classes }: Scene): ClassQuery {
  const { method, k, breaks, centre } = classes;
  if (!hasMethods(indicator)) return NOTHING_ASKED;
  if (breaks) return { ...NOTHING_ASKED, method, breaks: breaks.join(","), centre };
  const scope = scopeOf({ scope: classes.scope, within, areas });
  const own = areas.filter((ref) => ref.geography === null);
  return {
    method: method === DEFAULT_VIEW.method ? null : method,
    k: k === DEFAULT_VIEW.k ? null : k,
    breaks: null,
    centre,
    scope,
    areas: scope === "selection" ? writeRefs(own).join(",") : null,
    still: classes.still && periods.length > 1 ? "true" : null,
  };
}

/** The view without what the server refused of its classes; `null` where it refused none of them. */
export function withoutRefused(view: View, parameter: string): View | null {
  const parts: Record<string, readonly (keyof View)[]> = {
    method: ["method", "breaks"],
    breaks: ["method", "breaks"],
    k: ["k"],
    centre: ["centre"],
    scope: ["scope"],
    areas: ["scope"],
  };
  const names = parts[parameter] ?? [];
  const isAsked = names.some((name) => view[name] !== DEFAULT_VIEW[name]);
  if (!isAsked) return null;
  return { ...view, ...Object.fromEntries(names.map((name) => [name, DEFAULT_VIEW[name]])) };
}

/** The view without its own breaks, where they hold none of the areas that have a value. */
export function withoutOutdated(
  view: View,
  { method, n, counts }: { method: string; n: number; counts: readonly number[] },
): View | null {
  if (method !== "custom" || n === 0 || counts.some((count) => count > 0)) return null;
  return { ...view, method: DEFAULT_VIEW.method, breaks: null };
}
