// The view as written, on paper: a sheet of its own beside the page, drawn for the width of the paper.

import { flushSync, mount, unmount } from "svelte";
import type { Page } from "../page.svelte";
import { drawingOf, inLight, readInk } from "./drawing";
import { insetDrawing, patterns } from "./map-drawing";
import { legendsDrawing, mapsDrawing } from "./maps-drawing";
import { outlinesAtOnce, outlinesOf } from "./outlines";
import { panelOnPaper } from "./panel-on-paper";
import Sheet from "./Sheet.svelte";

/** A4 between its margins, at 96 pixels an inch. */
const ROOM = { width: 688, height: 560 };
/** Where a part of it is drawn again below it. */
const LOWER = { ...ROOM, height: 490 };
const INSET = { width: 210, height: 170 };
const LEGEND = 230;

/** Asks for what the sheet is drawn from, borders and where names stand, so that it need not wait for them. */
export async function haveOutlines(page: Page): Promise<void> {
  page.needWhereabouts();
  await Promise.all([outlinesOf(page, ROOM), page.whereabouts.settled()]);
}

/** Puts the sheet beside the page, at once; the answer takes it away. */
export function putSheet(page: Page): () => void {
  const ink = inLight(readInk);
  const outlines = outlinesAtOnce(page, ROOM);
  const inset = insetDrawing(page, INSET, ROOM, ink, outlines);
  const map = mapsDrawing(page, inset ? LOWER : ROOM, ink, outlines);
  const { element, height } = legendsDrawing(page, LEGEND, ink);
  const legend = drawingOf(LEGEND, height);
  legend.append(patterns(ink), element);
  const sheet = mount(Sheet, {
    target: document.body,
    props: { page, map, inset, legend, panel: panelOnPaper() },
  });
  flushSync();
  return () => unmount(sheet);
}
