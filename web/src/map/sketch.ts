// What a reader draws to select by: a line that closes to a shape, with its corners, or a circle.

import L from "leaflet";
import type { LonLat } from "../contract";
import type { SketchShape } from "./index";
import type { Tokens } from "./tokens";

const NOTHING: SketchShape = { corners: [], circle: null };

export class SketchLines {
  readonly #group = L.layerGroup();
  readonly #renderer: L.Renderer;
  #shape = NOTHING;

  constructor(
    map: L.Map,
    pane: string,
    private tokens: Tokens,
  ) {
    this.#renderer = L.svg({ pane, padding: 0.5 });
    this.#group.addTo(map);
  }

  set(shape: SketchShape): void {
    this.#shape = shape;
    this.#draw();
  }

  retheme(tokens: Tokens): void {
    this.tokens = tokens;
    this.#draw();
  }

  #draw(): void {
    this.#group.clearLayers();
    const { corners, circle } = this.#shape;
    const places = corners.map(place);
    // A line of paper around it keeps it apart from every fill.
    const lines = [
      { color: this.tokens.paper, weight: 5 },
      { color: this.tokens.ink, weight: 2, dashArray: "6 5" },
    ];
    for (const look of lines) {
      const how = { ...look, renderer: this.#renderer, interactive: false, fill: false };
      if (places.length > 1) L.polygon(places, how).addTo(this.#group);
      if (circle) {
        L.circle(place(circle.centre), { ...how, radius: circle.km * 1000 }).addTo(this.#group);
      }
    }
    for (const corner of places) {
      L.circleMarker(corner, {
        renderer: this.#renderer,
        interactive: false,
        radius: 5,
        color: this.tokens.ink,
        weight: 2,
        fillColor: this.tokens.paper,
        fillOpacity: 1,
      }).addTo(this.#group);
    }
  }
}

function place([lon, lat]: LonLat): L.LatLngTuple {
  return [lat, lon];
}
