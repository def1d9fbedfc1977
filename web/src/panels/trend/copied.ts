// The trend as a table for other programs: a row an area, a column a period.

import type { AreaTrend, TrendPoint } from "../../contract";
import { absenceWords, capitalise, formatFigure, type Measure } from "../../format";
import type { Table } from "../../share/table";
import { say } from "../../words";

export function trendTable(
  rows: readonly { trend: AreaTrend; line: { series: readonly TrendPoint[] } }[],
  periods: readonly { name: string }[],
  measure: Measure,
  caption: string,
): Table {
  return {
    caption,
    head: [say("area"), ...periods.map(({ name }) => ({ figure: name })), say("trend")],
    rows: rows.map(({ trend, line }) => [
      trend.local_name ?? trend.name,
      ...line.series.map(({ value, status }) =>
        value === null ? absenceWords(status) : { figure: formatFigure(value, measure) },
      ),
      capitalise(trend.recent.words),
    ]),
  };
}

/** What the numbers of the lines are, which the panel says in its table: `1 Leeds 111B · 2 Leeds 111E · ┄ West Yorkshire`. */
export function trendKey(
  rows: readonly { trend: AreaTrend; line: { mark: string | null; isDashed: boolean } }[],
): string {
  const named = rows.filter(({ line }) => line.mark !== null || line.isDashed);
  return named
    .map(({ trend, line }) => `${line.mark ?? "┄"} ${trend.local_name ?? trend.name}`)
    .join(" · ");
}
