// A map of one colour says nothing. Where classes leave one, there may be others that do not, a click away.

import type { Classes } from "../contract";
import { DEFAULT_VIEW, type View } from "../view";
import { say } from "../words";
import type { ScopeChoice } from "./scopes";

export interface Cure {
  label: string;
  change: Partial<View>;
}

/** What would bring out more of the map; `null` where nothing is the matter, or nothing would help. */
export function cureOf(
  { method, offered, crowded }: Pick<Classes, "method" | "offered" | "crowded">,
  choices: readonly ScopeChoice[],
): Cure | null {
  if (offered?.reaching) {
    return { label: say("cure-outside"), change: { breaks: offered.reaching } };
  }
  if (!crowded) return null;
  const local = choices.findLast(({ id }) => id === "within" || id === "atlas");
  if (local && !local.isOn && method !== "custom")
    return { label: say("cure-scope", { place: local.label }), change: local.change };
  if (crowded.quantiles === null) return null;
  const change = { method: DEFAULT_VIEW.method, breaks: null };
  return { label: say("cure-quantile"), change };
}
