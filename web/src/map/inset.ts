// The larger area that has most of the worst class, and whether it is worth drawing a second time: where the map itself has it
// too small.

import type { Bbox } from "../contract";
import type { Page } from "../page.svelte";

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

/** The place that has most of the worst class of the map, and where it lies; `null` where none is drawn again. */
export function placeOfWorst({ picture, whereabouts, paired }: Page) {
  if (!picture || picture.answer || paired) return null;
  const { geography, parent, within } = picture.scene;
  const { worst } = picture.classes;
  const most = worst?.most_in;
  const isDrawn = geography.tiling && geography.shape && parent?.shape;
  if (!isDrawn || within || !worst || !most || most.geography !== parent.id) return null;
  if (whereabouts.parents?.geography !== parent.id) return null;
  const index = picture.parentAreas?.columns.code.indexOf(most.code) ?? -1;
  const bbox = whereabouts.parents.columns.bbox[index];
  if (!bbox) return null;
  // Like a map that is limited to the place.
  const scene = { ...picture.scene, within: { geography: most.geography, code: most.code } };
  return { worst, most, bbox, geography, picture: { ...picture, scene } };
}
