// Names on the map: as many as fit without touching, in the order given. A name gives way to a
// pin by moving a little.

import L from "leaflet";
import type { LonLat } from "../contract";
import { ABOVE_OR_BELOW, ALL_AROUND } from "./giving-way";
import type { Point } from "./spread";

interface Name {
  text: string;
  at: LonLat;
  /** Below the names of larger areas: it gives way to them. */
  isOfArea?: boolean;
}

/** In pixels of the map's layers. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const PIN_RADIUS = 13;

export class Names {
  readonly #group = L.layerGroup();
  #markers: { marker: L.Marker; element: HTMLElement }[] = [];

  constructor(
    private readonly map: L.Map,
    private readonly pane: string,
  ) {
    this.#group.addTo(map);
  }

  set(names: readonly Name[]): void {
    this.#group.clearLayers();
    this.#markers = names.map(({ text, at, isOfArea = false }) => {
      const element = document.createElement("span");
      element.classList.toggle("is-of-area", isOfArea);
      element.textContent = text;
      const marker = L.marker([at[1], at[0]], {
        pane: this.pane,
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: "map-name", html: element, iconSize: [0, 0] }),
      });
      marker.addTo(this.#group);
      return { marker, element };
    });
  }

  /**
   * Places the names around pins, whose heads are given; hides what would touch one or another name,
   * lie beneath something that stands in front of the map, or be cut by its edge.
   */
  arrange(pins: readonly Point[], inFront: readonly Box[]): void {
    const pinBoxes = pins.map(({ x, y }) => around(x, y, PIN_RADIUS, PIN_RADIUS));
    const taken: Box[] = [...inFront];
    const sight = this.#sight();
    for (const { marker, element } of this.#markers) {
      const place = this.map.latLngToLayerPoint(marker.getLatLng());
      const width = element.offsetWidth / 2 + 4;
      const height = element.offsetHeight / 2;
      const inward = intoSight(around(place.x, place.y, width, height), sight);
      const box = ({ x, y }: Point) =>
        around(place.x + inward.x + x, place.y + inward.y + y, width, height);
      const isClear = (shift: Point, boxes: readonly Box[]) =>
        !boxes.some((other) => touch(box(shift), other));
      const shifts = isClear({ x: 0, y: 0 }, pinBoxes) ? ABOVE_OR_BELOW : ALL_AROUND;
      const isWhole = (shift: Point) => holds(sight, box(shift));
      const shift = holds(sight, around(place.x, place.y, 0, 0))
        ? shifts.find((by) => isWhole(by) && isClear(by, taken) && isClear(by, pinBoxes))
        : undefined;
      element.classList.toggle("is-crowded", !shift);
      if (!shift) continue;
      element.style.marginLeft = `${inward.x + shift.x}px`;
      element.style.marginTop = `${inward.y + shift.y}px`;
      taken.push(box(shift));
    }
  }

  #sight(): Box {
    const { x, y } = this.map.getSize();
    const from = this.map.containerPointToLayerPoint([0, 0]);
    return { left: from.x, right: from.x + x, top: from.y, bottom: from.y + y };
  }
}

/** How far a name must move so that the edge of the map does not cut it. */
function intoSight(name: Box, sight: Box): Point {
  return {
    x: Math.max(0, sight.left - name.left) - Math.max(0, name.right - sight.right),
    y: Math.max(0, sight.top - name.top) - Math.max(0, name.bottom - sight.bottom),
  };
}

function holds(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

function around(x: number, y: number, width: number, height: number): Box {
  return { left: x - width, right: x + width, top: y - height, bottom: y + height };
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
