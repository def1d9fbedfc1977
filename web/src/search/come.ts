// What is done with what was chosen of the suggestions.

import { focusMap } from "../focus";
import type { Page } from "../page.svelte";
import type { Suggestion } from "./suggest";

/** Comes to it. `byTouch`: a finger has no keyboard to go on with, and its screen would show the focus all around the map. */
export function comeTo(
  page: Page,
  item: Suggestion,
  onTheme: (path: readonly string[]) => void,
  byTouch: boolean,
): void {
  if (item.kind !== "theme" && !byTouch) focusMap();
  switch (item.kind) {
    case "area":
      page.finding.area(item.code);
      break;
    case "elsewhere":
      page.finding.elsewhere(item.geography, item.code);
      break;
    case "place":
      page.chooseWithin({ geography: item.geography, code: item.code });
      break;
    case "whole":
      page.chooseWithin(null);
      break;
    case "point":
      page.finding.place(item.place);
      break;
    case "layer":
      if (!page.view.layers.includes(item.id))
        page.change({ layers: [...page.view.layers, item.id] });
      break;
    case "indicator":
      if (item.period && item.id === page.scene?.indicator.id) page.choosePeriod(item.period);
      else page.chooseIndicator(item.id, { period: item.period });
      break;
    case "theme":
      onTheme(item.path);
      break;
  }
}
