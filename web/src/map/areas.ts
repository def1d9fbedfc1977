// What the map asks of the areas that it shows, whichever way they are drawn: filled where they
// tile (tiles/layer.ts), as lines where they overlap (overlapping.ts).

import type L from "leaflet";
import type { LonLat } from "../contract";
import type { Colouring } from "./index";
import type { Tokens } from "./tokens";

/** What the look of areas depends on beside their paint. */
export interface Surroundings {
  tokens: Tokens;
  hasBasemap: boolean;
}

export interface AreaLayer {
  paint(colouring: Colouring, around: Surroundings): void;
  /** The areas in sight that hold a place, the smallest first. */
  at(place: LonLat): number[];
  /** The border of an area, as far as it is in sight. */
  outline(area: number): Promise<L.LatLng[][]>;
  addTo(map: L.Map): this;
  remove(): this;
}
