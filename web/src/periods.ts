// Periods are called as the catalogue calls them.

import { formatDate } from "./format";
import { say } from "./words";

export type PeriodNames = Readonly<Record<string, string>>;

/** One that the catalogue does not know is called as the program would call it. */
export function periodName(period: string, names: PeriodNames): string {
  return names[period] ?? unpublishedName(period);
}

function unpublishedName(period: string): string {
  const [year = "", part = ""] = period.split("-");
  const month = (number: number) => formatDate(`${year}-${String(number).padStart(2, "0")}`);
  if (part.length === 4) return say("from-to", { from: year, to: part });
  if (!part.startsWith("Q")) return part === "" ? period : month(Number(part));
  const last = 3 * Number(part.slice(1));
  const [first = ""] = month(last - 2).split(" ");
  return say("from-to", { from: first, to: month(last) });
}

/** The first and the last of several: `July 2016 – July 2018`. */
export function spanName(periods: readonly string[], names: PeriodNames): string {
  const ends = [...new Set([periods[0], periods.at(-1)])].filter((end) => end !== undefined);
  return ends.map((end) => periodName(end, names)).join(" – ");
}
