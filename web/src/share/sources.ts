// Who the figures of indicators come from, in words.

import type { Indicator } from "../contract";
import { listOf } from "../format";
import { say } from "../words";

/** A text as a sentence: with its full stop. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** So many indicators of one source are named. */
const MOST_NAMED = 3;

/** Where the figures of indicators come from, each source once. */
export function sourcesOf(indicators: readonly Indicator[]): string[] {
  const bySource = new Map<string, Set<string>>();
  for (const indicator of indicators) {
    const source = sourceOf(indicator);
    if (source === null) continue;
    bySource.set(source, (bySource.get(source) ?? new Set()).add(indicator.short));
  }
  return [...bySource].map(([source, names]) =>
    say("source-of", {
      indicator:
        names.size > MOST_NAMED ? say("indicator-count", { n: names.size }) : listOf([...names]),
      source,
    }),
  );
}

/** Where the figures of an indicator come from, by its name: what else is attributed is of the whole atlas. */
export function ownSource(indicator: Indicator): string[] {
  const source = sourceOf(indicator);
  return source === null ? [] : [say("source-of", { indicator: indicator.short, source })];
}

/** The source of an indicator with its licence, as a sentence. */
export function sourceOf({ source, licence }: Indicator): string | null {
  if (!source) return null;
  return sentence(licence ? `${source} (${licence})` : source);
}
