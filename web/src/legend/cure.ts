// A map of one colour says nothing. Where classes leave one, there may be others that do not, a click away.

import type { Classes } from "../contract";
import { DEFAULT_VIEW, type View } from "../view";
import { say } from "../words";
import { rounded } from "./bounds";
import type { ScopeChoice } from "./scopes";

export interface Cure {
  /** What is the matter, where the answer does not say it. */
  words: string | null;
  label: string;
  change: Partial<View>;
}

/** From this share of the areas on one class holds nearly all. */
const NEARLY_ALL = 0.9;

type Shown = Pick<Classes, "method" | "k" | "n" | "counts" | "breaks" | "note">;

/** What would bring out more of the map; `null` where nothing is the matter, or nothing would help. */
export function cureOf(
  classes: Shown,
  choices: readonly ScopeChoice[],
  values: readonly (number | null)[],
  decimals: number,
): Cure | null {
  const outside = classes.n - classes.counts.reduce((sum, count) => sum + count, 0);
  if (classes.method === "custom" && outside > 0) {
    const breaks = rounded(reaching(classes.breaks, values), decimals, values);
    return { words: null, label: say("cure-outside"), change: { breaks } };
  }
  const most = Math.max(0, ...classes.counts);
  if (classes.n < 3 || most < NEARLY_ALL * classes.n || areAlike(values)) return null;
  const areas = say("area-count", { n: most });
  const isAll = most === classes.n;
  const said = isAll ? say("one-class", { areas }) : say("nearly-one-class", { areas });
  const words = classes.note === null ? said : null;
  const local = choices.findLast(({ id }) => id === "within" || id === "atlas");
  if (local && !local.isOn && classes.method !== "custom")
    return { words, label: say("cure-scope", { place: local.label }), change: local.change };
  if (classes.method === DEFAULT_VIEW.method || classes.method === "published") return null;
  const change = { method: DEFAULT_VIEW.method, breaks: null };
  return { words, label: say("cure-quantile"), change };
}

/** The same classes, of which the outermost reach to all values. */
function reaching(breaks: readonly number[], values: readonly (number | null)[]): number[] {
  const numbers = values.filter((value) => value !== null);
  const least = numbers.reduce((a, b) => Math.min(a, b), breaks[0] ?? 0);
  const greatest = numbers.reduce((a, b) => Math.max(a, b), breaks.at(-1) ?? 0);
  return [least, ...breaks.slice(1, -1), greatest];
}

function areAlike(values: readonly (number | null)[]): boolean {
  const first = values.find((value) => value !== null);
  return values.every((value) => value === null || value === first);
}
