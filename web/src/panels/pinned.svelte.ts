// The one area that is selected, beside the one that is pointed at. The server says the difference.

import { getCompare } from "../api";
import type { Against } from "../contract";
import { latest } from "../latest";

/** A pointer on its way over the map asks for nothing. */
const REST_MS = 120;

export class Pinned {
  /** What the area pointed at is held against; with its geography and code. */
  answer = $state.raw<{ area: string; against: Against; value: number | null } | null>(null);
  #asked = latest();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Both areas as `GEO:CODE`. */
  ask(
    edition: string,
    question: { area: string; pinned: string; indicator: string; period: string },
  ): void {
    this.clear();
    const { area, pinned, indicator, period } = question;
    const params = { geography: null, areas: area, set: [], indicators: indicator, period };
    this.#timer = setTimeout(() => {
      this.#asked.run((signal) => getCompare(edition, { ...params, against: pinned }, signal), {
        done: ({ indicators }) => {
          const compared = indicators[0]?.areas[0];
          const [against] = compared?.against ?? [];
          this.answer = against ? { area, against, value: compared?.value ?? null } : null;
        },
        // The card is whole without it.
        failed: () => {},
      });
    }, REST_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#asked.cancel();
    this.answer = null;
  }
}
