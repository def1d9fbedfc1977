// The map as the rest of the page knows it. How it draws is a matter of the one module behind
// this interface (leaflet.ts), which can be replaced by another.

import type { Bbox, LonLat } from "../contract";
import type { Position } from "../view";

export { createLeafletMap as createMap } from "./leaflet";
export { MAX_PINS } from "./pins";

/** Whose areas are drawn. The map asks for their shapes itself. */
export interface Geometry {
  edition: string;
  geography: string;
  count: number;
  /** Whether they overlap: then they are drawn as outlines, for a fill would hide another. */
  overlapping: boolean;
  /** The geography whose borders are drawn as lines above the areas. */
  borders: string | null;
  /** Whether a place is shown on its own: then nothing is drawn of what lies around it. */
  isAlone?: boolean;
}

/** What stands at places of the areas. */
export interface Labels {
  /** Of larger areas, wherever the map is. */
  names: readonly { text: string; at: LonLat }[];
  /** A point well inside each area. */
  points: readonly (LonLat | null)[];
  /** What an area is called where the map is so near that few are in sight; `null` where it has its name already. */
  nameOf: ((area: number) => string) | null;
}

/** How one area is filled. Absence is a pattern, never a colour of the scale. */
export type Fill = { colour: string } | "no-data" | "hidden" | "outside";

export interface Paint {
  fill: Fill;
  /** Steps back so that another class stands out. */
  dimmed: boolean;
}

/** The fills of all areas. */
export interface Colouring {
  paints: readonly Paint[];
  /** Of each area, the place of its paint. */
  ofArea: Uint8Array;
}

export interface Marks {
  hovered: number | null;
  focused: number | null;
  selected: readonly number[];
}

/** A number on an area: of the selected ones, or a rank where nothing is selected. */
export interface Pin {
  area: number;
  text: string;
  /** What it says of which area, for whoever does not see it. */
  spoken: string;
  isSelected: boolean;
}

/** A place, with the place of its layer in the catalogue. */
export interface MapPlace {
  layer: number;
  name: string;
  at: LonLat;
}

export interface PlaceLayers {
  /** Of every layer of the catalogue. */
  names: readonly string[];
  places: readonly MapPlace[];
  /** The one that is pointed out. */
  marked: MapPlace | null;
}

/** What is drawn to select by. */
export interface SketchShape {
  corners: readonly LonLat[];
  circle: { centre: LonLat; km: number } | null;
}

export interface MapEvents {
  /** The areas under the pointer, the smallest first; several where they overlap. */
  hover(areas: readonly number[]): void;
  /** A click, or a tap by finger, at a place. */
  press(areas: readonly number[], byTouch: boolean, at: LonLat): void;
  /** Several places that stand so close that no zoom parts them were opened. */
  listed?(places: readonly MapPlace[]): void;
  /** One finger tried to move the map where it scrolls the page. */
  swiped?(): void;
  /** The map is under way, by whomever it is moved. */
  moving?(at: Position): void;
  /** Where the map came to rest; `null` when it shows the whole again. */
  moved(at: Position | null): void;
  /** The areas have been drawn, or in other colours. */
  drawn(): void;
  /** Shapes did not come; `retry` asks for them again. */
  failed(error: unknown, retry: () => void): void;
}

/** Room that stands in front of the map, in pixels, which a focused place keeps clear of. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Of a wide map, on whose left card and legend stand. */
export function besideCard(): Insets {
  const panel = getComputedStyle(document.documentElement).getPropertyValue("--panel");
  return { top: 20, right: 20, bottom: 40, left: Number.parseFloat(panel) + 16 + 24 };
}

export interface MapOptions {
  events: MapEvents;
  insets: () => Insets;
  /** What stands in front of the map, where a name could not be read. */
  inFront: () => Iterable<Element>;
  basemap: { url: string; attribution: string } | null;
  reducedMotion: boolean;
  /** It is looked at only: nobody moves it, and it has no scale. */
  isStill?: boolean;
}

export interface MapView {
  /** Other areas, or none; they appear once they have colours. */
  setGeometry(geometry: Geometry | null): void;
  setColours(colouring: Colouring): void;
  setLabels(labels: Labels): void;
  setMarks(marks: Marks): void;
  setPlaces(places: PlaceLayers): void;
  setPins(pins: readonly Pin[]): void;
  setSketch(sketch: SketchShape): void;
  /** Which of the areas in sight hold a place, the smallest first. */
  areasAt(at: LonLat): number[];
  /** The place in the middle of what is to be seen. */
  centre(): LonLat;
  /** Shows a whole box, and goes back to it when the window changes until a reader moves the map. */
  home(bbox: Bbox, animate: boolean): void;
  /** Shows it anew, where it does: what stands in front of the map has another size. */
  refit(): void;
  focus(bbox: Bbox, animate: boolean): void;
  /** Moves only as far as it must. */
  reveal(bbox: Bbox): void;
  show(at: Position): void;
  /** Is where another map is, without telling anybody. */
  follow(at: Position): void;
  zoomBy(steps: number): void;
  /** Reads the colours of lines from the page's tokens again. */
  retheme(): void;
  destroy(): void;
}
