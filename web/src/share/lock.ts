// What an embed keeps its readers from changing.

import type { Lock, Mode, View } from "../view";

/** What of a view each lock holds. */
const HELD: Record<Lock, readonly (keyof View)[]> = {
  indicator: ["indicator", "second"],
  geography: ["geography"],
  within: ["within"],
  period: ["period", "from"],
  areas: ["areas", "groups"],
  legend: ["method", "k", "breaks", "centre", "scope", "palette", "reverse", "still"],
  at: ["at"],
  mode: ["mode", "from", "second", "against", "hotspot", "permutations", "seed", "fdr", "smooth"],
};

/** What a way of showing sets beside what is shown. */
const NEEDED: Partial<Record<Mode, Lock>> = { double: "indicator", change: "period" };

/** Whether a way of showing needs what is locked: then it is not offered. */
export function needsLocked(mode: Mode, lock: readonly Lock[]): boolean {
  const needed = NEEDED[mode];
  return needed !== undefined && lock.includes(needed);
}

/** The view that comes next, with what is locked as it was. */
export function held(next: View, present: View): View {
  const names = present.lock.flatMap((lock) => HELD[lock]);
  return { ...next, ...Object.fromEntries(names.map((name) => [name, present[name]])) };
}
