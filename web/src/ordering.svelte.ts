// What puts the areas of one decile in order: the score or the rank behind the deciles that are shown.

import { getValues } from "./api";
import type { Catalog, Indicator } from "./contract";
import { formatCount, formatFigure, formatOrdinal } from "./format";
import { latest } from "./latest";
import type { Scene } from "./scene";
import { say } from "./words";

export class Ordering {
  /** `null` where nothing is known to order by. */
  indicator = $state.raw<Indicator | null>(null);
  #values = $state.raw<readonly (number | null)[]>([]);
  #asked = latest();

  /** Asks for what orders the deciles of a scene, where the atlas names it. */
  need(edition: string, catalog: Catalog, { indicator, geography, period }: Scene): void {
    const order = catalog.indicators.find((item) => item.id === indicator.ordered_by);
    this.indicator = null;
    this.#values = [];
    this.#asked.cancel();
    if (!order?.periods[geography.id]?.includes(period)) return;
    this.#asked.run((signal) => getValues(edition, geography.id, order.id, period, signal), {
      done: (answer) => {
        this.indicator = order;
        this.#values = answer.periods[period]?.values ?? [];
      },
      // The page is whole without it.
      failed: () => {},
    });
  }

  /** The score of an area, or its place in the order: `76.1`, `72nd`; empty where it is not known. */
  figure(area: number): string {
    const value = this.#values[area] ?? null;
    if (value === null || !this.indicator) return "";
    const isPlace = this.indicator.kind === "rank" && Number.isInteger(value);
    return isPlace ? formatOrdinal(value) : formatFigure(value, this.indicator);
  }

  /** The place of an area among all that were ranked, "72nd of 32,844 areas in England"; empty where it is not known. */
  place(area: number): string {
    const { indicator } = this;
    if (indicator?.kind !== "rank" || !indicator.out_of || this.figure(area) === "") return "";
    const [place, n] = [this.figure(area), formatCount(indicator.out_of)];
    return indicator.among
      ? say("place-among", { place, n, among: indicator.among })
      : say("place-of", { place, n });
  }
}
