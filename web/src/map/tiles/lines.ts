// The borders of areas as lines. A tile cuts areas off a little outside its edge: what runs along
// the cut is no border.

import { EXTENT, type TileShapes } from "./decode";
import type { Tile } from "./sheet";

/** By how many units a tile shows more than its own square, as the server cuts it. */
const MARGIN = 64;
const LOW = -MARGIN;
const HIGH = EXTENT + MARGIN;

/** Takes the points of a line in turn; `isStart` at the first of each. */
export type Pen = (x: number, y: number, isStart: boolean) => void;

/** Draws a line of a tile, but for what is a cut, in units of the tile. */
export function traceLine({ firstPoint, points }: TileShapes, line: number, pen: Pen): void {
  const first = firstPoint[line] as number;
  const end = firstPoint[line + 1] as number;
  let beforeX = points[2 * first] as number;
  let beforeY = points[2 * first + 1] as number;
  let isDrawing = false;
  for (let i = first + 1; i < end; i += 1) {
    const x = points[2 * i] as number;
    const y = points[2 * i + 1] as number;
    const isCut =
      (x === beforeX && (x === LOW || x === HIGH)) || (y === beforeY && (y === LOW || y === HIGH));
    if (!isCut) {
      if (!isDrawing) pen(beforeX, beforeY, true);
      pen(x, y, false);
    }
    isDrawing = !isCut;
    beforeX = x;
    beforeY = y;
  }
}

/** The place of an area among a tile's features, which are in order; −1 where it is not there. */
export function featureOf({ areas }: TileShapes, area: number): number {
  let [low, high] = [0, areas.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((areas[middle] as number) < area) low = middle + 1;
    else high = middle;
  }
  return areas[low] === area ? low : -1;
}

/** The border of an area as lines, whose points are shares of the world, east and south in turn. */
export function outlineOf(tiles: readonly Tile[], area: number): number[][] {
  const lines: number[][] = [];
  for (const { address, shapes } of tiles) {
    const feature = featureOf(shapes, area);
    if (feature < 0) continue;
    const width = EXTENT * 2 ** address.z;
    const { firstLine, around } = shapes;
    for (const line of around.subarray(firstLine[feature], firstLine[feature + 1])) {
      traceLine(shapes, line < 0 ? ~line : line, (x, y, isStart) => {
        if (isStart) lines.push([]);
        lines.at(-1)?.push((address.x * EXTENT + x) / width, (address.y * EXTENT + y) / width);
      });
    }
  }
  return lines;
}
