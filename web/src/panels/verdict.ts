// How a value stands to what it is held against, in words.

import type { Against, Significance } from "../contract";
import { say } from "../words";

/** "better than Bradford, similar to West Yorkshire"; empty where nothing is said of any. */
export function verdictWords(against: readonly Against[]): string {
  const said = new Map<Significance, string[]>();
  for (const { significance, name } of against) {
    if (significance) said.set(significance, [...(said.get(significance) ?? []), name]);
  }
  return [...said]
    .map(([verdict, names]) => wordsOf(verdict, names.join(say("and-join"))))
    .join("; ");
}

function wordsOf(verdict: Significance, other: string): string {
  switch (verdict) {
    case "better":
      return say("better-than", { other });
    case "worse":
      return say("worse-than", { other });
    case "higher":
      return say("higher-than", { other });
    case "lower":
      return say("lower-than", { other });
    case "similar":
      return say("similar-to", { other });
  }
}
