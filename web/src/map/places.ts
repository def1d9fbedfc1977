// Markers of places. They are for eyes and fingers: whoever does not see the map has the list.

import L from "leaflet";
import { countOf } from "../format";
import { shapeOf } from "../places/shapes";
import { signsOf } from "./group";
import type { MapPlace, PlaceLayers } from "./index";

/** Places outside the window are not drawn, with so much to spare. */
const SPARE = 0.1;
const ABOVE_OTHERS = 10_000;

export class PlaceMarkers {
  readonly #group = L.layerGroup();
  #shown: PlaceLayers = { names: [], places: [], marked: null };

  constructor(
    private readonly map: L.Map,
    private readonly pane: string,
    /** Shows all of several places. */
    private readonly open: (bounds: L.LatLngBounds) => boolean,
  ) {
    this.#group.addTo(map);
  }

  set(shown: PlaceLayers): void {
    this.#shown = shown;
    this.arrange();
  }

  arrange(): void {
    this.#group.clearLayers();
    const { places, marked } = this.#shown;
    if (places.length === 0) return;
    const view = this.map.getBounds().pad(SPARE);
    const zoom = this.map.getZoom();
    const inView = places.filter(({ at }) => view.contains([at[1], at[0]]));
    const pointOf = ({ at }: MapPlace) => this.map.project([at[1], at[0]], zoom);
    const groups = signsOf(
      inView.filter((place) => place !== marked),
      pointOf,
    );
    if (marked && inView.includes(marked)) groups.push([marked]);
    for (const group of groups) this.#draw(group, group[0] === marked);
  }

  #draw(group: readonly MapPlace[], isMarked: boolean): void {
    const bounds = boundsOf(group);
    const element = this.#element(group);
    const marker = L.marker(bounds.getCenter(), {
      pane: this.pane,
      interactive: false,
      keyboard: false,
      zIndexOffset: isMarked ? ABOVE_OTHERS : 0,
      icon: L.divIcon({ className: "map-place-room", html: element, iconSize: [0, 0] }),
    });
    element.classList.toggle("is-open", isMarked);
    element.addEventListener("pointerenter", () => marker.setZIndexOffset(ABOVE_OTHERS));
    element.addEventListener("pointerleave", () => {
      element.classList.toggle("is-open", isMarked);
      marker.setZIndexOffset(isMarked ? ABOVE_OTHERS : 0);
    });
    element.addEventListener("click", (event) => {
      // Not a click at the area beneath.
      event.stopPropagation();
      if (group.length === 1 || !this.open(bounds)) element.classList.add("is-open");
    });
    marker.addTo(this.#group);
  }

  #element(group: readonly MapPlace[]): HTMLElement {
    const element = document.createElement("span");
    element.className = group.length > 1 ? "map-place is-group" : "map-place";
    element.setAttribute("aria-hidden", "true");
    const sign = document.createElement("span");
    sign.className = "sign";
    const layers = [...new Set(group.map(({ layer }) => layer))].sort((a, b) => a - b);
    sign.append(...layers.map(shape));
    if (group.length > 1) sign.append(String(group.length));
    const label = document.createElement("span");
    label.className = "label";
    label.textContent = this.#words(group, layers);
    element.append(sign, label);
    return element;
  }

  #words(group: readonly MapPlace[], layers: readonly number[]): string {
    const [only] = group;
    if (group.length === 1 && only) return `${only.name} · ${this.#shown.names[only.layer]}`;
    return layers
      .map((layer) => {
        const count = group.filter((place) => place.layer === layer).length;
        return `${this.#shown.names[layer]}: ${countOf(count, "place")}`;
      })
      .join(", ");
  }
}

function boundsOf(group: readonly MapPlace[]): L.LatLngBounds {
  return L.latLngBounds(group.map(({ at }) => [at[1], at[0]]));
}

function shape(layer: number): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1 -1 16 16");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", shapeOf(layer));
  svg.append(path);
  return svg;
}
