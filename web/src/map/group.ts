// Places that would stand on top of each other are drawn as one, with their number.

import type { Point } from "./spread";

/** Places nearer to each other than about so many pixels are drawn as one. */
const CELL = 60;
/** A sign with a number is about so wide. */
const SIGN = 40;

/** The places that are drawn as one each, of which no two signs overlap. */
export function signsOf<T>(items: readonly T[], pointOf: (item: T) => Point): T[][] {
  return apart(grouped(items, pointOf, CELL), (group) => middleOf(group.map(pointOf)), SIGN);
}

/** The middle of the box around some points. */
export function middleOf(points: readonly Point[]): Point {
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return { x: middle(points.map(({ x }) => x)), y: middle(points.map(({ y }) => y)) };
}

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

/** Groups of which no two stand nearer to each other than `apart`: those that would are one. */
export function apart<T>(
  groups: readonly T[][],
  centreOf: (group: readonly T[]) => Point,
  apart: number,
): T[][] {
  const placed = groups.map((group) => ({ group, ...centreOf(group) }));
  for (let i = 0; i < placed.length; i += 1) {
    const own = placed[i] as (typeof placed)[number];
    const near = placed.findIndex(
      ({ x, y }, j) => j > i && Math.abs(x - own.x) < apart && Math.abs(y - own.y) < apart,
    );
    if (near < 0) continue;
    const group = [...own.group, ...(placed[near] as typeof own).group];
    placed.splice(near, 1);
    placed[i] = { group, ...centreOf(group) };
    // Where it stands now it may be near to one that was looked at before.
    i = -1;
  }
  return placed.map(({ group }) => group);
}
