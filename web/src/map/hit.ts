// Which areas hold a point: boxes first, then the even-odd rule over every ring, so that holes
// and islands need no special case.

import type { Bbox, LonLat } from "../contract";

type Shape = GeoJSON.Polygon | GeoJSON.MultiPolygon;
type Ring = readonly GeoJSON.Position[];

export interface HitArea {
  bbox: Bbox;
  rings: readonly Ring[];
  /** In square degrees: enough to tell which of two areas at one place is the smaller. */
  size: number;
}

export function hitArea(shape: Shape): HitArea {
  const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  const rings = polygons.flat();
  const bbox: Bbox = [180, 90, -180, -90];
  for (const ring of rings) {
    for (const [lon = 0, lat = 0] of ring) {
      bbox[0] = Math.min(bbox[0], lon);
      bbox[1] = Math.min(bbox[1], lat);
      bbox[2] = Math.max(bbox[2], lon);
      bbox[3] = Math.max(bbox[3], lat);
    }
  }
  const size = polygons.reduce((sum, [outer = [], ...holes]) => {
    const inside = holes.reduce((total, hole) => total + sizeOf(hole), 0);
    return sum + sizeOf(outer) - inside;
  }, 0);
  return { bbox, rings, size };
}

/** The indices of the areas that hold the point, the smallest first. */
export function areasHolding(areas: readonly (HitArea | null)[], point: LonLat): number[] {
  const found: { index: number; size: number }[] = [];
  areas.forEach((area, index) => {
    if (area && holds(area, point)) found.push({ index, size: area.size });
  });
  return found.sort((a, b) => a.size - b.size).map(({ index }) => index);
}

function holds({ bbox, rings }: HitArea, [lon, lat]: LonLat): boolean {
  const [west, south, east, north] = bbox;
  if (lon < west || lon > east || lat < south || lat > north) return false;
  return rings.reduce((inside, ring) => inside !== crosses(ring, lon, lat), false);
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

function sizeOf(ring: Ring): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [x1 = 0, y1 = 0] = ring[j] ?? [];
    const [x2 = 0, y2 = 0] = ring[i] ?? [];
    twice += x1 * y2 - x2 * y1;
  }
  return Math.abs(twice) / 2;
}
