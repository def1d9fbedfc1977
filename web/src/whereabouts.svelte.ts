// Where the areas of the picture and of the geography above lie. The map is coloured without it:
// it is for names, pins, the keyboard and for going to an area.

import { getPositions } from "./api";
import type { Bbox, LonLat, Positions } from "./contract";
import { latest } from "./latest";
import type { Scene } from "./scene";

export class Whereabouts {
  areas = $state.raw<Positions | null>(null);
  parents = $state.raw<Positions | null>(null);

  #asked = latest();
  /** Who waits goes on when the answer has come, fails, or is no longer asked for. */
  #end = () => {};
  #coming = Promise.resolve();

  need(edition: string, { geography, parent }: Scene): void {
    const isKnown =
      this.areas?.geography === geography.id &&
      (parent?.id ?? null) === (this.parents?.geography ?? null);
    if (isKnown) return;
    if (this.areas?.geography !== geography.id) this.areas = null;
    this.#end();
    this.#coming = new Promise((end) => {
      this.#end = end;
    });
    this.#asked.run(
      (signal) =>
        Promise.all([
          getPositions(edition, geography.id, signal),
          parent && getPositions(edition, parent.id, signal),
        ]),
      {
        done: ([areas, parents]) => {
          this.areas = areas;
          this.parents = parents;
          this.#end();
        },
        // The map is whole without it, and the next picture asks again.
        failed: () => this.#end(),
      },
    );
  }

  /** Comes to its end when what was needed is known, or is not to be had. */
  async settled(): Promise<void> {
    let coming: Promise<void>;
    // Who asks again ends what was under way.
    do {
      coming = this.#coming;
      await coming;
    } while (coming !== this.#coming);
  }

  pointIn(area: number): LonLat | null {
    return this.areas?.columns.label_point[area] ?? null;
  }

  bboxOf(area: number): Bbox | null {
    return this.areas?.columns.bbox[area] ?? null;
  }

  /** The least box that holds all of several areas. */
  bboxAround(areas: readonly number[]): Bbox | null {
    const boxes = areas.map((area) => this.bboxOf(area)).filter((box) => box !== null);
    if (boxes.length === 0) return null;
    return boxes.reduce(
      ([w, s, e, n], [west, south, east, north]): Bbox => [
        Math.min(w, west),
        Math.min(s, south),
        Math.max(e, east),
        Math.max(n, north),
      ],
    );
  }
}
