// What the worker keeps: the tiles, the raster of the present view and the lines above it. It
// knows areas by their position and no values.

import type { Colouring, Fill } from "../index";
import { dotted, hatched } from "../patterns";
import { DIMMED } from "../stepped-back";
import { decodeTile, type TileShapes } from "./decode";
import { drawEdges, type Edges, edgesOf } from "./edges";
import { outlineOf } from "./lines";
import { type Raster, rasterise } from "./raster";
import { type ColourTable, colour, type Pattern, recolour } from "./recolour";
import type { Sheet, Tile, TileAddress } from "./sheet";
import { strokeBorders } from "./stroke";

/** A tile that was handed in under a key. */
export interface Placed {
  key: string;
  address: TileAddress;
}

export interface View {
  sheet: Sheet;
  /** How many pixels of the sheet are one of the page. */
  ratio: number;
  /** Of so many areas. */
  count: number;
  areas: readonly Placed[];
  /** Of the geography whose borders are drawn above. */
  borders: readonly Placed[];
  style: Style;
}

/** A sheet in colours. */
export interface Painted {
  sheet: Sheet;
  ratio: number;
  image: ImageBitmap;
}

export interface Style {
  /** On dark fills, and on pale ones. */
  areaLine: string;
  areaLineDark: string;
  /** In pixels of the page. */
  areaLineWidth: number;
  borderLine: string;
  borderLineWidth: number;
  absent: string;
  absentInk: string;
  /** Of fills, so that a base map shows through. */
  opacity: number;
  /** Whether lines are drawn on coloured areas alone. */
  isAlone: boolean;
}

/** Areas smaller than this, in square pixels of the page on the average, have no lines: these would be all that is seen… */
const NO_LINES = 30;
/** …and from here on they have them in full. */
const FULL_LINES = 150;

export class Drawing {
  readonly #tiles = new Map<string, TileShapes>();
  readonly #colours = new Map<string, [number, number, number, number]>();
  #view: View | null = null;
  #raster: Raster | null = null;
  #edges: Edges | null = null;
  #lines: OffscreenCanvas | null = null;
  #patterns: Pattern[] | null = null;
  /** What is painted on: a new one for every colouring would cost more than the colours. */
  #image: ImageData | null = null;
  #colouring: Colouring | null = null;

  addTile(key: string, bytes: ArrayBuffer): void {
    this.#tiles.set(key, decodeTile(new Uint8Array(bytes)));
  }

  forgetTile(key: string): void {
    this.#tiles.delete(key);
  }

  /** Another view. */
  draw(view: View): Raster {
    this.#view = view;
    this.#edges = null;
    this.#lines = null;
    this.#patterns = null;
    this.#raster = rasterise(this.#placed(view.areas), view.sheet, view.count);
    return this.#raster;
  }

  /** Other colours. */
  colour(colouring: Colouring): void {
    this.#colouring = colouring;
  }

  /** Other lines. */
  dress(style: Style): void {
    this.#edges = null;
    this.#lines = null;
    this.#patterns = null;
    if (this.#view) this.#view = { ...this.#view, style };
  }

  /** The view in colours, where all is known that it takes. */
  paint(): Painted | null {
    const [view, raster, colouring] = [this.#view, this.#raster, this.#colouring];
    if (!view || !raster || !colouring) return null;
    const { style, sheet } = view;
    const { width, height } = raster;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (!context) return null;
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(width, height);
    }
    this.#patterns ??= this.#drawPatterns(style, view.ratio);
    const painted = new Int32Array(this.#image.data.buffer);
    const table = this.#table(colouring, style, view.count);
    recolour(raster, table, this.#patterns, sheet, painted);
    this.#edges ??= this.#findEdges(view);
    const light = this.#channels(style.areaLine);
    const dark = this.#channels(style.areaLineDark);
    if (this.#edges) drawEdges(painted, this.#edges, { light, dark }, style.isAlone);
    context.putImageData(this.#image, 0, 0);
    this.#lines ??= this.#drawLines(view);
    if (style.isAlone) context.globalCompositeOperation = "source-atop";
    context.drawImage(this.#lines, 0, 0);
    return { sheet, ratio: view.ratio, image: canvas.transferToImageBitmap() };
  }

  outline(area: number): number[][] {
    return this.#view ? outlineOf(this.#placed(this.#view.areas), area) : [];
  }

  #placed(tiles: readonly Placed[]): Tile[] {
    return tiles.flatMap(({ key, address }) => {
      const shapes = this.#tiles.get(key);
      return shapes ? [{ address, shapes }] : [];
    });
  }

  #table({ paints, ofArea }: Colouring, style: Style, count: number): ColourTable {
    const colours = paints.map(({ fill, dimmed }) => this.#fillColour(fill, dimmed, style));
    const table = new Int32Array(count + 1);
    for (let area = 0; area < count; area += 1) {
      table[area + 1] = colours[ofArea[area] ?? -1] ?? 0;
    }
    return table;
  }

  #fillColour(fill: Fill, dimmed: boolean, style: Style): number {
    if (fill === "outside") return 0;
    if (fill === "no-data") return dimmed ? 2 : 1;
    if (fill === "hidden") return dimmed ? 4 : 3;
    const [red, green, blue, opacity] = this.#channels(fill.colour);
    return colour(red, green, blue, Math.round(opacity * (dimmed ? DIMMED : style.opacity)));
  }

  /** In the order that `#fillColour` numbers them. */
  #drawPatterns({ absent, absentInk, opacity }: Style, ratio: number): Pattern[] {
    return [dotted, hatched].flatMap((draw) =>
      [opacity, DIMMED].map((share) => {
        const size = Math.round(6 * ratio);
        const context = new OffscreenCanvas(size, size).getContext("2d");
        if (!context) return { size: 1, pixels: new Int32Array(1) };
        context.globalAlpha = share;
        context.scale(size / 6, size / 6);
        draw(context, { ground: absent, ink: absentInk });
        const { data } = context.getImageData(0, 0, size, size);
        return { size, pixels: new Int32Array(data.buffer) };
      }),
    );
  }

  #findEdges({ areas, sheet, style, ratio }: View): Edges | null {
    const share = this.#lineOpacity(ratio);
    const pen = new OffscreenCanvas(sheet.width, sheet.height).getContext("2d");
    if (!pen || share === 0 || areas.length === 0) return null;
    strokeBorders(pen, this.#placed(areas), sheet, style.areaLineWidth * ratio);
    return edgesOf(pen.getImageData(0, 0, sheet.width, sheet.height), share);
  }

  /** Of the geography above. */
  #drawLines({ borders, sheet, style, ratio }: View): OffscreenCanvas {
    const lines = new OffscreenCanvas(sheet.width, sheet.height);
    const full = new OffscreenCanvas(sheet.width, sheet.height);
    const [context, pen] = [lines.getContext("2d"), full.getContext("2d")];
    if (!context || !pen || borders.length === 0) return lines;
    const [red, green, blue, opacity] = this.#channels(style.borderLine);
    // In full colour first: where two lines lie on each other they must not look stronger.
    pen.strokeStyle = `rgb(${red} ${green} ${blue})`;
    strokeBorders(pen, this.#placed(borders), sheet, style.borderLineWidth * ratio);
    context.globalAlpha = opacity / 255;
    context.drawImage(full, 0, 0);
    return lines;
  }

  #lineOpacity(ratio: number): number {
    if (!this.#raster || this.#raster.areas === 0) return 0;
    const size = this.#raster.covered / this.#raster.areas / ratio ** 2;
    return Math.min(1, Math.max(0, (size - NO_LINES) / (FULL_LINES - NO_LINES)));
  }

  /** A colour of a style sheet as red, green, blue and opacity. */
  #channels(name: string): [number, number, number, number] {
    let known = this.#colours.get(name);
    if (!known) {
      const context = new OffscreenCanvas(1, 1).getContext("2d");
      if (!context) return [0, 0, 0, 0];
      context.fillStyle = name;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, opacity = 0] = context.getImageData(0, 0, 1, 1).data;
      known = [red, green, blue, opacity];
      this.#colours.set(name, known);
    }
    return known;
  }
}
