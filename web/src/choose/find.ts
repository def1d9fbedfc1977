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

/** The groups with only the indicators that have every word of the query somewhere, misspelt where nothing has them as they stand. */
export function filterGroups(groups: readonly ThemeGroup[], query: string): ThemeGroup[] {
  const words = wordsOf(query);
  if (words.length === 0) return [...groups];
  return forgiving((hit) =>
    groups
      .map(({ path, indicators }) => ({
        path,
        indicators: indicators.filter((indicator) => scoreOf(indicator, path, words, hit) > 0),
      }))
      .filter((group) => group.indicators.length > 0),
  );
}

/** The themes that have every word of the query in their names; one that is called exactly so comes first. */
export function findThemes(groups: readonly ThemeGroup[], query: string, most: number): string[][] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const found = forgiving((hit) =>
    groups
      .map(({ path }) => path)
      .filter((path) => words.every((word) => hit(fold(path.join(" ")), word) > 0)),
  );
  const whole = words.join(" ");
  const isOther = (path: readonly string[]) => fold(path.at(-1) ?? "") !== whole;
  return found.sort((a, b) => Number(isOther(a)) - Number(isOther(b))).slice(0, most);
}

/** More than any words come to: a name that is the query. */
const EXACT = 1e6;

/** Indicators with every word of the query, best first: that of this name, other names, definitions. */
export function findIndicators(
  groups: readonly ThemeGroup[],
  query: string,
  most: number,
): Indicator[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const whole = words.join(" ");
  return forgiving((hit) => {
    const scores = new Map<Indicator, number>();
    for (const { path, indicators } of groups) {
      for (const indicator of indicators) {
        const isExact = [indicator.name, indicator.short].some((name) => fold(name) === whole);
        const score = scoreOf(indicator, path, words, hit) + (isExact ? EXACT : 0);
        if (score > (scores.get(indicator) ?? 0)) scores.set(indicator, score);
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([indicator]) => indicator);
  });
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

/** How well a text has a word; 0 where it has not. */
type Hit = (text: string, word: string) => number;

/** What is found with the words as they stand, or, where that is nothing, with one typing error in each. */
function forgiving<T>(find: (hit: Hit) => T[]): T[] {
  const literal = find(hit);
  return literal.length > 0 ? literal : find(misspelt);
}

function scoreOf(
  indicator: Indicator,
  path: readonly string[],
  words: readonly string[],
  hit: Hit,
): number {
  const theme = fold(path.join(" "));
  let total = 0;
  for (const word of words) {
    let best = 3 * hit(theme, word);
    for (const [text, weight] of fieldsOf(indicator))
      best = Math.max(best, weight * hit(text, word));
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

const folded = new WeakMap<Indicator, [string, number][]>();

/** What is looked at of an indicator and how much it counts, folded once for all letters that are typed. */
function fieldsOf(indicator: Indicator): [string, number][] {
  let fields = folded.get(indicator);
  if (!fields) {
    fields = [
      [fold(indicator.name), 8],
      [fold(indicator.short), 8],
      [fold(indicator.definition ?? ""), 1],
    ];
    folded.set(indicator, fields);
  }
  return fields;
}

/** 2 at the start of a word, 1 within one, 0 nowhere. */
function hit(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return at === 0 || text.includes(` ${word}`) ? 2 : 1;
}

/** Words of fewer letters are too much alike. */
const LEAST_FORGIVEN = 4;

/** 1 where a word of the text is the one that was meant, or begins as it does. */
function misspelt(text: string, word: string): number {
  if (hit(text, word) > 0) return 1;
  // With another digit a number is another one.
  if (word.length < LEAST_FORGIVEN || /\d/.test(word)) return 0;
  const lengths = [word.length, word.length + 1, word.length - 1];
  const isMeant = (own: string) =>
    lengths.some((length) => isOneErrorApart(own.slice(0, length), word));
  return text.split(" ").some(isMeant) ? 1 : 0;
}

/** Whether one letter is missing, one too many, another one, or changed places with its neighbour. */
function isOneErrorApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  if (long.length > short.length) return short.slice(same) === long.slice(same + 1);
  const isSwapped = short[same] === long[same + 1] && short[same + 1] === long[same];
  const rest = (errors: number) => short.slice(same + errors) === long.slice(same + errors);
  return long.length === short.length && (rest(1) || (isSwapped && rest(2)));
}

function wordsOf(query: string): string[] {
  return fold(query)
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Case, accents and punctuation do not matter. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%£]+/gu, " ")
    .trim();
}
