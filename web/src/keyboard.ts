// Walking a map by arrow keys: from area to area in the direction that is asked for.

import type { LonLat, Neighbours } from "./contract";

export type Direction = "up" | "right" | "down" | "left";

/** Compass bearings in degrees. */
const BEARINGS: Record<Direction, number> = { up: 0, right: 90, down: 180, left: 270 };
const NEIGHBOUR_WITHIN = 60;
const QUADRANT_WITHIN = 45;

export function directionOf(key: string): Direction | null {
  switch (key) {
    case "ArrowUp":
      return "up";
    case "ArrowRight":
      return "right";
    case "ArrowDown":
      return "down";
    case "ArrowLeft":
      return "left";
    default:
      return null;
  }
}

/**
 * The area that lies in a direction: the neighbour whose bearing is nearest to it, if within 60°;
 * otherwise the area with the nearest centroid in that quadrant; otherwise none.
 */
export function areaTowards(
  from: number,
  direction: Direction,
  centroids: readonly (LonLat | null)[],
  neighbours: Pick<Neighbours, "offsets" | "indices"> | null,
): number | null {
  const here = centroids[from];
  if (!here) return null;
  return (
    nearestNeighbour(from, here, direction, centroids, neighbours) ??
    nearestInQuadrant(from, here, direction, centroids)
  );
}

/** The area whose centroid is nearest to a point. */
export function nearestArea(point: LonLat, centroids: readonly (LonLat | null)[]): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  centroids.forEach((centroid, index) => {
    if (!centroid) return;
    const distance = length(offset(point, centroid));
    if (distance < least) {
      least = distance;
      best = index;
    }
  });
  return best;
}

/** Degrees between a bearing and a direction, 0 to 180. */
export function turn(from: LonLat, to: LonLat, direction: Direction): number {
  const [east, north] = offset(from, to);
  const bearing = (Math.atan2(east, north) * 180) / Math.PI;
  const difference = Math.abs(bearing - BEARINGS[direction]) % 360;
  return difference > 180 ? 360 - difference : difference;
}

function nearestNeighbour(
  from: number,
  here: LonLat,
  direction: Direction,
  centroids: readonly (LonLat | null)[],
  neighbours: Pick<Neighbours, "offsets" | "indices"> | null,
): number | null {
  if (!neighbours) return null;
  let best: number | null = null;
  let least = NEIGHBOUR_WITHIN;
  for (const other of neighbours.indices.slice(
    neighbours.offsets[from],
    neighbours.offsets[from + 1],
  )) {
    const there = centroids[other];
    if (!there) continue;
    const angle = turn(here, there, direction);
    if (angle <= least) {
      least = angle;
      best = other;
    }
  }
  return best;
}

function nearestInQuadrant(
  from: number,
  here: LonLat,
  direction: Direction,
  centroids: readonly (LonLat | null)[],
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  centroids.forEach((there, other) => {
    if (!there || other === from || turn(here, there, direction) > QUADRANT_WITHIN) return;
    const distance = length(offset(here, there));
    if (distance > 0 && distance < least) {
      least = distance;
      best = other;
    }
  });
  return best;
}

/** East and north, in degrees of latitude: good enough over one atlas. */
function offset(from: LonLat, to: LonLat): LonLat {
  const shrink = Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
  return [(to[0] - from[0]) * shrink, to[1] - from[1]];
}

function length([east, north]: LonLat): number {
  return Math.hypot(east, north);
}
