// What the words of statistics mean here: each where it stands, and all together.

import { say } from "../words";

export interface Term {
  name: string;
  text: string;
}

export const TERMS = {
  area: { name: say("term-area"), text: say("explain-area") },
  decile: { name: say("term-decile"), text: say("explain-decile") },
  rank: { name: say("term-rank"), text: say("explain-rank") },
  rate: { name: say("term-rate"), text: say("explain-rate") },
  distribution: { name: say("term-distribution"), text: say("explain-distribution") },
  median: { name: say("term-median"), text: say("explain-median") },
  classes: { name: say("term-classes"), text: say("explain-classes") },
  difference: { name: say("term-difference"), text: say("explain-difference") },
  hidden: { name: say("term-hidden"), text: say("explain-hidden") },
  missing: { name: say("term-missing"), text: say("explain-missing") },
  interval: { name: say("term-interval"), text: say("explain-interval") },
  target: { name: say("term-target"), text: say("explain-target") },
  edition: { name: say("term-edition"), text: say("explain-edition") },
} satisfies Record<string, Term>;

export type TermName = keyof typeof TERMS;
