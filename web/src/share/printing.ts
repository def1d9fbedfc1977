// The view as written, on paper: a sheet of its own beside the page, drawn for the width of the paper.

import { flushSync, mount, unmount } from "svelte";
import type { Page } from "../page.svelte";
import { drawingOf, inLight, readInk } from "./drawing";
import { patterns } from "./map-drawing";
import { legendsDrawing, mapsDrawing } from "./maps-drawing";
import Sheet from "./Sheet.svelte";

/** A4 between its margins, at 96 pixels an inch. */
const ROOM = { width: 688, height: 560 };
const LEGEND = 230;

/** Prints the view, and takes the sheet away afterwards. */
export async function printView(page: Page): Promise<void> {
  const ink = inLight(readInk);
  const map = await mapsDrawing(page, ROOM, ink);
  const { element, height } = legendsDrawing(page, LEGEND, ink);
  const legend = drawingOf(LEGEND, height);
  legend.append(patterns(ink), element);
  const sheet = mount(Sheet, { target: document.body, props: { page, map, legend } });
  flushSync();
  window.addEventListener("afterprint", () => unmount(sheet), { once: true });
  window.print();
}
