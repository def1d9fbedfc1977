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
   * or lie beneath something that stands in front of the map.
   */
  arrange(pins: readonly Point[], inFront: readonly Box[]): void {
    const pinBoxes = pins.map(({ x, y }) => around(x, y, PIN_RADIUS, PIN_RADIUS));
    const taken: Box[] = [...inFront];
    for (const { marker, element } of this.#markers) {
      const { x, y } = this.map.latLngToLayerPoint(marker.getLatLng());
      const width = element.offsetWidth / 2 + 4;
      const height = element.offsetHeight / 2;
      const box = (shift: Point) => around(x + shift.x, y + shift.y, width, height);
      const isClear = (shift: Point, boxes: readonly Box[]) =>
        !boxes.some((other) => touch(box(shift), other));
      const shifts = isClear({ x: 0, y: 0 }, pinBoxes) ? ABOVE_OR_BELOW : ALL_AROUND;
      const shift = shifts.find((by) => isClear(by, taken) && isClear(by, pinBoxes));
      element.classList.toggle("is-crowded", !shift);
      if (!shift) continue;
      element.style.marginLeft = `${shift.x}px`;
      element.style.marginTop = `${shift.y}px`;
      taken.push(box(shift));
    }
  }
}

function around(x: number, y: number, width: number, height: number): Box {
  return { left: x - width, right: x + width, top: y - height, bottom: y + height };
}

function touch(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
