// What a set may be called, and what goes with its name.

import { againstSet, isSetName, LONGEST_NAME, MOST_SETS, type NamedSet, writeSet } from "../ref";
import type { View } from "../view";
import { say } from "../words";

/** More would make a link that servers refuse. */
const LONGEST_SETS = 10_000;

/** Why sets cannot be kept together; `null` where they can. */
export function whyNoRoom(sets: readonly NamedSet[]): string | null {
  const length = sets.reduce((sum, set) => sum + writeSet(set).length, 0);
  if (sets.length <= MOST_SETS && length <= LONGEST_SETS) return null;
  return say("sets-full", { most: MOST_SETS });
}

/** Why a name cannot be that of one more set; `null` where it can. */
export function whyNoName(name: string, sets: readonly NamedSet[]): string | null {
  if (!isSetName(name)) return say("set-name-unread", { most: LONGEST_NAME });
  return sets.some((set) => set.name === name) ? say("set-name-taken", { name }) : null;
}

/** The sets of a view with one under another name; what is held against it is held against it still. */
export function renamed({ set, against }: View, name: string, next: string) {
  return {
    set: set.map((item) => (item.name === name ? { ...item, name: next } : item)),
    against: against === againstSet(name) ? againstSet(next) : against,
  };
}

/** The sets of a view without one, and nothing held against it. */
export function withoutSet({ set, against }: View, name: string) {
  return {
    set: set.filter((item) => item.name !== name),
    against: against === againstSet(name) ? null : against,
  };
}
