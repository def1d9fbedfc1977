// What a mode has to say of one area on the card.

import type { Change, Indicator } from "../contract";
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
