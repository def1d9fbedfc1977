// Shapes as the data of SVG paths.

import type { TileShapes } from "./decode";
import { traceBorder } from "./lines";
import { type Placement, placementOf, type Sheet, type Tile } from "./sheet";

/**
 * One path for all areas of a kind: side by side in one path they leave no seam. `kindOf` an area is `null` where it is
 * not drawn.
 */
export function fillPaths(
  tiles: readonly Tile[],
  sheet: Sheet,
  kindOf: (area: number) => number | null,
): Map<number, string> {
  const parts = new Map<number, string[]>();
  eachFeature(tiles, sheet, (shapes, feature, at) => {
    const kind = kindOf(shapes.areas[feature] as number);
    if (kind === null) return;
    const { firstRing, firstPoint, points } = shapes;
    const own = parts.get(kind) ?? [];
    const endRing = firstRing[feature + 1] as number;
    for (let ring = firstRing[feature] as number; ring < endRing; ring += 1) {
      const corners: string[] = [];
      for (let i = firstPoint[ring] as number; i < (firstPoint[ring + 1] as number); i += 1) {
        corners.push(pixel(points[2 * i] as number, points[2 * i + 1] as number, at));
      }
      own.push(`M${corners.join("L")}Z`);
    }
    parts.set(kind, own);
  });
  return new Map([...parts].map(([kind, own]) => [kind, own.join("")]));
}

/** The borders of all areas, or of those asked for. */
export function borderPath(
  tiles: readonly Tile[],
  sheet: Sheet,
  isWanted: (area: number) => boolean = () => true,
): string {
  const parts: string[] = [];
  eachFeature(tiles, sheet, (shapes, feature, at) => {
    if (!isWanted(shapes.areas[feature] as number)) return;
    traceBorder(shapes, feature, (x, y, isStart) => {
      parts.push(isStart ? "M" : "L", pixel(x, y, at));
    });
  });
  return parts.join("");
}

function pixel(x: number, y: number, { scale, shiftX, shiftY }: Placement): string {
  const round = (value: number) => String(Math.round(value * 10) / 10);
  return `${round(x * scale + shiftX)} ${round(y * scale + shiftY)}`;
}

/** Every feature that shows on the sheet. */
function eachFeature(
  tiles: readonly Tile[],
  sheet: Sheet,
  visit: (shapes: TileShapes, feature: number, at: Placement) => void,
): void {
  for (const { address, shapes } of tiles) {
    const at = placementOf(address, sheet);
    for (let feature = 0; feature < shapes.areas.length; feature += 1) {
      if (isOn(shapes, feature, at, sheet)) visit(shapes, feature, at);
    }
  }
}

function isOn(
  { firstRing, firstPoint, points }: TileShapes,
  feature: number,
  { scale, shiftX, shiftY }: Placement,
  { width, height }: Sheet,
): boolean {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const from = firstPoint[firstRing[feature] as number] as number;
  const to = firstPoint[firstRing[feature + 1] as number] as number;
  for (let i = from; i < to; i += 1) {
    const x = (points[2 * i] as number) * scale + shiftX;
    const y = (points[2 * i + 1] as number) * scale + shiftY;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right >= 0 && bottom >= 0 && left <= width && top <= height;
}
