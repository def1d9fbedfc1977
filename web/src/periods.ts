// Periods are called as the catalogue calls them.

export type PeriodNames = Readonly<Record<string, string>>;

export function periodName(period: string, names: PeriodNames): string {
  return names[period] ?? period;
}

/** The first and the last of several: `July 2016 – July 2018`. */
export function spanName(periods: readonly string[], names: PeriodNames): string {
  const ends = [...new Set([periods[0], periods.at(-1)])].filter((end) => end !== undefined);
  return ends.map((end) => periodName(end, names)).join(" – ");
}
