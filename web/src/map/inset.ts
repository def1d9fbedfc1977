// Whether a place is worth drawing a second time: where the map itself has it too small.

import type { Bbox } from "../contract";

export interface Size {
  width: number;
  height: number;
}

/** Less than this much larger an inset would say nothing that the map does not. */
const ENLARGES = 1.3;

const RADIAN = Math.PI / 180;
/** How far north a latitude lies on a web map, in degrees of longitude. */
const northing = (lat: number) => Math.asinh(Math.tan(lat * RADIAN)) / RADIAN;

/** How many pixels a degree of longitude has where a box fills a room. */
function scaleOf([west, south, east, north]: Bbox, room: Size): number {
  return Math.min(room.width / (east - west), room.height / (northing(north) - northing(south)));
}

/** Whether a place fills `inset` at a clearly larger scale than the whole has in `map`. */
export function isEnlarged(place: Bbox, inset: Size, whole: Bbox, map: Size): boolean {
  const isRoom = inset.width > 0 && inset.height > 0 && map.width > 0 && map.height > 0;
  return isRoom && scaleOf(place, inset) >= ENLARGES * scaleOf(whole, map);
}
