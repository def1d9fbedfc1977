// An indicator and a period in one query: "imd 2019".

import { findIndicators, fold, type ThemeGroup } from "../choose/find";
import type { Indicator } from "../contract";
import { periodName } from "../periods";
import { geographyFor } from "../scene";

export interface TimedIndicator {
  indicator: Indicator;
  /** The period that was named with it. */
  period: string | null;
}

/** A beginning of fewer letters is in too many names. */
const LEAST_LETTERS = 3;

/** The indicators that have every word of a query; words that name a period may be in the name of one of theirs, of which it is the newest. */
export function findInTime(
  groups: readonly ThemeGroup[],
  query: string,
  most: number,
  geography: string,
  names: Readonly<Record<string, string>>,
): TimedIndicator[] {
  const words = fold(query).split(" ").filter(Boolean);
  const periodsOf = (indicator: Indicator) =>
    indicator.periods[geographyFor(indicator, geography)] ?? [];
  const isNamed = (period: string, word: string) =>
    fold(`${period} ${periodName(period, names)}`)
      .split(" ")
      .some((own) => own === word || (word.length >= LEAST_LETTERS && own.startsWith(word)));
  const all = groups.flatMap(({ indicators }) => indicators).flatMap(periodsOf);
  const periods = [...new Set(all)];
  const time = words.filter((word) => periods.some((period) => isNamed(period, word)));
  const rest = words.filter((word) => !time.includes(word)).join(" ");
  const timed = time.length === 0 ? [] : findIndicators(groups, rest, Number.POSITIVE_INFINITY);
  const found: TimedIndicator[] = timed.flatMap((indicator) => {
    const period = periodsOf(indicator).findLast((own) => time.every((word) => isNamed(own, word)));
    return period === undefined ? [] : [{ indicator, period }];
  });
  const known = new Set(found.map(({ indicator }) => indicator));
  const others = findIndicators(groups, query, most).filter((indicator) => !known.has(indicator));
  return [...found, ...others.map((indicator) => ({ indicator, period: null }))].slice(0, most);
}
