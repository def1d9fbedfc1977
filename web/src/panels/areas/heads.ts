// What stands above the figures of deciles and of what puts them in order.

import type { Indicator } from "../../contract";
import { capitalise } from "../../format";

/** The names of two indicators without what they have in common: "Decile" and "Rank in England". */
export function headsOf(shown: Indicator, order: Indicator): [string, string] {
  const [one, other] = [shown.short.split(" "), order.short.split(" ")];
  const most = Math.min(one.length, other.length) - 1;
  let same = 0;
  while (same < most && one[same] === other[same]) same += 1;
  const where = /^areas (?=in )/.test(order.among ?? "") ? order.among?.replace("areas ", "") : "";
  return [
    capitalise(one.slice(same).join(" ")),
    [capitalise(other.slice(same).join(" ")), where].filter(Boolean).join(" "),
  ];
}
