// The indicator that the shown one is held beside.

import type { Catalog, Indicator } from "../../contract";
import { telling } from "../../modes/besides";
import { isCategory } from "../../scale";
import { indicatorsInOrder, isPublishedFor, type Scene } from "../../scene";
import { say } from "../../words";

export interface Second {
  indicator: Indicator;
  period: string;
}

/** Indicators that can stand beside the shown one: published here, and with an order. */
export function candidates(scene: Scene, catalog: Catalog): Indicator[] {
  return indicatorsInOrder(catalog).filter(
    (item) =>
      item.id !== scene.indicator.id &&
      !isCategory(item.kind) &&
      (item.periods[scene.geography.id]?.length ?? 0) > 0,
  );
}

/**
 * What `INDICATOR[@PERIOD]` means here; without it, or where it is not to be had here, the next
 * indicator in the chooser's order that says something of its own. Unless said, the period is the one that is shown, or the newest.
 */
export function secondOf(asked: string | null, scene: Scene, catalog: Catalog): Second | null {
  const able = candidates(scene, catalog);
  const [id, period = null] = asked?.split("@") ?? [];
  const wanted = able.find((item) => item.id === id);
  const indicator = wanted ?? telling(scene.indicator, able, catalog);
  if (!indicator) return null;
  const periods = indicator.periods[scene.geography.id] ?? [];
  const named = [wanted ? period : null, scene.period].find(
    (item) => item !== null && periods.includes(item),
  );
  const shown = named ?? periods.at(-1);
  return shown === undefined ? null : { indicator, period: shown };
}

/** What is said where a link asks for one that is not in the atlas, or not published here, and `shown` stands in its place. */
export function missed(
  asked: string | null,
  shown: Indicator,
  { geography }: Scene,
  catalog: Catalog,
): string | null {
  const id = asked?.split("@")[0];
  if (id === undefined || id === shown.id) return null;
  const wanted = catalog.indicators.find((item) => item.id === id);
  if (!wanted) return say("not-in-atlas", { id, indicator: shown.name });
  return isPublishedFor(wanted, geography.id)
    ? null
    : say("second-elsewhere", {
        id: wanted.name,
        areas: geography.plural,
        indicator: shown.name,
      });
}

/** The candidates by theme, each under the first that it is filed in. */
export function byTheme(indicators: readonly Indicator[]): [string, Indicator[]][] {
  const groups = new Map<string, Indicator[]>();
  for (const item of indicators) {
    const theme = item.themes[0]?.join(" / ") ?? "";
    groups.set(theme, [...(groups.get(theme) ?? []), item]);
  }
  return [...groups];
}
