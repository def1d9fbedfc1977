// Which word of statistics explains a kind that a mode finds.

import type { TermName } from "../help/terms";

/** The term that says how a kind of area is to be read; `null` where its name says all. */
export function termOfKind(kind: string): TermName | null {
  if (kind.endsWith("-group")) return "group";
  if (kind.endsWith("-pocket")) return "pocket";
  return ["better", "worse", "similar", "higher", "lower"].includes(kind) ? "better" : null;
}
