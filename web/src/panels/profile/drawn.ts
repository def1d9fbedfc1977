// A profile as a picture: the spine of each indicator, by theme.

import type { Catalog, ProfileEntry } from "../../contract";
import { absenceWords, capitalise, formatCount, formatFigure, type Measure } from "../../format";
import { isCategory } from "../../scale";
import { type DrawnRow, rowsDrawing } from "../../share/chart-drawing";
import { element, inLight } from "../../share/drawing";
import { say } from "../../words";
import { verdictWords } from "../verdict";
import { shapeOf } from "./shapes";
import { fromLeft, middleHalf } from "./spine";
import { measuredIn, ownOf, type ThemeRows } from "./themes";

const THICK = 6;
const MARK = 14;

/** The rows of the themes with their spines, as they stand in the panel. */
export function profileDrawing(
  themes: readonly ThemeRows[],
  catalog: Catalog,
  names: { periodName: (period: string) => string },
): SVGSVGElement {
  return rowsDrawing(
    themes.flatMap(({ path, rows }) => [
      { name: path, figure: "", isHeading: true },
      ...rows.map((entry) => rowOf(entry, catalog, names)),
    ]),
  );
}

/** What the marks on the spines are. */
export function markWords({ overall, areas }: { overall: string | null; areas: string }): string {
  const half = say("key-middle-half", { areas });
  return overall === null
    ? say("spine-key", { half })
    : say("spine-key-beside", { half, whole: overall });
}

function rowOf(
  entry: ProfileEntry,
  catalog: Catalog,
  names: { periodName: (period: string) => string },
): DrawnRow {
  const own = ownOf(entry);
  const measure: Measure = catalog.indicators.find(({ id }) => id === entry.indicator) ?? entry;
  const value = own?.value ?? null;
  const tenth = own && "set" in own ? own.worst_tenth : null;
  const absence = tenth
    ? say("worst-tenth-of", { n: formatCount(tenth.areas), of: formatCount(tenth.of) })
    : absenceWords(own?.status ?? []);
  return {
    name: entry.shown_for ? `${entry.short} (${entry.shown_for.name})` : entry.short,
    more: [measuredIn(entry, names), capitalise(verdictWords(own?.against ?? []))]
      .filter(Boolean)
      .join(" · "),
    figure: value === null ? absence : formatFigure(value, measure),
    draw: (room) => spineOf(entry, room),
  };
}

function spineOf(
  entry: ProfileEntry,
  { x, y, width, ink }: Parameters<NonNullable<DrawnRow["draw"]>>[0],
): SVGElement[] {
  const { quartiles, polarity, kind } = entry;
  if (!quartiles || isCategory(kind)) return [];
  const own = ownOf(entry);
  const token = (name: string) =>
    inLight(() => getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  const band = { y: y - THICK / 2, height: THICK };
  const at = (value: number) => x + width * fromLeft(value, quartiles, polarity);
  const [left, right] = middleHalf(quartiles, polarity);
  const half = { ...band, x: x + width * left, width: width * (right - left) };
  const overall = own?.against.find(({ against }) => against === "overall");
  const verdict = overall?.significance ?? null;
  const hasColour = verdict === "better" || verdict === "worse" || verdict === "similar";
  const whole = kind === "count" ? null : (overall?.value ?? null);
  const value = own?.value ?? null;
  return [
    element("rect", { ...band, x, width, rx: THICK / 2, fill: token("--spine") }),
    element("rect", { ...half, fill: token("--spine-half") }),
    element("rect", { ...band, x: at(quartiles.median), width: 1, fill: ink.paper }),
    ...(whole === null
      ? []
      : [element("rect", { x: at(whole) - 1, y: y - 8, width: 2, height: 16, fill: ink.ink })]),
    ...(value === null
      ? []
      : [
          element("path", {
            d: shapeOf(verdict),
            transform: `translate(${at(value) - MARK / 2} ${y - MARK / 2}) scale(${MARK / 16})`,
            fill: hasColour ? token(`--${verdict}`) : ink.ink,
            "fill-rule": "evenodd",
          }),
        ]),
  ];
}
