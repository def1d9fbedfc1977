// What a mode has to say of one area in short, in the list and to a screen reader.

import { standingWords } from "../areas";
import { absenceWords, formatFigure, formatValue } from "../format";
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

/** What an area is held against, where that is not one for all. */
export function ownBenchmark({ answer, scene }: Picture, area: number): string | null {
  if (answer?.mode !== "significance" || answer.held.benchmark !== null) return null;
  const { name, benchmarks } = answer.held;
  const value = benchmarks[area] ?? null;
  return value === null
    ? null
    : say("held-against", { name, value: formatFigure(value, scene.indicator) });
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
