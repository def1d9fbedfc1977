// Which larger areas an index of deprivation compares on the screen: those that are shown, or those around
// the small areas that are.

import type { Catalog, Geography } from "../../contract";
import { writeRef } from "../../ref";
import type { Scene } from "../../scene";
import { isOfFiles } from "../../site";

export interface DeprivationAsked {
  /** The small areas that were ranked, and by what. */
  geography: string;
  rank: string;
  /** `INDICATOR@PERIOD`: the score that was ranked. */
  score: string | null;
  period: string;
  /** The larger areas. */
  of: Geography;
  /** `GEO:CODE`: the area that the view is limited to. */
  within: string | null;
  /** Whether the larger areas are those on the map. */
  isShown: boolean;
}

/** `null` where the indicator is of no index, or there is nothing larger to compare. */
export function deprivationOf(scene: Scene, catalog: Catalog): DeprivationAsked | null {
  const { indicator, geography, parent, period } = scene;
  const index = indicator.deprivation;
  if (!index || isOfFiles()) return null;
  const small = catalog.geographies.find(({ id }) => id === index.geography);
  const rank = catalog.indicators.find(({ id }) => id === index.rank);
  if (!small || !rank?.periods[small.id]?.includes(period)) return null;
  const isSmall = geography.id === small.id;
  const isLarger = small.parents.some((item) => item.geography === geography.id);
  const of = isSmall ? parent : isLarger && geography.count > 1 ? geography : null;
  if (!of) return null;
  const around = scene.within;
  const isAround = small.parents.some((item) => item.geography === around?.geography);
  const within = around && isAround ? writeRef(around) : null;
  const score = index.score && `${index.score}@${period}`;
  return { geography: small.id, rank: rank.id, score, period, of, within, isShown: !isSmall };
}
