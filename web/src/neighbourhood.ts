// Which areas are neighbours, asked for once the keyboard is at the map.

import { getNeighbours } from "./api";
import type { Neighbours } from "./contract";
import { latest } from "./latest";

export class Neighbourhood {
  #known: Neighbours | null = null;
  #newest = latest();

  /** The neighbours of a geography's areas; `null` until they are here. */
  need(edition: string, geography: string): Neighbours | null {
    if (this.#known?.geography === geography) return this.#known;
    this.#newest.run((signal) => getNeighbours(edition, geography, signal), {
      done: (answer) => {
        this.#known = answer;
      },
      // Without neighbours the arrows still find the nearest area.
      failed: () => {},
    });
    return null;
  }
}
