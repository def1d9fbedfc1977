// Indicators by theme, and by words: name, short name, definition, theme.

import type { Catalog, Indicator, Theme } from "../contract";
import { spanName } from "../periods";
import { say } from "../words";

export interface ThemeGroup {
  path: string[];
  indicators: Indicator[];
}

/** The tree as groups in reading order; an indicator may stand in several. */
export function themeGroups(catalog: Catalog): ThemeGroup[] {
  const byId = new Map(catalog.indicators.map((indicator) => [indicator.id, indicator]));
  const groups: ThemeGroup[] = [];
  const filed = new Set<string>();
  const visit = (themes: readonly Theme[], above: readonly string[]) => {
    for (const theme of themes) {
      const path = [...above, theme.name];
      const indicators = theme.indicators.flatMap((id) => byId.get(id) ?? []);
      for (const indicator of indicators) filed.add(indicator.id);
      if (indicators.length > 0) groups.push({ path, indicators });
      visit(theme.themes, path);
    }
  };
  visit(catalog.themes, []);
  const rest = catalog.indicators.filter((indicator) => !filed.has(indicator.id));
  if (rest.length > 0) groups.push({ path: [say("other-theme")], indicators: rest });
  return groups;
}

/** The groups with only the indicators that have every word of the query somewhere. */
export function filterGroups(groups: readonly ThemeGroup[], query: string): ThemeGroup[] {
  const words = wordsOf(query);
  if (words.length === 0) return [...groups];
  return groups
    .map(({ path, indicators }) => ({
      path,
      indicators: indicators.filter((indicator) => scoreOf(indicator, path, words) > 0),
    }))
    .filter((group) => group.indicators.length > 0);
}

/** Indicators with every word of the query, best first: names before definitions. */
export function findIndicators(
  groups: readonly ThemeGroup[],
  query: string,
  most: number,
): Indicator[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const scores = new Map<Indicator, number>();
  for (const { path, indicators } of groups) {
    for (const indicator of indicators) {
      const score = scoreOf(indicator, path, words);
      if (score > (scores.get(indicator) ?? 0)) scores.set(indicator, score);
    }
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([indicator]) => indicator);
}

/** Where and when an indicator exists: "LSOA, MSOA · 2016 – 2018". */
export function whereAndWhen(indicator: Indicator, catalog: Catalog): string {
  // Vintages of one kind of area are one.
  const byKind = new Map<string, readonly string[]>();
  for (const { id, singular } of catalog.geographies) {
    const periods = indicator.periods[id];
    if (!periods || periods.length === 0) continue;
    const known = byKind.get(singular);
    byKind.set(singular, known ? [...known, ...periods].sort() : periods);
  }
  const byTime = new Map<string, string[]>();
  for (const [singular, periods] of byKind) {
    const when = spanName(periods, catalog.period_names);
    byTime.set(when, [...(byTime.get(when) ?? []), singular]);
  }
  return [...byTime].map(([when, where]) => `${where.join(", ")} · ${when}`).join("; ");
}

function scoreOf(indicator: Indicator, path: readonly string[], words: readonly string[]): number {
  const fields: [string, number][] = [
    [indicator.name, 8],
    [indicator.short, 8],
    [path.join(" "), 3],
    [indicator.definition ?? "", 1],
  ];
  let total = 0;
  for (const word of words) {
    const best = Math.max(0, ...fields.map(([text, weight]) => weight * hit(fold(text), word)));
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

/** 2 at the start of a word, 1 within one, 0 nowhere. */
function hit(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return at === 0 || text.includes(` ${word}`) ? 2 : 1;
}

function wordsOf(query: string): string[] {
  return fold(query)
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Case, accents and punctuation do not matter. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%£]+/gu, " ")
    .trim();
}
