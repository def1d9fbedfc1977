// The rows of a profile, filed as the chooser files them.

import type { Catalog, ComparedArea, ComparedSet, ProfileEntry } from "../../contract";
import { absenceWords, standingUnit } from "../../format";

export interface ThemeRows {
  /** "Crime / By type" */
  path: string;
  rows: ProfileEntry[];
}

/** The entries by theme, themes without any left out; one filed in several themes stands in each. */
export function rowsByTheme(
  themes: Catalog["themes"],
  entries: readonly ProfileEntry[],
): ThemeRows[] {
  const byId = new Map(entries.map((entry) => [entry.indicator, entry]));
  const found: ThemeRows[] = [];
  const visit = (items: Catalog["themes"], above: string) => {
    for (const theme of items) {
      const path = above === "" ? theme.name : `${above} / ${theme.name}`;
      const rows = theme.indicators.flatMap((id) => byId.get(id) ?? []);
      if (rows.length > 0) found.push({ path, rows });
      visit(theme.themes, path);
    }
  };
  visit(themes, "");
  return found;
}

/** The area, or the set, that an entry is of. */
export function ownOf({ areas, sets }: ProfileEntry): ComparedArea | ComparedSet | undefined {
  return areas[0] ?? sets[0];
}

/** Why it has no value; of a decile of a set how many of its areas are in the worst tenth. */
export function insteadOf(own: ComparedArea | ComparedSet | undefined): string {
  const set = own && "set" in own ? own : null;
  return set?.worst_tenth?.words ?? set?.reason ?? absenceWords(own?.status ?? []);
}

/** When a value is of, and in what: "July 2018 · per 1,000 residents". */
export function measuredIn(
  { period, unit }: Pick<ProfileEntry, "period" | "unit">,
  names: { periodName: (period: string) => string },
): string {
  return [period === null ? "" : names.periodName(period), standingUnit(unit)]
    .filter((part) => part !== "")
    .join(" · ");
}

/** What most rows of a theme are measured in, to be said once; empty where each is in something else. */
export function commonMeasure(measures: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const measure of measures) counts.set(measure, (counts.get(measure) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && (most[1] > 1 || measures.length === 1) ? most[0] : "";
}
