// Names on the map: as many as fit without touching, in the order given. A name gives way to a
// pin by moving a little.

import L from "leaflet";
import type { LonLat } from "../contract";
import { around, at, type Box, holds, intoSight, isTakenFor, touch } from "./boxes";
import { ABOVE_OR_BELOW, ALL_AROUND } from "./giving-way";
import type { Point } from "./spread";

interface Name {
  text: string;
  at: LonLat;
  /** Below the names of larger areas: it gives way to them. */
  isOfArea?: boolean;
}

const PIN_RADIUS = 13;

export class Names {
  readonly #group = L.layerGroup();
  #markers: { marker: L.Marker; element: HTMLElement; isOfArea: boolean }[] = [];

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
      return { marker, element, isOfArea };
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
    const placed = this.#markers.map(({ marker, element, isOfArea }) => ({
      element,
      isOfArea,
      place: this.map.latLngToLayerPoint(marker.getLatLng()),
    }));
    for (const { element, isOfArea, place } of placed) {
      const others = placed.filter((own) => own.isOfArea === isOfArea && own.place !== place);
      const width = element.offsetWidth / 2 + 4;
      const height = element.offsetHeight / 2;
      const inward = intoSight(around(place.x, place.y, width, height), sight);
      const box = ({ x, y }: Point) =>
        around(place.x + inward.x + x, place.y + inward.y + y, width, height);
      const isClear = (shift: Point, boxes: readonly Box[]) =>
        !boxes.some((other) => touch(box(shift), other));
      const shifts = isClear({ x: 0, y: 0 }, pinBoxes) ? ABOVE_OR_BELOW : ALL_AROUND;
      const isWhole = (shift: Point) => holds(sight, box(shift));
      const isOwn = (shift: Point) =>
        others.every((other) => !isTakenFor(box(shift), place, other.place));
      const shift = holds(sight, at(place))
        ? shifts.find(
            (by) => isWhole(by) && isClear(by, taken) && isClear(by, pinBoxes) && isOwn(by),
          )
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
