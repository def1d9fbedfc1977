// Layers of places: each is asked for when it is first switched on, and kept.

import { getPlaces } from "../api";
import type { LonLat } from "../contract";
import { type Failure, textOf } from "../failure";
import type { Scene } from "../scene";
import { say } from "../words";

/** So near that the street around a place is to be seen. */
export const NEAR_ZOOM = 14;

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
  /** Those of one marker that no zoom parts, while they are listed. */
  listed = $state.raw<readonly Place[] | null>(null);
  readonly #wanted = new Set<string>();
  readonly #asked = new Map<string, Promise<readonly Place[]>>();

  /** Asks for what is not there yet. */
  need(edition: string, layers: readonly string[]): void {
    this.failure = null;
    for (const layer of layers) {
      if (this.#wanted.has(layer)) continue;
      this.#wanted.add(layer);
      this.of(edition, layer).then(
        (places) => {
          this.loaded = new Map(this.loaded).set(layer, places);
        },
        (error) => {
          this.#wanted.delete(layer);
          this.failure = { text: textOf(error), retry: () => this.need(edition, layers) };
        },
      );
    }
  }

  /** The places of a layer, asked for once, whether or not it is switched on. */
  of(edition: string, layer: string): Promise<readonly Place[]> {
    const known = this.#asked.get(layer);
    if (known) return known;
    const asked = getPlaces(edition, layer).then(({ features }) =>
      features.map(({ properties, geometry }) => ({
        layer,
        name: properties.name ?? say("no-name"),
        at: geometry.coordinates as LonLat,
        areas: properties.areas,
        attributes: properties.attributes ?? {},
      })),
    );
    this.#asked.set(layer, asked);
    asked.catch(() => this.#asked.delete(layer));
    return asked;
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
