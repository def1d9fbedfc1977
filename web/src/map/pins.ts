// Numbered pins: at a county's scale the area that matters may be a few pixels. A pin that had to
// make room for another keeps a line to its place.

import L from "leaflet";
import type { LonLat } from "../contract";
import type { Pin } from "./index";
import { overTop } from "./over";
import { type Point, type Room, spread } from "./spread";

/** More would hide the map; the areas stay outlined. */
export const MAX_PINS = 12;

/** A pin stands so far above its place, and so far from the next. */
const ABOVE = 20;
const APART = 27;
const RADIUS = 14;

export interface LineColours {
  ink: string;
  paper: string;
}

export class Pins {
  readonly #group = L.layerGroup();
  #pins: { pin: Pin; at: LonLat }[] = [];
  /** The pins as they stand, in pixels of the map's layers. */
  shown: readonly { text: string; isSelected: boolean; foot: Point; head: Point }[] = [];

  constructor(
    private readonly map: L.Map,
    private readonly pane: string,
    private readonly lines: L.Renderer,
  ) {
    this.#group.addTo(map);
  }

  set(pins: readonly Pin[], points: readonly (LonLat | null)[], colours: LineColours): void {
    this.#pins = pins.slice(0, MAX_PINS).flatMap((pin) => {
      const at = points[pin.area];
      return at ? [{ pin, at }] : [];
    });
    this.arrange(colours);
  }

  arrange({ ink, paper }: LineColours): void {
    // A line of paper around it keeps it apart from every fill.
    const lines = [
      { color: paper, weight: 4 },
      { color: ink, weight: 1.75 },
    ];
    this.#group.clearLayers();
    const feet = this.#pins.map(({ at }) => this.map.latLngToLayerPoint([at[1], at[0]]));
    const room = this.#room();
    const heads = spread(
      feet.map(({ x, y }) => ({ x, y: y - ABOVE })),
      APART,
      feet.map((foot) => (holds(room, foot) ? within(room, RADIUS) : null)),
    ).map((head, i) => {
      const foot = feet[i];
      return head && foot && (holds(room, foot) || !isCut(room, head)) ? head : null;
    });
    this.shown = this.#pins.flatMap(({ pin: { text, isSelected } }, i) => {
      const [foot, head] = [feet[i], heads[i]];
      return foot && head ? [{ text, isSelected, foot, head }] : [];
    });
    this.#pins.forEach(({ pin, at }, i) => {
      const head = heads[i];
      if (!head) return;
      const place = this.map.layerPointToLatLng([head.x, head.y]);
      for (const { color, weight } of lines) {
        L.polyline([place, [at[1], at[0]]], {
          renderer: this.lines,
          interactive: false,
          color,
          weight,
        }).addTo(this.#group);
      }
      const element = document.createElement("span");
      element.textContent = pin.text;
      element.role = "img";
      element.ariaLabel = pin.spoken;
      L.marker(place, {
        pane: this.pane,
        interactive: false,
        keyboard: false,
        icon: L.divIcon({
          className: pin.isSelected ? "map-pin is-selected" : "map-pin",
          html: element,
          iconSize: [0, 0],
        }),
      }).addTo(this.#group);
    });
  }
  /** The part of the map that is in sight: a number is in it while its area is. */
  #room(): Room {
    const { x, y } = this.map.getSize();
    const top = overTop(this.map.getContainer());
    return {
      from: this.map.containerPointToLayerPoint([0, top]),
      to: this.map.containerPointToLayerPoint([x, y]),
    };
  }
}

const holds = ({ from, to }: Room, { x, y }: Point) =>
  x >= from.x && x <= to.x && y >= from.y && y <= to.y;

/** Whether the edge of the room goes through a number: half a number says nothing. */
const isCut = (room: Room, head: Point) =>
  holds(within(room, -RADIUS), head) && !holds(within(room, RADIUS), head);

const within = ({ from, to }: Room, margin: number): Room => ({
  from: { x: from.x + margin, y: from.y + margin },
  to: { x: to.x - margin, y: to.y - margin },
});
