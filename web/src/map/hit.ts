// Which area holds a point: boxes first, then the even-odd rule over every ring, so that holes
// and islands need no special case.

import type { Bbox, LonLat } from "../contract";

type Shape = GeoJSON.Polygon | GeoJSON.MultiPolygon;
type Ring = readonly GeoJSON.Position[];

export interface HitArea {
  bbox: Bbox;
  rings: readonly Ring[];
}

export function hitArea(shape: Shape): HitArea {
  const rings = shape.type === "Polygon" ? shape.coordinates : shape.coordinates.flat();
  const bbox: Bbox = [180, 90, -180, -90];
  for (const ring of rings) {
    for (const [lon = 0, lat = 0] of ring) {
      bbox[0] = Math.min(bbox[0], lon);
      bbox[1] = Math.min(bbox[1], lat);
      bbox[2] = Math.max(bbox[2], lon);
      bbox[3] = Math.max(bbox[3], lat);
    }
  }
  return { bbox, rings };
}

/** The index of the first area that holds the point. */
export function areaHolding(areas: readonly (HitArea | null)[], [lon, lat]: LonLat): number | null {
  const index = areas.findIndex((area) => {
    if (!area) return false;
    const [west, south, east, north] = area.bbox;
    if (lon < west || lon > east || lat < south || lat > north) return false;
    return area.rings.reduce((inside, ring) => inside !== crosses(ring, lon, lat), false);
  });
  return index < 0 ? null : index;
}

/** Whether a ray from the point to the east crosses the ring an odd number of times. */
function crosses(ring: Ring, lon: number, lat: number): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[j] ?? [];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) odd = !odd;
  }
  return odd;
}
