// What a mode has to say of one area on the card.

import type { Change, Hotspots, Indicator } from "../contract";
import { formatFigure, formatNumber, formatValue } from "../format";
import type { Picture } from "../picture";
import { say } from "../words";

/** Lines for the card: what the mode found of this area, and by which figures. */
export function areaLines(picture: Picture, area: number, periodName: (id: string) => string) {
  const { answer, scene } = picture;
  const { indicator } = scene;
  switch (answer?.mode) {
    case "hotspots": {
      const { found } = answer;
      const evidence = evidenceOf(found, area);
      if (!evidence) return [];
      const { statistic } = evidence;
      const p = evidence.p.startsWith("<") ? evidence.p : `= ${evidence.p}`;
      return [
        found.hotspot === "gi-star"
          ? say("gi-star-of", { statistic, p })
          : say("local-moran-of", { statistic, p }),
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

/** How certain it is that an area is of a hotspot: the statistic, and how often chance alone comes to as much. */
export function evidenceOf(
  { statistic, p, p_normal, kinds_by }: Pick<Hotspots, "statistic" | "p" | "p_normal" | "kinds_by">,
  area: number,
): { statistic: string; p: string } | null {
  const found = statistic[area] ?? null;
  const chance = (kinds_by === "normal" ? p_normal : p)[area] ?? null;
  if (found === null || chance === null) return null;
  return {
    statistic: formatNumber(found, 2),
    p: chance < 0.001 ? "< 0.001" : formatNumber(chance, 3),
  };
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
