// The list of areas as a table, in the order that it stands in.

import { nameOf, parentNameOf } from "../areas";
import { absenceWords, capitalise, formatFigure, standingUnit } from "../format";
import { kindOf } from "../modes/words";
import type { Page } from "../page.svelte";
import type { Picture } from "../picture";
import { isCategory } from "../scale";
import type { Sort } from "../view";
import { say } from "../words";
import { subjectOf } from "./source";
import type { Cell, Table } from "./table";

const names = new Intl.Collator("en-GB", { numeric: true });

/** The areas that are shown, in an order: by rank or by name. Those without a rank come last. */
export function areasInOrder({ areas, classes, scene }: Picture, sort: Sort): number[] {
  const { within } = scene;
  const parents = within?.geography ? areas.columns.parents[within.geography] : undefined;
  const { code, name } = areas.columns;
  const shown = code.flatMap((_, i) => (within && parents?.[i] !== within.code ? [] : [i]));
  const byName = (a: number, b: number) => names.compare(name[a] ?? "", name[b] ?? "");
  if (sort === "name") return shown.sort(byName);
  const place = (i: number) => {
    const rank = classes.rank.values[i] ?? null;
    return rank === null ? Number.POSITIVE_INFINITY : sort === "best" ? -rank : rank;
  };
  return shown.sort((a, b) => (place(a) === place(b) ? byName(a, b) : place(a) - place(b)));
}

/** `order`: the indices of the areas to list. */
export function areasTable(page: Page, order: readonly number[]): Table {
  const { picture, ordering } = page;
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
      ...(ordering.indicator ? [{ figure: ordering.figure(index) }] : []),
      ...(classes.kinds ? [kindOf(picture, index) ?? ""] : []),
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
      ...(ordering.indicator ? [{ figure: ordering.indicator.short }] : []),
      ...(classes.kinds ? [say("kind")] : []),
    ],
    rows: order.map(row),
  };
}
