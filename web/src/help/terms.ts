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
  average: { name: say("term-average"), text: say("explain-average") },
  better: { name: say("term-better"), text: say("explain-better") },
  trend: { name: say("term-trend"), text: say("explain-trend") },
  spine: { name: say("term-spine"), text: say("explain-spine") },
  quartiles: { name: say("term-quartiles"), text: say("explain-quartiles") },
  spearman: { name: say("term-spearman"), text: say("explain-spearman") },
  pearson: { name: say("term-pearson"), text: say("explain-pearson") },
  regression: { name: say("term-regression"), text: say("explain-regression") },
  giStar: { name: say("term-gi-star"), text: say("explain-gi-star") },
  localMoran: { name: say("term-local-moran"), text: say("explain-local-moran") },
  p: { name: say("term-p"), text: say("explain-p") },
  permutations: { name: say("term-permutations"), text: say("explain-permutations") },
  fdr: { name: say("term-fdr"), text: say("explain-fdr") },
  group: { name: say("term-group"), text: say("explain-group") },
  pocket: { name: say("term-pocket"), text: say("explain-pocket") },
  deprivation: {
    name: say("term-deprivation-measures"),
    text: say("explain-deprivation-measures"),
  },
  target: { name: say("term-target"), text: say("explain-target") },
  edition: { name: say("term-edition"), text: say("explain-edition") },
} satisfies Record<string, Term>;

export type TermName = keyof typeof TERMS;
