// Areas that tile a place: drawn by the worker from vector tiles, shown as one image that moves
// with the map until the next one is ready.

import L from "leaflet";
import type { LonLat } from "../../contract";
import type { AreaLayer, Surroundings } from "../areas";
import type { Colouring, Geometry } from "../index";
import type { Indices } from "./decode";
import type { Painted, Style } from "./drawing";
import { Remote } from "./remote";
import type { Sheet } from "./sheet";
import { TileStore } from "./store";

/** Room around what is to be seen, in shares of it, less where there are many pixels. */
const ROOM = 0.2;
const LITTLE_ROOM = 0.1;
const MANY_PIXELS = 3_000_000;
const MAX_RATIO = 3;
const BORDER_WIDTH = 1.25;

export interface TiledEvents {
  /** A view has been drawn: other borders, and another answer to what is under the pointer. */
  drawn(): void;
  painted(): void;
  failed(error: unknown, retry: () => void): void;
}

/** What is drawn at one zoom of the map. */
interface Extent {
  sheet: Sheet;
  ratio: number;
  zoom: number;
}

interface Shown extends Extent {
  corner: L.LatLng;
}

/** What Leaflet's own layers use and its types leave out. */
interface AnimatedMap {
  _latLngToNewLayerPoint(at: L.LatLng, zoom: number, center: L.LatLng): L.Point;
  _animatingZoom?: boolean;
}

export class TiledAreas extends L.Layer implements AreaLayer {
  readonly #remote = new Remote();
  readonly #store: TileStore;
  readonly #canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated");
  readonly #context = this.#canvas.getContext("bitmaprenderer");
  readonly #outlines = new Map<number, Promise<L.LatLng[][]>>();
  #pixels: { values: Indices; sheet: Sheet; ratio: number } | null = null;
  #shown: Shown | null = null;
  /** Shown, or on its way. */
  #asked: Extent | null = null;
  /** Came while the map was flying: for when it has landed. */
  #landing: (() => void)[] = [];
  #colouring: Colouring | null = null;
  #around: Surroundings | null = null;
  #busy = false;
  #again = false;
  #ended = false;

  constructor(
    private readonly host: L.Map,
    pane: string,
    private readonly geometry: Geometry,
    private readonly events: TiledEvents,
  ) {
    super();
    L.setOptions(this, { pane });
    this.#store = new TileStore(this.#remote, geometry.edition);
  }

  override onAdd(): this {
    this.getPane()?.append(this.#canvas);
    this.#refresh();
    return this;
  }

  override onRemove(): this {
    this.#ended = true;
    this.#remote.end();
    this.#canvas.remove();
    return this;
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    const place = () => this.#place();
    // While half of the room is left: what comes into view is there before it does.
    const ahead = () => {
      if (!this.#isCovered(0.5)) this.#refresh();
    };
    return {
      zoom: place,
      viewreset: place,
      zoomanim: (event) => this.#fly(event as L.ZoomAnimEvent),
      zoomend: () => this.#land(),
      move: () => {
        if (this.#asked?.zoom === this.host.getZoom()) ahead();
      },
      moveend: ahead,
      resize: () => this.#refresh(),
    };
  }

  at(place: LonLat): number[] {
    if (!this.#pixels) return [];
    const { values, sheet, ratio } = this.#pixels;
    const point = this.#project(place, sheet, ratio);
    const [x, y] = [Math.floor(point.x - sheet.left), Math.floor(point.y - sheet.top)];
    if (x < 0 || y < 0 || x >= sheet.width || y >= sheet.height) return [];
    const value = values[y * sheet.width + x] as number;
    return value === 0 ? [] : [value - 1];
  }

  paint(colouring: Colouring, around: Surroundings): void {
    if (around !== this.#around) {
      this.#around = around;
      this.#remote.ask({ task: "dress", style: this.#style() }).then(this.#painted, this.#failed);
    }
    if (colouring === this.#colouring) return;
    this.#colouring = colouring;
    this.#remote.ask({ task: "colour", colouring }).then(this.#painted, this.#failed);
  }

  outline(area: number): Promise<L.LatLng[][]> {
    let lines = this.#outlines.get(area);
    if (!lines) {
      lines = this.#remote.ask({ task: "outline", area }).then((found) => found.map(latLngs));
      this.#outlines.set(area, lines);
    }
    return lines;
  }

  /** Draws what is to be seen now; once at a time, and once more if the map has moved meanwhile. */
  #refresh(): void {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    this.#again = false;
    this.#draw()
      .catch(this.#failed)
      .finally(() => {
        this.#busy = false;
        if (this.#again && !this.#ended) this.#refresh();
      });
  }

  async #draw(): Promise<void> {
    const ratio = Math.min(MAX_RATIO, Math.max(1, window.devicePixelRatio));
    const sheet = this.#sheet(ratio);
    if (sheet.width === 0 || sheet.height === 0) return;
    this.#asked = { sheet, ratio, zoom: this.host.getZoom() };
    const { geography, borders, count } = this.geometry;
    const [areas, lines] = await Promise.all([
      this.#store.need(geography, sheet, ratio),
      borders === null ? [] : this.#store.need(borders, sheet, ratio),
    ]);
    if (this.#ended || (this.#again && this.#shown)) return;
    const view = { sheet, ratio, count, areas, borders: lines, style: this.#style() };
    const { pixels, painted } = await this.#remote.ask({ task: "draw", view });
    this.#whenLanded(() => {
      this.#pixels = { values: pixels, sheet, ratio };
      this.#outlines.clear();
      if (painted) this.#show(painted);
      this.events.drawn();
    });
  }

  /** What the window shows and some room around it, at whole pixels of the page. */
  #sheet(ratio: number): Sheet {
    const size = this.host.getSize();
    const room = size.x * size.y * ratio ** 2 > MANY_PIXELS ? LITTLE_ROOM : ROOM;
    const margin = size.multiplyBy(room).ceil();
    const corner = this.host.getPixelBounds().min?.round().subtract(margin) ?? L.point(0, 0);
    return {
      world: 256 * 2 ** this.host.getZoom() * ratio,
      left: Math.round(corner.x * ratio),
      top: Math.round(corner.y * ratio),
      width: Math.round((size.x + 2 * margin.x) * ratio),
      height: Math.round((size.y + 2 * margin.y) * ratio),
    };
  }

  /** Whether the image shows all of the window or is about to, with a share of its room to spare. */
  #isCovered(share: number): boolean {
    if (!this.#asked || this.#asked.zoom !== this.host.getZoom()) return false;
    const { sheet, ratio } = this.#asked;
    const bounds = this.host.getPixelBounds();
    const [min, max] = [bounds.min, bounds.max];
    if (!min || !max) return false;
    const spare = {
      x: (share * (sheet.width / ratio - (max.x - min.x))) / 2,
      y: (share * (sheet.height / ratio - (max.y - min.y))) / 2,
    };
    return (
      sheet.left / ratio <= min.x - spare.x &&
      sheet.top / ratio <= min.y - spare.y &&
      (sheet.left + sheet.width) / ratio >= max.x + spare.x &&
      (sheet.top + sheet.height) / ratio >= max.y + spare.y
    );
  }

  readonly #painted = (painted: Painted | null): void => {
    if (painted) this.#whenLanded(() => this.#show(painted));
  };

  #whenLanded(show: () => void): void {
    if (this.#ended) return;
    if ((this.host as unknown as AnimatedMap)._animatingZoom) this.#landing.push(show);
    else show();
  }

  #show({ sheet, ratio, image }: Painted): void {
    const zoom = Math.log2(sheet.world / ratio / 256);
    const corner = this.host.unproject([sheet.left / ratio, sheet.top / ratio], zoom);
    this.#canvas.width = sheet.width;
    this.#canvas.height = sheet.height;
    this.#canvas.style.width = `${sheet.width / ratio}px`;
    this.#canvas.style.height = `${sheet.height / ratio}px`;
    this.#context?.transferFromImageBitmap(image);
    this.#shown = { sheet, ratio, corner, zoom: sameZoom(zoom, this.host.getZoom()) };
    this.#place();
    this.events.painted();
  }

  readonly #failed = (error: unknown): void => {
    this.#asked = null;
    if (!this.#ended) this.events.failed(error, () => this.#refresh());
  };

  #place(): void {
    if (!this.#shown) return;
    const { zoom, corner } = this.#shown;
    const scale = this.host.getZoomScale(this.host.getZoom(), zoom);
    L.DomUtil.setTransform(this.#canvas, this.host.latLngToLayerPoint(corner), scale);
  }

  #fly({ zoom, center }: L.ZoomAnimEvent): void {
    // What it will show where it lands is drawn on the way: once Leaflet, which tells its layers first, has the new place.
    queueMicrotask(() => this.#refresh());
    if (!this.#shown) return;
    const map = this.host as unknown as AnimatedMap;
    const at = map._latLngToNewLayerPoint(this.#shown.corner, zoom, center);
    L.DomUtil.setTransform(this.#canvas, at, this.host.getZoomScale(zoom, this.#shown.zoom));
  }

  #land(): void {
    for (const show of this.#landing.splice(0)) show();
  }

  #project([lon, lat]: LonLat, sheet: Sheet, ratio: number): L.Point {
    return this.host.project([lat, lon], Math.log2(sheet.world / ratio / 256)).multiplyBy(ratio);
  }

  #style(): Style {
    const tokens = this.#around?.tokens;
    // Fine when the areas are small, so that the lines do not wash out the colours.
    const areaLineWidth = Math.min(1, Math.max(0.3, (this.host.getZoom() - 8) * 0.16));
    return {
      areaLine: tokens?.areaLine ?? "transparent",
      areaLineDark: tokens?.areaLineDark ?? "transparent",
      areaLineWidth,
      borderLine: tokens?.borderLine ?? "transparent",
      borderLineWidth: BORDER_WIDTH,
      absent: tokens?.absent ?? "transparent",
      absentInk: tokens?.absentInk ?? "transparent",
      opacity: this.#around?.hasBasemap ? 0.78 : 1,
      isAlone: this.geometry.isAlone ?? false,
    };
  }
}

/** The map's own number, where it is the same but for rounding. */
const sameZoom = (zoom: number, own: number) => (Math.abs(zoom - own) < 1e-9 ? own : zoom);

/** From shares of the world, east and south in turn. */
function latLngs(line: readonly number[]): L.LatLng[] {
  return Array.from({ length: line.length / 2 }, (_, i) =>
    L.CRS.EPSG3857.pointToLatLng(
      L.point(256 * (line[2 * i] as number), 256 * (line[2 * i + 1] as number)),
      0,
    ),
  );
}
