// A profile as a table for other programs: a row an indicator.

import type { Catalog, ProfileEntry } from "../../contract";
import { capitalise, formatFigure, type Measure } from "../../format";
import type { Cell, Table } from "../../share/table";
import { say } from "../../words";
import { verdictWords } from "../verdict";
import { insteadOf, ownOf, type ThemeRows } from "./themes";

export function profileTable(
  themes: readonly ThemeRows[],
  catalog: Catalog,
  names: { periodName: (period: string) => string },
  caption: string,
): Table {
  const held = heldNames(themes);
  const row = (path: string, entry: ProfileEntry): Cell[] => {
    const own = ownOf(entry);
    const measure: Measure = catalog.indicators.find(({ id }) => id === entry.indicator) ?? entry;
    const figure = (value: number | null): Cell =>
      value === null ? "" : { figure: formatFigure(value, measure) };
    return [
      path,
      entry.shown_for ? `${entry.short} (${entry.shown_for.name})` : entry.short,
      entry.period === null ? "" : names.periodName(entry.period),
      entry.unit,
      own?.value == null ? insteadOf(own) : figure(own.value),
      ...held.map(({ against }) =>
        figure(own?.against.find((other) => other.against === against)?.value ?? null),
      ),
      capitalise(verdictWords(own?.against ?? [])),
    ];
  };
  return {
    caption,
    head: [
      say("theme"),
      say("indicator"),
      say("period"),
      say("unit"),
      { figure: say("value") },
      ...held.map(({ name }) => ({ figure: name })),
      say("how-it-compares"),
    ],
    rows: themes.flatMap(({ path, rows }) => rows.map((entry) => row(path, entry))),
  };
}

/** What the areas themselves are held against, each kind once. */
function heldNames(themes: readonly ThemeRows[]): { against: string; name: string }[] {
  const own = themes.flatMap(({ rows }) => rows).filter(({ shown_for }) => !shown_for);
  const all = own.flatMap((entry) => ownOf(entry)?.against ?? []);
  return ["parent", "overall"].flatMap((against) => {
    const found = all.find((item) => item.against === against && item.value !== null);
    return found ? [{ against, name: found.name }] : [];
  });
}
