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
