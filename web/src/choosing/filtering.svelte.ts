// Which areas pass the view's filter. The server says it, with the sentence and the people.

import { getFiltered } from "../api";
import type { Filtered } from "../contract";
import { latest } from "../latest";
import type { Scene } from "../scene";
import { writeRef } from "../view";

export class Filtering {
  /** `null` without a filter, and until it is answered. */
  found = $state.raw<Filtered | null>(null);
  /** The codes of the areas that pass it. */
  codes = $derived(this.found && new Set(this.found.columns.code));
  #question: string | null = null;
  #asked = latest();

  /** Asks what the scene's filter finds, unless that is what was asked last. */
  need(
    edition: string,
    { geography, filter, within }: Scene,
    { done, failed }: { done: () => void; failed: (error: unknown) => void },
  ): void {
    const limit = within && writeRef(within);
    const question = filter && [edition, geography.id, limit, filter].join(" ");
    if (question === this.#question) return;
    this.#question = question;
    this.#asked.cancel();
    this.found = null;
    if (filter === null) return;
    this.#asked.run(
      (signal) => getFiltered(edition, geography.id, { filter, within: limit }, signal),
      {
        done: (answer) => {
          this.found = answer;
          done();
        },
        failed: (error) => {
          this.#question = null;
          failed(error);
        },
      },
    );
  }
}
