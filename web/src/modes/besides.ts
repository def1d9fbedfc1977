// What a second map can show beside the first: other indicators of the same areas, and the same one
// in other periods.

import type { Catalog, Indicator } from "../contract";
import { periodName } from "../periods";
import { indicatorsInOrder, type Scene } from "../scene";
import type { View } from "../view";
import { say } from "../words";

export interface Beside {
  indicator: Indicator;
  period: string;
}

/** The other indicators, in the chooser's order, and the shown one where it has other periods. */
export function besides(scene: Scene, catalog: Catalog): Indicator[] {
  return indicatorsInOrder(catalog).filter((item) => {
    const periods = item.periods[scene.geography.id] ?? [];
    return periods.length > (item.id === scene.indicator.id ? 1 : 0);
  });
}

/**
 * What `INDICATOR[@PERIOD]` means of these areas; without it, or where it is not to be had here, the
 * next indicator that says something of its own. Unless said, the period is the one that is shown, else the newest; of the shown
 * indicator it is another one.
 */
export function besideOf(asked: string | null, scene: Scene, catalog: Catalog): Beside | null {
  const able = besides(scene, catalog);
  const [id, period = null] = asked?.split("@") ?? [];
  const indicator = able.find((item) => item.id === id) ?? telling(scene.indicator, able, catalog);
  if (!indicator) return null;
  const isSame = indicator.id === scene.indicator.id;
  const periods = (indicator.periods[scene.geography.id] ?? []).filter(
    (item) => !isSame || item !== scene.period,
  );
  const wanted = [indicator.id === id ? period : null, scene.period].find(
    (item) => item !== null && periods.includes(item),
  );
  const shown = wanted ?? periods.at(-1);
  return shown === undefined ? null : { indicator, period: shown };
}

/**
 * The next that says something of its own: neither made of the same, nor a count, which is high where many people are; where
 * all are, the shown one in another period.
 */
export function telling(
  shown: Indicator,
  able: readonly Indicator[],
  catalog: Catalog,
): Indicator | null {
  const order = indicatorsInOrder(catalog);
  const here = order.findIndex((item) => item.id === shown.id);
  const turned = [...order.slice(here + 1), ...order.slice(0, here)].filter((item) =>
    able.includes(item),
  );
  const others = turned.filter((item) => !isOfSame(shown, item));
  // Where all are of the same, the shown one in another period says more.
  const itself = able.find((item) => item === shown);
  return others.find(({ kind }) => kind !== "count") ?? others[0] ?? itself ?? turned[0] ?? null;
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

/** What must be said where a link asks for a second map that these areas do not have. */
export function missedBeside(
  { mode, second, panel }: View,
  scene: Scene,
  catalog: Catalog,
): string[] {
  if (mode !== "double") {
    // The relation says itself what stands there instead.
    const isUnknown = !catalog.indicators.some((item) => item.id === second?.split("@")[0]);
    return second !== null && panel !== "relation" && isUnknown
      ? [say("link-unread", { name: "second", text: second })]
      : [];
  }
  const found = besideOf(second, scene, catalog);
  if (!found) return [say("no-second-map", { areas: scene.geography.plural })];
  const [id, period] = second?.split("@") ?? [];
  const isFound =
    second === null ||
    (found.indicator.id === id && (period === undefined || found.period === period));
  if (isFound) return [];
  const other = say("subject", {
    indicator: found.indicator.name,
    period: periodName(found.period, catalog.period_names),
  });
  return [say("second-not-beside", { id: second ?? "", areas: scene.geography.plural, other })];
}
