// Lines on a canvas.

import { traceLine } from "./lines";
import { placementOf, type Sheet, type Tile } from "./sheet";

/** One path of all lines of a country would take a canvas seconds; many short ones do not. */
const POINTS_AT_ONCE = 1500;

/** Draws the borders of all areas, in pixels of the sheet. */
export function strokeBorders(
  context: OffscreenCanvasRenderingContext2D,
  tiles: readonly Tile[],
  sheet: Sheet,
  width: number,
): void {
  context.lineWidth = width;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.beginPath();
  let points = 0;
  for (const { address, shapes } of tiles) {
    const { scale, shiftX, shiftY } = placementOf(address, sheet);
    for (let line = 0; line + 1 < shapes.firstPoint.length; line += 1) {
      traceLine(shapes, line, (x, y, isStart) => {
        points += 1;
        if (isStart) context.moveTo(x * scale + shiftX, y * scale + shiftY);
        else context.lineTo(x * scale + shiftX, y * scale + shiftY);
      });
      if (points < POINTS_AT_ONCE) continue;
      context.stroke();
      context.beginPath();
      points = 0;
    }
  }
  context.stroke();
}
