// The list of areas as a picture: its first bars, in the order that the list stands in.

import { nameOf, parentNameOf } from "../areas";
import { extentOf, placeOf } from "../chart/bar";
import { absenceWords, formatFigure } from "../format";
import { rankText } from "../list";
import type { Page } from "../page.svelte";
import { isCategory, isNumbered } from "../scale";
import { type DrawnRow, MOST_ROWS, restRow, rowsDrawing } from "./chart-drawing";
import { chartPicture } from "./picture";

/** `order`: the indices of the areas of the list. */
export function areasPicture(page: Page, order: readonly number[]): SVGSVGElement {
  const { picture } = page;
  const rows = order.slice(0, MOST_ROWS);
  const drawn = picture ? rows.map((index) => rowOf(page, picture, index)) : [];
  const left = rows.length < order.length ? [restRow(rows.length, order.length)] : [];
  return chartPicture(page, page.sentence, rowsDrawing([...drawn, ...left]));
}

function rowOf(page: Page, picture: NonNullable<Page["picture"]>, index: number): DrawnRow {
  const { areas, parentAreas, values, classes, scene } = picture;
  const { first, second } = nameOf(areas, index);
  const value = values.values[index] ?? null;
  const rank = rankText(classes.rank.values, index);
  const inClass = classes.classes[index] ?? null;
  const extent = extentOf(values.values);
  const hasLength = !isCategory(scene.indicator.kind) && !isNumbered(classes, scene.indicator.kind);
  const length = isNumbered(classes, scene.indicator.kind)
    ? page.ordering.towardsWorst(index)
    : null;
  const colour = inClass === null ? null : (page.colours[inClass] ?? null);
  return {
    name: rank === "" ? first : rank.endsWith("=") ? `${rank} ${first}` : `${rank}. ${first}`,
    more: [second, parentNameOf(areas, parentAreas, index)].filter(Boolean).join(" · "),
    figure:
      value === null
        ? absenceWords(values.status[index] ?? [])
        : formatFigure(value, scene.indicator),
    bar:
      value === null
        ? null
        : hasLength
          ? { from: placeOf(0, extent), to: placeOf(value, extent), colour }
          : { from: 0, to: length ?? 0.06, colour },
  };
}
