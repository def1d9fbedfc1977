// Whose values make the colours: the places and areas that a reader can choose among. Of a published decile they are those of
// its publisher ("areas in England"); the indicator that puts its areas in order has those of this atlas.

import type { Catalog, Indicator } from "../contract";
import { capitalise } from "../format";
import type { Scene } from "../scene";
import { DEFAULT_VIEW, type View } from "../view";
import { say } from "../words";
import { hasMethods } from "./asked";

export interface ScopeChoice {
  id: "published" | "atlas" | "within" | "selection";
  label: string;
  isOn: boolean;
  /** What choosing it changes; with the indicator, where it is another one. */
  change: Partial<View>;
  /** What a reader is told who chooses it, where another indicator is shown then. */
  notice: string | null;
  /** Why it cannot be chosen yet. */
  reason: string | null;
}

/** With fewer areas there is nothing to put into classes. */
const LEAST_SELECTED = 2;
/** As many as deciles have. */
const TENTHS = 10;

export interface Names {
  /** What the atlas covers. */
  place: string;
  /** The place that the view is limited to. */
  within: string | null;
}

/** All choices that make sense, the widest first; the selection is one of them from the beginning, so that readers know of it. */
export function scopeChoices(scene: Scene, catalog: Catalog, names: Names): ScopeChoice[] {
  const { indicator, classes } = scene;
  const isHere = (other: Indicator) =>
    other.periods[scene.geography.id]?.includes(scene.period) ?? false;
  if (indicator.kind === "decile") {
    const order = catalog.indicators.find(({ id }) => id === indicator.ordered_by);
    if (!order || !isHere(order) || !hasMethods(order)) return [];
    const beside = { indicator: order.id, method: DEFAULT_VIEW.method, k: TENTHS };
    const local = localChoices(scene, names, null, beside, order.name);
    return [published(indicator, true, {}), ...local];
  }
  if (!hasMethods(indicator)) return [];
  const tenth = catalog.indicators.find(
    (other) => other.kind === "decile" && other.ordered_by === indicator.id && isHere(other),
  );
  const isOwn = classes.method === "custom";
  const on = isOwn ? null : (classes.scope ?? (scene.within ? "within" : "atlas"));
  return [
    ...(tenth ? [published(tenth, false, { indicator: tenth.id, k: DEFAULT_VIEW.k })] : []),
    ...localChoices(scene, names, on, isOwn ? { method: DEFAULT_VIEW.method, breaks: null } : {}),
  ];
}

function published(tenth: Indicator, isOn: boolean, change: Partial<View>): ScopeChoice {
  const label = tenth.among ? capitalise(tenth.among) : say("scope-published");
  const notice = change.indicator ? say("scope-shows-published", { indicator: tenth.name }) : null;
  return { id: "published", label, isOn, change: { ...change, scope: null }, notice, reason: null };
}

function localChoices(
  { within, areas, geography }: Scene,
  names: Names,
  on: string | null,
  beside: Partial<View>,
  other: string | null = null,
): ScopeChoice[] {
  const noticeOf = (whose: string) =>
    other === null ? null : say("scope-shows-order", { indicator: other, whose });
  const selected = areas.filter((ref) => ref.geography === null).length;
  const atlas: ScopeChoice = {
    id: "atlas",
    label: names.place,
    isOn: on === "atlas",
    change: { ...beside, scope: within ? "atlas" : null },
    notice: noticeOf(names.place),
    reason: null,
  };
  const inside: ScopeChoice = {
    id: "within",
    label: names.within ?? "",
    isOn: on === "within",
    change: { ...beside, scope: null },
    notice: noticeOf(names.within ?? ""),
    reason: null,
  };
  const selection: ScopeChoice = {
    id: "selection",
    label: say("scope-selection"),
    isOn: on === "selection",
    change: { ...beside, scope: "selection" },
    notice: noticeOf(say("your-selection")),
    reason:
      selected >= LEAST_SELECTED || on === "selection"
        ? null
        : say("scope-needs-selection", { n: LEAST_SELECTED }),
  };
  return [
    atlas,
    ...(within ? [inside] : []),
    ...(geography.count >= LEAST_SELECTED ? [selection] : []),
  ];
}
