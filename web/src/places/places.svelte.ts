// Layers of places: each is asked for when it is first switched on, and kept.

import { getPlaces } from "../api";
import type { LonLat } from "../contract";
import { type Failure, textOf } from "../failure";
import type { Scene } from "../scene";
import { say } from "../words";

export interface Place {
  /** The layer's id. */
  layer: string;
  name: string;
  at: LonLat;
  /** The codes of the areas that it lies in, by geography. */
  areas: Readonly<Record<string, readonly string[]>>;
  /** What else is published of it, by heading. */
  attributes: Readonly<Record<string, string | null>>;
}

export class Places {
  /** By layer. */
  loaded = $state.raw<ReadonlyMap<string, readonly Place[]>>(new Map());
  failure = $state.raw<Failure | null>(null);
  /** The one that the list points at. */
  marked = $state.raw<Place | null>(null);
  #asked = new Set<string>();

  /** Asks for what is not there yet. */
  need(edition: string, layers: readonly string[]): void {
    this.failure = null;
    for (const layer of layers) {
      if (this.#asked.has(layer)) continue;
      this.#asked.add(layer);
      getPlaces(edition, layer).then(
        ({ features }) => {
          const places = features.map(({ properties, geometry }) => ({
            layer,
            name: properties.name ?? say("no-name"),
            at: geometry.coordinates as LonLat,
            areas: properties.areas,
            attributes: properties.attributes ?? {},
          }));
          this.loaded = new Map(this.loaded).set(layer, places);
        },
        (error) => {
          this.#asked.delete(layer);
          this.failure = { text: textOf(error), retry: () => this.need(edition, layers) };
        },
      );
    }
  }
}

/** The places in any of the given areas of the scene's geography; without areas, in the place shown. */
export function placesIn(
  places: readonly Place[],
  scene: Pick<Scene, "geography" | "within">,
  codes: readonly string[],
): Place[] {
  const { geography, within } = scene;
  return places.filter(({ areas }) => {
    if (codes.length > 0) return areas[geography.id]?.some((code) => codes.includes(code));
    if (within?.geography) return areas[within.geography]?.includes(within.code);
    return true;
  });
}
