// The areas of a vector tile (MVT 2.1) as numbers in a row: no object for a point or a ring.

import { PbfReader } from "pbf";

/** Units of a tile's grid along each side, as docs/api.md has it. */
export const EXTENT = 4096;

/** Whole numbers, so many as there are areas and one more. */
export type Indices = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** What a tile shows of areas. Feature `f` has the rings `firstRing[f]` to `firstRing[f + 1]`, ring `r` the points `firstPoint[r]` to `firstPoint[r + 1]`. */
export interface TileShapes {
  /** The area of each feature, as its position in the geography's order, ascending. */
  areas: Uint32Array;
  firstRing: Uint32Array;
  firstPoint: Uint32Array;
  /** East and south in turn, in units of the tile's grid from its north-western corner. */
  points: Int16Array;
}

const MOVE_TO = 1;
const LINE_TO = 2;
const POLYGON = 3;

/** The areas in the layer of that name; none where the tile has no such layer. */
export function decodeTile(bytes: Uint8Array, layer: string): TileShapes {
  const shapes = new Growing();
  new PbfReader(bytes).readFields((field, _, tile) => {
    if (field === 3) readLayer(tile, tile.readVarint() + tile.pos, layer, shapes);
  }, null);
  return shapes.done();
}

function readLayer(tile: PbfReader, end: number, wanted: string, shapes: Growing): void {
  const features: number[] = [];
  let name = "";
  tile.readFields(
    (field) => {
      if (field === 1) name = tile.readString();
      else if (field === 2) features.push(tile.pos);
    },
    null,
    end,
  );
  if (name !== wanted) return;
  for (const at of features) {
    tile.pos = at;
    readFeature(tile, tile.readVarint() + tile.pos, shapes);
  }
  tile.pos = end;
}

function readFeature(tile: PbfReader, end: number, shapes: Growing): void {
  let [id, type, geometry] = [0, 0, -1];
  tile.readFields(
    (field) => {
      if (field === 1) id = tile.readVarint();
      else if (field === 3) type = tile.readVarint();
      else if (field === 4) geometry = tile.pos;
    },
    null,
    end,
  );
  if (type === POLYGON && geometry >= 0) {
    tile.pos = geometry;
    shapes.startArea(id);
    readRings(tile, tile.readVarint() + tile.pos, shapes);
  }
  tile.pos = end;
}

function readRings(tile: PbfReader, end: number, shapes: Growing): void {
  let [x, y] = [0, 0];
  while (tile.pos < end) {
    const word = tile.readVarint();
    const command = word & 7;
    if (command === MOVE_TO) shapes.startRing();
    if (command !== MOVE_TO && command !== LINE_TO) continue;
    for (let left = word >> 3; left > 0; left -= 1) {
      x += tile.readSVarint();
      y += tile.readSVarint();
      shapes.addPoint(x, y);
    }
  }
}

class Growing {
  readonly #areas: number[] = [];
  readonly #firstRing: number[] = [];
  readonly #firstPoint: number[] = [];
  #points = new Int16Array(4096);
  #length = 0;

  startArea(id: number): void {
    this.#areas.push(id);
    this.#firstRing.push(this.#firstPoint.length);
  }

  startRing(): void {
    this.#firstPoint.push(this.#length / 2);
  }

  addPoint(x: number, y: number): void {
    if (this.#length + 2 > this.#points.length) {
      const larger = new Int16Array(2 * this.#points.length);
      larger.set(this.#points);
      this.#points = larger;
    }
    this.#points[this.#length] = x;
    this.#points[this.#length + 1] = y;
    this.#length += 2;
  }

  done(): TileShapes {
    return {
      areas: Uint32Array.from(this.#areas),
      firstRing: Uint32Array.from([...this.#firstRing, this.#firstPoint.length]),
      firstPoint: Uint32Array.from([...this.#firstPoint, this.#length / 2]),
      points: this.#points.slice(0, this.#length),
    };
  }
}
