// The indicator that the shown one is held beside.

import type { Catalog, Indicator } from "../../contract";
import { isCategory } from "../../scale";
import { indicatorsInOrder, type Scene } from "../../scene";

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

/** The id that a link asks for and that cannot stand here. */
export function missed(asked: string | null, scene: Scene, catalog: Catalog): string | null {
  const id = asked?.split("@")[0];
  return id === undefined || candidates(scene, catalog).some((item) => item.id === id) ? null : id;
}

/** The next that says something of its own: neither made of the same, nor a count, which is high where many people are. */
function telling(shown: Indicator, able: readonly Indicator[], catalog: Catalog): Indicator | null {
  const order = indicatorsInOrder(catalog);
  const here = order.findIndex((item) => item.id === shown.id);
  const turned = [...order.slice(here + 1), ...order.slice(0, here)].filter((item) =>
    able.includes(item),
  );
  const others = turned.filter((item) => !isOfSame(shown, item));
  return others.find(({ kind }) => kind !== "count") ?? others[0] ?? turned[0] ?? null;
}

/** Whether two indicators go together by how they are made: as rank, score and decile of one index, or as a total and a part of it. */
export function isOfSame(one: Indicator, other: Indicator): boolean {
  const rankOf = ({ id, kind, ordered_by, deprivation }: Indicator) =>
    deprivation?.rank ?? ordered_by ?? (kind === "rank" ? id : null);
  const rank = rankOf(one);
  return (
    one.ordered_by === other.id ||
    other.ordered_by === one.id ||
    (rank !== null && rank === rankOf(other)) ||
    isPartOf(one, other) ||
    isPartOf(other, one)
  );
}

/** Parts are filed in a theme below that of their total, and counted as it is. */
function isPartOf(part: Indicator, total: Indicator): boolean {
  return (
    part.unit !== "" &&
    part.unit === total.unit &&
    total.themes.some((above) =>
      part.themes.some(
        (below) => below.length > above.length && above.every((name, i) => below[i] === name),
      ),
    )
  );
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
