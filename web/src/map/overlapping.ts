// Areas that overlap: each is a line along the inner side of its border, the smaller ones above
// the larger.

import L from "leaflet";
import { getShapes, type Shapes } from "../api";
import type { LonLat } from "../contract";
import type { AreaLayer, Surroundings } from "./areas";
import { areasHolding, type HitArea, hitArea } from "./hit";
import type { Colouring, Fill, Geometry, Paint } from "./index";
import { type InnerLine, innerLinesCanvas } from "./inner-lines";
import type { TiledEvents } from "./tiles/layer";
import type { Tokens } from "./tokens";

const QUIET: L.PolylineOptions = { interactive: false, smoothFactor: 0, lineJoin: "round" };
const NO_PAINT: Paint = { fill: "no-data", dimmed: false };

type Rings = L.LatLng[][];

export class OverlappingAreas extends L.LayerGroup implements AreaLayer {
  readonly #renderer: L.Canvas;
  #areas: { hit: HitArea; rings: Rings }[] = [];
  #grounds: L.Polygon[] = [];
  #lines: { index: number; polygon: L.Polygon }[] = [];
  #paint: { colouring: Colouring; around: Surroundings } | null = null;
  #ended = false;

  constructor(
    private readonly host: L.Map,
    pane: string,
    private readonly geometry: Geometry,
    private readonly events: TiledEvents,
  ) {
    super([], { pane });
    this.#renderer = innerLinesCanvas({ pane, padding: 0.25 });
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    map.on("zoomend", this.#repaint);
    this.#load();
    return this;
  }

  override onRemove(map: L.Map): this {
    this.#ended = true;
    map.off("zoomend", this.#repaint);
    super.onRemove(map);
    this.#renderer.remove();
    return this;
  }

  paint(colouring: Colouring, around: Surroundings): void {
    this.#paint = { colouring, around };
    this.#repaint();
  }

  at(place: LonLat): number[] {
    return areasHolding(
      this.#areas.map(({ hit }) => hit),
      place,
    );
  }

  async outline(area: number): Promise<L.LatLng[][]> {
    return this.#areas[area]?.rings ?? [];
  }

  #load(): void {
    const { edition, geography } = this.geometry;
    getShapes(edition, geography).then(
      (shapes) => this.#set(shapes),
      (error) => {
        if (!this.#ended) this.events.failed(error, () => this.#load());
      },
    );
  }

  /** The features come in the geography's order. */
  #set({ features }: Shapes): void {
    if (this.#ended) return;
    this.#areas = features.map(({ geometry }) => {
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      return {
        hit: hitArea(geometry),
        rings: polygons.flatMap((rings) => L.GeoJSON.coordsToLatLngs(rings, 1) as Rings),
      };
    });
    const order = this.#areas.map((_, index) => index);
    order.sort((a, b) => (this.#areas[b]?.hit.size ?? 0) - (this.#areas[a]?.hit.size ?? 0));
    const polygon = (index: number, options: L.PathOptions) =>
      L.polygon(this.#areas[index]?.rings ?? [], {
        ...QUIET,
        renderer: this.#renderer,
        ...options,
      }).addTo(this);
    this.#grounds = order.map((index) =>
      polygon(index, { stroke: false, fill: true, fillOpacity: 1 }),
    );
    this.#lines = order.map((index) => ({ index, polygon: polygon(index, { fill: false }) }));
    this.#repaint();
    this.events.drawn();
  }

  readonly #repaint = (): void => {
    if (!this.#paint || this.#lines.length === 0) return;
    const { colouring, around } = this.#paint;
    const { tokens, hasBasemap } = around;
    for (const ground of this.#grounds) {
      ground.setStyle({ fillColor: tokens.paper, fillOpacity: hasBasemap ? 0 : 1 });
    }
    const width = Math.min(5, Math.max(3, (this.host.getZoom() - 6) * 0.9));
    for (const { index, polygon } of this.#lines) {
      const { fill, dimmed } = colouring.paints[colouring.ofArea[index] ?? -1] ?? NO_PAINT;
      polygon.setStyle({
        opacity: fill === "outside" ? 0.08 : dimmed ? 0.16 : 1,
        innerLines: linesOf(fill, width, tokens),
      } as L.PathOptions);
    }
    this.events.painted();
  };
}

/** A casing of ink keeps the palest and the darkest class apart from the paper. */
function linesOf(fill: Fill, width: number, { ink, absentInk }: Tokens): InnerLine[] {
  switch (fill) {
    case "no-data":
      return [{ colour: absentInk, width: 2, dash: [2, 4] }];
    case "hidden":
      return [{ colour: absentInk, width: 2, dash: [8, 5] }];
    case "outside":
      return [{ colour: ink, width: 1 }];
    default:
      return [
        { colour: ink, width: width + 0.75 },
        { colour: fill.colour, width },
        { colour: ink, width: 0.75 },
      ];
  }
}
