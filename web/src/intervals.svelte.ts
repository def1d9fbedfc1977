// How sure the values of the picture are: their 95% intervals, asked for once the picture stands.

import { getIntervals } from "./api";
import type { PeriodIntervals } from "./contract";
import { latest } from "./latest";
import type { Picture } from "./picture";
import { isOrdered } from "./scale";
import { say } from "./words";

export interface AreaInterval {
  lower: number;
  upper: number;
}

/** The intervals of more areas would weigh more than all else that a switch of indicator brings. */
const MOST_AREAS = 5000;

export class PictureIntervals {
  /** `null` until they are here, and where there are none. */
  known = $state.raw<PeriodIntervals | null>(null);
  #newest = latest();

  of(index: number): AreaInterval | null {
    const lower = this.known?.lower?.[index] ?? null;
    const upper = this.known?.upper?.[index] ?? null;
    return lower === null || upper === null ? null : { lower, upper };
  }

  /** How they were computed. */
  get method(): string | null {
    return this.known?.method ?? null;
  }

  need(edition: string, { scene, answer }: Picture): void {
    this.known = null;
    this.#newest.cancel();
    if (answer?.mode === "change") {
      const { lower, upper } = answer.change;
      this.known = { lower, upper, method: say("interval-of-change") };
      return;
    }
    const { geography, indicator, period } = scene;
    if (isOrdered(indicator.kind) || geography.count > MOST_AREAS) return;
    this.#newest.run(
      (signal) => getIntervals(edition, geography.id, indicator.id, period, signal),
      {
        done: (answer) => {
          this.known = answer.periods[period] ?? null;
        },
        // The values are whole without them.
        failed: () => {},
      },
    );
  }
}
