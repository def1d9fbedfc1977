// Markers of places. They are for eyes and fingers, and whoever does not see the map has the list; but what stands so close that
// no zoom parts it opens as a list, by keys too.

import L from "leaflet";
import type { LonLat } from "../contract";
import { countOf } from "../format";
import { shapeOf } from "../places/shapes";
import { say } from "../words";
import { signsOf } from "./group";
import type { MapPlace, PlaceLayers } from "./index";

/** Places outside the window are not drawn, with so much to spare. */
const SPARE = 0.1;
const ABOVE_OTHERS = 10_000;
/** So many of the places that stand together are named where one points at them. */
const MOST_NAMED = 5;
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

export class PlaceMarkers {
  readonly #group = L.layerGroup();
  /** The markers that open a list, and where each stands. */
  #lists: { element: HTMLElement; at: LonLat }[] = [];
  #shown: PlaceLayers = { names: [], places: [], marked: null };

  constructor(
    private readonly map: L.Map,
    private readonly pane: string,
    /** Shows several places from so near that they part. */
    private readonly part: (bounds: L.LatLngBounds) => void,
    /** Lists several that never part. */
    private readonly list: (places: readonly MapPlace[]) => void,
  ) {
    this.#group.addTo(map);
  }

  set(shown: PlaceLayers): void {
    this.#shown = shown;
    this.arrange();
  }

  arrange(): void {
    const focused = this.#lists.findIndex(({ element }) => element === document.activeElement);
    const before = this.#lists[focused]?.at;
    this.#group.clearLayers();
    this.#lists = [];
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
    if (marked && inView.includes(marked)) {
      // It comes out of the places around it, unless all of them stand where it stands.
      const same = groups.find((group) => group.every(({ at }) => isSame(at, marked.at)));
      if (same) same.unshift(marked);
      else groups.push([marked]);
    }
    for (const group of groups) this.#draw(group, group[0] === marked);
    const again = before && this.#lists.findIndex(({ at }) => isSame(at, before));
    this.#turnTo(Math.max(0, again ?? 0));
    if (again !== undefined && again >= 0) this.#lists[again]?.element.focus();
  }

  /** All markers that open a list are one tab stop; the arrows go from one to the next. */
  #turnTo(turn: number): void {
    this.#lists.forEach(({ element }, i) => {
      element.tabIndex = i === turn ? 0 : -1;
    });
  }

  #draw(group: readonly MapPlace[], isMarked: boolean): void {
    const bounds = boundsOf(group);
    const isList = this.#neverParts(group);
    const element = this.#element(group, isMarked, isList);
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
      if (isList) this.list(group);
      else if (group.length > 1) this.part(bounds);
      else element.classList.add("is-open");
    });
    if (isList) this.#takeKeys(element, group);
    marker.addTo(this.#group);
  }

  #neverParts(group: readonly MapPlace[]): boolean {
    const nearest = this.map.getMaxZoom();
    const pointOf = ({ at }: MapPlace) => this.map.project([at[1], at[0]], nearest);
    return group.length > 1 && signsOf(group, pointOf).length === 1;
  }

  #takeKeys(element: HTMLElement, [first]: readonly MapPlace[]): void {
    if (!first) return;
    this.#lists.push({ element, at: first.at });
    element.addEventListener("keydown", (event) => {
      // Not a key for the area beneath.
      if (event.key === "Enter" || event.key === " ") event.stopPropagation();
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.stopPropagation();
      event.preventDefault();
      const { length } = this.#lists;
      const at = this.#lists.findIndex((list) => list.element === element);
      const next = (at + step + length) % length;
      this.#turnTo(next);
      this.#lists[next]?.element.focus();
    });
  }

  #element(group: readonly MapPlace[], isMarked: boolean, isList: boolean): HTMLElement {
    const element = document.createElement(isList ? "button" : "span");
    element.className = group.length > 1 ? "map-place is-group" : "map-place";
    const sign = document.createElement("span");
    sign.className = "sign";
    const layers = [...new Set(group.map(({ layer }) => layer))].sort((a, b) => a - b);
    sign.append(...layers.map(shape));
    if (group.length > 1) sign.append(String(group.length));
    const label = document.createElement("span");
    label.className = "label";
    const [first] = group;
    if (first && (isMarked || group.length === 1)) label.textContent = this.#name(first);
    else if (isList) label.textContent = this.#names(group, layers);
    else label.textContent = layers.map((layer) => this.#count(group, layer)).join(", ");
    element.append(sign, label);
    if (isList) {
      const what = layers.map((layer) => this.#count(group, layer)).join(", ");
      element.ariaLabel = say("list-places", { what });
    } else element.ariaHidden = "true";
    return element;
  }

  #name({ name, layer }: MapPlace): string {
    return `${name} · ${this.#shown.names[layer]}`;
  }

  /** The first of each layer, a line each. */
  #names(group: readonly MapPlace[], layers: readonly number[]): string {
    const lines = layers.flatMap((layer) => {
      const all = group.filter((place) => place.layer === layer).map(({ name }) => name);
      const named = all.length > MOST_NAMED + 1 ? all.slice(0, MOST_NAMED) : all;
      const left = all.length - named.length;
      const more = left > 0 ? [say("and-more", { n: left })] : [];
      return [this.#count(group, layer), ...named, ...more];
    });
    return lines.join("\n");
  }

  #count(group: readonly MapPlace[], layer: number): string {
    const count = group.filter((place) => place.layer === layer).length;
    return `${this.#shown.names[layer]}: ${countOf(count, "place")}`;
  }
}

const isSame = (one: LonLat, other: LonLat) => one[0] === other[0] && one[1] === other[1];

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
