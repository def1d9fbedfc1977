// Which areas lie around a place or inside a drawn line. An area lies where its label point does, a
// point well inside it: so each of the areas that tile a place is on one side of every line.

import type { LonLat } from "../contract";

/** The mean radius of the earth in km (IUGG). */
const EARTH_KM = 6371.0088;
const RADIANS = Math.PI / 180;

/** The distance of two places along the sphere in km, by the haversine formula. */
export function distanceKm([lon1, lat1]: LonLat, [lon2, lat2]: LonLat): number {
  const across = Math.sin(((lon2 - lon1) * RADIANS) / 2);
  const up = Math.sin(((lat2 - lat1) * RADIANS) / 2);
  const h = up * up + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * across * across;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The indices of the points within a distance of a place. */
export function pointsAround(
  points: readonly (LonLat | null)[],
  centre: LonLat,
  km: number,
): number[] {
  return points.flatMap((point, i) => (point && distanceKm(point, centre) <= km ? i : []));
}

/** The indices of the points inside a closed line, by the even-odd rule. */
export function pointsInside(
  points: readonly (LonLat | null)[],
  corners: readonly LonLat[],
): number[] {
  if (corners.length < 3) return [];
  return points.flatMap((point, i) => (point && isInside(point, corners) ? i : []));
}

function isInside([lon, lat]: LonLat, corners: readonly LonLat[]): boolean {
  let inside = false;
  corners.forEach(([x1, y1], i) => {
    const [x2, y2] = corners[(i + corners.length - 1) % corners.length] as LonLat;
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}
