// Where an area stood when the deciles that are shown were made: "72nd of 32,844 areas in England".

import { getValues } from "./api";
import type { Catalog, Indicator } from "./contract";
import { formatCount, formatOrdinal } from "./format";
import { latest } from "./latest";
import type { Scene } from "./scene";
import { say } from "./words";

export class PublishedRank {
  #values = $state.raw<readonly (number | null)[]>([]);
  #rank = $state.raw<Indicator | null>(null);
  #asked = latest();

  /** Asks for the ranks behind the deciles of a scene, where the atlas names them. */
  need(edition: string, catalog: Catalog, { indicator, geography, period }: Scene): void {
    const rank = catalog.indicators.find((item) => item.id === indicator.ordered_by);
    const isRank = rank?.kind === "rank" && rank.periods[geography.id]?.includes(period);
    this.#values = [];
    this.#asked.cancel();
    if (!rank || !isRank) return;
    this.#asked.run((signal) => getValues(edition, geography.id, rank.id, period, signal), {
      done: (answer) => {
        this.#rank = rank;
        this.#values = answer.periods[period]?.values ?? [];
      },
      // The card is whole without it.
      failed: () => {},
    });
  }

  /** The place of an area in words; empty where it is not known. */
  of(area: number): string {
    const value = this.#values[area] ?? null;
    const rank = this.#rank;
    if (value === null || !rank?.out_of) return "";
    const [place, n] = [formatOrdinal(value), formatCount(rank.out_of)];
    return rank.among
      ? say("place-among", { place, n, among: rank.among })
      : say("place-of", { place, n });
  }
}
