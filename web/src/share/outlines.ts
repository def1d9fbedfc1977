// The borders that a drawing of what is shown takes: asked for anew, as fine as the drawing is large.

import { getOutlines, getOutlinesAtOnce, type Shapes } from "../api";
import type { Page } from "../page.svelte";
import type { Room } from "./frame";
import { frameOf } from "./map-drawing";
import { roomOfOne } from "./maps-drawing";

/** By geography: those of the areas, and those that are drawn above them. */
export type Outlines = ReadonlyMap<string, Shapes>;

/** Borders are asked for at whole zooms, and for two pixels of a picture where its drawing has one. */
const FINER = 1;
const MOST_ZOOM = 14;

/** The borders for a drawing of the page in a room. */
export async function outlinesOf(page: Page, room: Room): Promise<Outlines> {
  const { edition, zoom, geographies } = needed(page, room);
  return new Map(
    await Promise.all(
      geographies.map(async (id) => [id, await getOutlines(edition, id, zoom)] as const),
    ),
  );
}

/** The same where nothing may wait. */
export function outlinesAtOnce(page: Page, room: Room): Outlines {
  const { edition, zoom, geographies } = needed(page, room);
  return new Map(geographies.map((id) => [id, getOutlinesAtOnce(edition, id, zoom)]));
}

function needed(page: Page, room: Room) {
  const { atlas, picture } = page;
  if (!atlas || !picture) throw new Error("nothing is shown yet");
  const { geography, parent } = picture.scene;
  const frame = frameOf(page, picture, roomOfOne(page, room));
  const zoom = Math.max(0, Math.min(MOST_ZOOM, Math.ceil(frame.zoom) + FINER));
  const above = page.overlaps ? null : parent;
  const geographies = [geography, above].flatMap((item) => (item?.shape ? [item.id] : []));
  return { edition: atlas.edition, zoom, geographies };
}
