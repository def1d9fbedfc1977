// The part of the world that is drawn, and the tiles that show it.

import { EXTENT, type TileShapes } from "./decode";

/** A rectangle of pixels of the screen on a map of the world. */
export interface Sheet {
  /** How many pixels the world is wide. */
  world: number;
  /** Its corner, in pixels from the north-western corner of the world. */
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

export interface Tile {
  address: TileAddress;
  shapes: TileShapes;
}

/** Pixels of a sheet, from `left` and `top` up to and without `right` and `bottom`. */
export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Tiles are so many pixels of the page wide. */
const TILE_PIXELS = 512;

/** The zoom of the tiles for a sheet, `ratio` of whose pixels are one of the page. */
export function tileZoom({ world }: Sheet, ratio: number, maxZoom: number): number {
  const zoom = Math.round(Math.log2(world / ratio / TILE_PIXELS));
  return Math.min(maxZoom, Math.max(0, zoom));
}

/** The tiles of a zoom that show any of a sheet within bounds, which are shares of the world. */
export function tilesOf(sheet: Sheet, z: number, bounds: Rectangle): TileAddress[] {
  const side = sheet.world / 2 ** z;
  const last = 2 ** z - 1;
  const span = (from: number, to: number, low: number, high: number) => {
    const first = Math.max(0, Math.floor(Math.max(from, low * sheet.world) / side));
    const end = Math.min(last, Math.floor(Math.min(to - 1, high * sheet.world) / side));
    return Array.from({ length: Math.max(0, end - first + 1) }, (_, i) => first + i);
  };
  const { left, top, width, height } = sheet;
  const columns = span(left, left + width, bounds.left, bounds.right);
  const rows = span(top, top + height, bounds.top, bounds.bottom);
  return rows.flatMap((y) => columns.map((x) => ({ z, x, y })));
}

/** The pixels of a sheet that are drawn from a tile: every pixel is of one tile. */
export function pixelsOf({ z, x, y }: TileAddress, sheet: Sheet): Rectangle {
  const side = sheet.world / 2 ** z;
  const within = (pixel: number, length: number) =>
    Math.min(length, Math.max(0, Math.round(pixel)));
  return {
    left: within(x * side - sheet.left, sheet.width),
    top: within(y * side - sheet.top, sheet.height),
    right: within((x + 1) * side - sheet.left, sheet.width),
    bottom: within((y + 1) * side - sheet.top, sheet.height),
  };
}

/** From a tile's grid to the pixels of a sheet: `pixel = scale * unit + shift`. */
export interface Placement {
  scale: number;
  shiftX: number;
  shiftY: number;
}

export function placementOf({ z, x, y }: TileAddress, sheet: Sheet): Placement {
  const side = sheet.world / 2 ** z;
  return { scale: side / EXTENT, shiftX: x * side - sheet.left, shiftY: y * side - sheet.top };
}
