// What one map shows: the page itself, or the second map beside it.

import type { Beside } from "../beside.svelte";
import type { Page } from "../page.svelte";
import type { Picture, Tint } from "../picture";

export interface Showing {
  readonly picture: Picture | null;
  /** What the map is coloured by: it comes before the picture. */
  readonly tint: Tint | null;
  /** One colour per class of the picture. */
  readonly colours: readonly string[];
  /** What its areas are held against. */
  readonly beside: Beside;
  /** Whether the areas on the map overlap: then they are outlines. */
  readonly overlaps: boolean;
  /** The areas that the map numbers while nothing is selected: its own worst. */
  readonly worst: readonly number[];
  /** The class that the legend points at. */
  lit: number | null;
}

/** What is on the screen: one map, or two. */
export function mapsOf(page: Page): Showing[] {
  return page.paired && page.second.picture ? [page, page.second] : [page];
}
