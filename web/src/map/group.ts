// Places that would stand on top of each other are drawn as one, with their number.

import type { Point } from "./spread";

/**
 * Points of a plane by the squares of a grid that they lie in. The grid is fixed to the plane, so
 * that moving the map changes nothing.
 */
export function grouped<T>(items: readonly T[], pointOf: (item: T) => Point, cell: number): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const { x, y } = pointOf(item);
    const key = `${Math.floor(x / cell)} ${Math.floor(y / cell)}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
