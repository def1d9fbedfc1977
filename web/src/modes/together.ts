// Maps that move together: where one of them goes, the others are.

import type { MapView } from "../map";
import type { Position } from "../view";

export class Together {
  #maps = new Set<MapView>();
  #at: Position | null = null;

  /** A map joins the others, and is where they are; the answer takes it out again. */
  join(map: MapView): () => void {
    this.#maps.add(map);
    if (this.#at) map.follow(this.#at);
    return () => this.#maps.delete(map);
  }

  /** One of them has moved. */
  moved(by: MapView, at: Position): void {
    this.#at = at;
    for (const map of this.#maps) if (map !== by) map.follow(at);
  }
}
