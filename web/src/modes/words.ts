// What a mode has to say of one area, on the card, in the list and to a screen reader.

import { standingWords } from "../areas";
import type { Change, Indicator } from "../contract";
import { absenceWords, formatFigure, formatNumber, formatValue } from "../format";
import type { Picture } from "../picture";
import { say } from "../words";
import { kindOfName } from "./kinds";

/** The kind that an area is of, in words; `null` where the map shows classes of values. */
export function kindOf({ classes }: Picture, area: number): string | null {
  const name = classes.kinds?.[classes.classes[area] ?? -1];
  return name === undefined ? null : kindOfName(name).name;
}

/** The kind of an area where it is one to point out. */
export function notableKind(picture: Picture, area: number): string | null {
  const name = picture.classes.kinds?.[picture.classes.classes[area] ?? -1];
  return name === undefined || kindOfName(name).isPlain ? null : kindOfName(name).name;
}

/** Lines for the card: what the mode found of this area, and by which figures. */
export function areaLines(picture: Picture, area: number, periodName: (id: string) => string) {
  const { answer, scene } = picture;
  const { indicator } = scene;
  switch (answer?.mode) {
    case "hotspots": {
      const { found } = answer;
      const statistic = found.statistic[area] ?? null;
      const p = (found.kinds_by === "normal" ? found.p_normal : found.p)[area] ?? null;
      if (statistic === null || p === null) return [];
      const evidence = {
        statistic: formatNumber(statistic, 2),
        p: p < 0.001 ? "< 0.001" : `= ${formatNumber(p, 3)}`,
      };
      return [
        found.hotspot === "gi-star" ? say("gi-star-of", evidence) : say("local-moran-of", evidence),
      ];
    }
    case "significance": {
      const benchmark = answer.held.benchmarks[area] ?? null;
      if (benchmark === null) return [];
      return [
        say("held-against", { name: answer.held.name, value: formatValue(benchmark, indicator) }),
      ];
    }
    case "change":
      return changeLines(picture, area, periodName);
    default:
      return [];
  }
}

/** What the second of two maps shows of an area: value and rank. */
export function secondLine(
  { scene, values, classes }: Picture,
  area: number,
  periodName: (id: string) => string,
): string {
  const value = values.values[area] ?? null;
  const place = value === null ? "" : standingWords(classes.rank, area);
  return [
    say("second-value", {
      indicator: scene.indicator.short,
      period: periodName(scene.period),
      value:
        value === null
          ? absenceWords(values.status[area] ?? [])
          : formatValue(value, scene.indicator),
    }),
    place,
  ]
    .filter(Boolean)
    .join("; ");
}

function wholeLine({ name, value }: NonNullable<Change["whole"]>, measure: Indicator): string {
  return say("change-of-whole", { name, value: formatValue(value, measure) });
}

function changeLines(
  { answer, before, scene }: Picture,
  area: number,
  periodName: (id: string) => string,
): string[] {
  if (answer?.mode !== "change" || !before) return [];
  const { change } = answer;
  const figure = (values: (number | null)[]) => {
    const value = values[area] ?? null;
    return value === null ? say("no-figure") : formatFigure(value, before);
  };
  const beyond = change.beyond_chance[area] ?? null;
  return [
    say("change-between", {
      earlier: figure(change.earlier),
      from: periodName(change.from),
      later: figure(change.later),
      period: periodName(change.period),
    }),
    ...(beyond === null ? [] : [beyond ? say("beyond-chance") : say("within-chance")]),
    ...(change.whole ? [wholeLine(change.whole, scene.indicator)] : []),
  ];
}
