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
  readonly #most = $derived(
    this.indicator?.out_of ??
      this.#values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0),
  );
  #asked = latest();

  /** Asks for what orders the deciles of a scene, where the atlas names it. */
  need(edition: string, catalog: Catalog, { indicator, geography, period }: Scene): void {
    const order = catalog.indicators.find((item) => item.id === indicator.ordered_by);
    const isHere = order?.periods[geography.id]?.includes(period) ?? false;
    this.#values = [];
    this.#asked.cancel();
    // Known before its values, so that they find their place.
    this.indicator = order && isHere ? order : null;
    if (!order || !isHere) return;
    this.#asked.run((signal) => getValues(edition, geography.id, order.id, period, signal), {
      done: (answer) => {
        this.#values = answer.periods[period]?.values ?? [];
      },
      // The page is whole without it.
      failed: () => {
        this.indicator = null;
      },
    });
  }

  /** How far an area is towards the worst, from 0 to 1, by what orders it; `null` where it is not known. */
  towardsWorst(area: number): number | null {
    const value = this.#values[area] ?? null;
    return value === null || !this.indicator
      ? null
      : towardsWorst(value, this.indicator, this.#most);
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

/** The share of `most` that a value is from the good end: of a rank whose first is the worst, that of the places behind it. */
export function towardsWorst(value: number, { kind, polarity }: Indicator, most: number): number {
  const first = kind === "rank" ? 1 : 0;
  const length = polarity === "high-is-good" ? most + first - value : value;
  return most > 0 ? Math.min(1, Math.max(0, length / most)) : 0;
}
