// What an embed keeps its readers from changing.

import type { Lock, View } from "../view";

/** What of a view each lock holds. */
const HELD: Record<Lock, readonly (keyof View)[]> = {
  indicator: ["indicator"],
  geography: ["geography"],
  within: ["within"],
  period: ["period"],
  areas: ["areas", "groups"],
  legend: ["method", "k", "breaks", "centre", "scope", "palette", "reverse", "still"],
  at: ["at"],
  mode: ["mode", "from", "second", "against", "hotspot", "permutations", "seed", "fdr", "smooth"],
};

/** The view that comes next, with what is locked as it was. */
export function held(next: View, present: View): View {
  const names = present.lock.flatMap((lock) => HELD[lock]);
  return { ...next, ...Object.fromEntries(names.map((name) => [name, present[name]])) };
}
