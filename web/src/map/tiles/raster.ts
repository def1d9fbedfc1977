// Which area each pixel of a sheet is of. Pointing at an area and painting another indicator are
// then a look into this, and no longer a matter of shapes.

import type { Indices, TileShapes } from "./decode";
import { Filler, type Samples } from "./fill";
import {
  type Placement,
  pixelsOf,
  placementOf,
  type Rectangle,
  type Sheet,
  type Tile,
} from "./sheet";

/** Areas are written as their position and 1; 0 is none. */
export interface Raster {
  width: number;
  height: number;
  /** The area of each pixel, row after row: of a shared one, the area in its middle. */
  pixels: Indices;
  /** The pixels that are of more than one area, which is what makes borders smooth… */
  sharedAt: Uint32Array;
  /** …and the areas of each one's samples, so many as each pixel has. */
  shared: Indices;
  perPixel: number;
  /** How many areas have a pixel or a share of one, and how many pixels are of any area. */
  areas: number;
  covered: number;
}

/** A pixel has so many samples in each direction, and more where there are too many areas for them. */
const SIDE = 2;
const MOST_SIDE = 8;
/** How far from its place, in pixels, an area may be drawn that has no room there. */
const FARTHEST = 3;

/** Room for the numbers 0 to `count`. */
export function indices(length: number, count: number): Indices {
  return count < 65_536 ? new Uint16Array(length) : new Uint32Array(length);
}

/** Draws the tiles, which are all of one geography of `count` areas and of one zoom: no area is left out. */
export function rasterise(tiles: readonly Tile[], sheet: Sheet, count: number): Raster {
  for (let side = SIDE; ; side += 1) {
    const raster = sampled(tiles, sheet, count, side, side === MOST_SIDE);
    if (raster) return raster;
  }
}

/** The raster by so many samples; `null` where there is an area that finds none, unless that is the last resort. */
function sampled(
  tiles: readonly Tile[],
  sheet: Sheet,
  count: number,
  side: number,
  isLast: boolean,
): Raster | null {
  const { width, height } = sheet;
  const pixels = indices(width * height, count);
  const filler = new Filler();
  const shared = new Shared(count, side);
  const taken = new Uint32Array(count + 1);
  const seen = new Uint8Array(count + 1);
  let covered = 0;
  let room = indices(0, count);
  for (const { address, shapes } of tiles) {
    const part = pixelsOf(address, sheet);
    const [columns, rows] = [side * (part.right - part.left), side * (part.bottom - part.top)];
    if (columns <= 0 || rows <= 0) continue;
    if (room.length < columns * rows) room = indices(columns * rows, count);
    const samples: Samples = { width: columns, height: rows, values: room };
    samples.values.fill(0, 0, columns * rows);
    const at = inSamples(placementOf(address, sheet), part, side);
    for (let feature = 0; feature < shapes.areas.length; feature += 1) {
      filler.fill(shapes, feature, at, samples, (shapes.areas[feature] as number) + 1);
    }
    taken.fill(0);
    for (let i = 0; i < columns * rows; i += 1) (taken[room[i] as number] as number) += 1;
    if (!enterMissing(shapes, at, samples, taken, FARTHEST * side) && !isLast) return null;
    for (const area of shapes.areas) if ((taken[area + 1] as number) > 0) seen[area + 1] = 1;
    covered += (columns * rows - (taken[0] as number)) / side ** 2;
    gather(samples, part, sheet.width, side, pixels, shared);
  }
  const areas = seen.reduce((sum, one) => sum + one, 0);
  return { width, height, pixels, ...shared.done(), areas, covered };
}

function inSamples({ scale, shiftX, shiftY }: Placement, part: Rectangle, side: number): Placement {
  return {
    scale: side * scale,
    shiftX: side * (shiftX - part.left),
    shiftY: side * (shiftY - part.top),
  };
}

/** An area too small for any sample gets the nearest one that another can spare. Whether each found one. */
function enterMissing(
  shapes: TileShapes,
  at: Placement,
  samples: Samples,
  taken: Uint32Array,
  farthest: number,
): boolean {
  let isWhole = true;
  for (let feature = 0; feature < shapes.areas.length; feature += 1) {
    const value = (shapes.areas[feature] as number) + 1;
    if ((taken[value] as number) > 0) continue;
    const [x, y] = middleOf(shapes, feature, at);
    // What lies there is another tile's to draw.
    if (x < 0 || y < 0 || x >= samples.width || y >= samples.height) continue;
    const place = spareSample(x, y, samples, taken, farthest);
    if (place === null) {
      isWhole = false;
      continue;
    }
    (taken[samples.values[place] as number] as number) -= 1;
    samples.values[place] = value;
    taken[value] = 1;
  }
  return isWhole;
}

function middleOf(shapes: TileShapes, feature: number, at: Placement): [number, number] {
  const { firstLine, around, firstPoint, points } = shapes;
  let [x, y, count] = [0, 0, 0];
  for (const sided of around.subarray(firstLine[feature], firstLine[feature + 1])) {
    const line = sided < 0 ? ~sided : sided;
    for (let i = firstPoint[line] as number; i < (firstPoint[line + 1] as number); i += 1) {
      x += points[2 * i] as number;
      y += points[2 * i + 1] as number;
      count += 1;
    }
  }
  return [
    Math.floor((x / count) * at.scale + at.shiftX),
    Math.floor((y / count) * at.scale + at.shiftY),
  ];
}

/** The sample nearest to a place that is of no area, or of one with others. */
function spareSample(
  x: number,
  y: number,
  { width, height, values }: Samples,
  taken: Uint32Array,
  farthest: number,
): number | null {
  for (let far = 0; far <= farthest; far += 1) {
    for (let row = Math.max(0, y - far); row <= Math.min(height - 1, y + far); row += 1) {
      const isEdge = Math.abs(row - y) === far;
      for (let column = x - far; column <= x + far; column += isEdge || far === 0 ? 1 : 2 * far) {
        if (column < 0 || column >= width) continue;
        const owner = values[row * width + column] as number;
        if (owner === 0 || (taken[owner] as number) > 1) return row * width + column;
      }
    }
  }
  return null;
}

/** From samples to pixels. */
function gather(
  { width: columns, values }: Samples,
  part: Rectangle,
  width: number,
  side: number,
  pixels: Indices,
  shared: Shared,
): void {
  const middle = (side >> 1) * (columns + 1);
  for (let row = part.top; row < part.bottom; row += 1) {
    let sample = side * (row - part.top) * columns;
    for (let at = row * width + part.left; at < row * width + part.right; at += 1) {
      pixels[at] = values[sample + middle] as number;
      if (!isOfOne(values, sample, columns, side)) shared.add(at, values, sample, columns);
      sample += side;
    }
  }
}

function isOfOne(values: Indices, first: number, columns: number, side: number): boolean {
  const value = values[first];
  for (let row = first; row < first + side * columns; row += columns) {
    for (let i = row; i < row + side; i += 1) if (values[i] !== value) return false;
  }
  return true;
}

class Shared {
  #count = 0;
  #at = new Uint32Array(4096);
  #values: Indices;
  readonly #perPixel: number;

  constructor(
    private readonly areas: number,
    private readonly side: number,
  ) {
    this.#perPixel = side ** 2;
    this.#values = indices(this.#perPixel * this.#at.length, areas);
  }

  /** Adds the pixel whose samples begin at `first`. */
  add(at: number, samples: Indices, first: number, columns: number): void {
    if (this.#count === this.#at.length) this.#grow();
    this.#at[this.#count] = at;
    let place = this.#perPixel * this.#count;
    for (let row = first; row < first + this.side * columns; row += columns) {
      for (let i = row; i < row + this.side; i += 1) {
        this.#values[place] = samples[i] as number;
        place += 1;
      }
    }
    this.#count += 1;
  }

  done(): Pick<Raster, "sharedAt" | "shared" | "perPixel"> {
    return {
      sharedAt: this.#at.slice(0, this.#count),
      shared: this.#values.slice(0, this.#perPixel * this.#count) as Indices,
      perPixel: this.#perPixel,
    };
  }

  #grow(): void {
    const [at, values] = [this.#at, this.#values];
    this.#at = new Uint32Array(2 * at.length);
    this.#values = indices(2 * values.length, this.areas);
    this.#at.set(at);
    this.#values.set(values);
  }
}
