// What a set may be called.

import { isSetName, LONGEST_NAME, type NamedSet } from "../ref";
import { say } from "../words";

/** Why a name cannot be that of one more set; `null` where it can. */
export function whyNoName(name: string, sets: readonly NamedSet[]): string | null {
  if (!isSetName(name)) return say("set-name-unread", { most: LONGEST_NAME });
  return sets.some((set) => set.name === name) ? say("set-name-taken", { name }) : null;
}
