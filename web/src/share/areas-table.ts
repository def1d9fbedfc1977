// The list of areas as a table, in the order that it stands in.

import { nameOf, parentNameOf } from "../areas";
import { absenceWords, capitalise, formatFigure, standingUnit } from "../format";
import type { Page } from "../page.svelte";
import { isCategory } from "../scale";
import { say } from "../words";
import { subjectOf } from "./source";
import type { Cell, Table } from "./table";

/** `order`: the indices of the areas to list. */
export function areasTable(page: Page, order: readonly number[]): Table {
  const { picture } = page;
  if (!picture) return { caption: "", head: [], rows: [] };
  const { areas, parentAreas, values, classes, scene } = picture;
  const { indicator, geography, parent } = scene;
  const isRanked = !isCategory(indicator.kind) && classes.rank.n > 0;
  const unit = capitalise(standingUnit(indicator.unit) || indicator.short);
  const row = (index: number): Cell[] => {
    const value = values.values[index] ?? null;
    const { first, second } = nameOf(areas, index);
    return [
      ...(isRanked ? [{ figure: String(classes.rank.values[index] ?? "") }] : []),
      second ? `${first} (${second})` : first,
      areas.columns.code[index] ?? "",
      ...(parent ? [parentNameOf(areas, parentAreas, index) ?? ""] : []),
      value === null
        ? absenceWords(values.status[index] ?? [])
        : isCategory(indicator.kind)
          ? formatFigure(value, indicator)
          : { figure: formatFigure(value, indicator) },
    ];
  };
  return {
    caption: subjectOf(page),
    head: [
      ...(isRanked ? [{ figure: say("rank") }] : []),
      capitalise(geography.singular),
      say("code"),
      ...(parent ? [capitalise(parent.singular)] : []),
      isCategory(indicator.kind) ? unit : { figure: unit },
    ],
    rows: order.map(row),
  };
}
