// The boxes of names on the map: which touch, which lie in sight, and which stand where another's is looked for.

import type { Point } from "./spread";

/** In pixels of the map's layers. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** How far a name must move so that the edge of the map does not cut it. */
export function intoSight(name: Box, sight: Box): Point {
  return {
    x: Math.max(0, sight.left - name.left) - Math.max(0, name.right - sight.right),
    y: Math.max(0, sight.top - name.top) - Math.max(0, name.bottom - sight.bottom),
  };
}

/** Whether a name that has moved from its place would be read as the name of another. */
export function isTakenFor(name: Box, own: Point, other: Point): boolean {
  const height = name.bottom - name.top;
  const x = (name.left + name.right) / 2;
  const y = (name.top + name.bottom) / 2;
  const moved = Math.hypot(own.x - x, own.y - y);
  if (moved === 0) return false;
  // Also right below or above it.
  const reach = around(x, y, (name.right - name.left) / 2, height);
  return holds(reach, at(other)) || Math.hypot(other.x - x, other.y - y) < moved;
}

export const at = ({ x, y }: Point): Box => around(x, y, 0, 0);

export function holds(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

export function around(x: number, y: number, width: number, height: number): Box {
  return { left: x - width, right: x + width, top: y - height, bottom: y + height };
}

export function touch(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
