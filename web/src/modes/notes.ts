// What must be known of a mode's map, below its legend.

import { countOf, formatCount, formatNumber } from "../format";
import type { Picture } from "../picture";
import { say } from "../words";

export function modeNotes({ answer, scene }: Picture): string[] {
  const { singular, plural } = scene.geography;
  switch (answer?.mode) {
    case "hotspots": {
      const { found } = answer;
      if (found.tested === 0) return [];
      const edge = found.edge.length;
      return [
        found.note ??
          say("hotspots-by-permutation", {
            permutations: formatCount(found.permutations),
            percent: formatNumber(100 * found.fdr, found.fdr < 0.01 ? 1 : 0),
          }),
        ...(edge > 0 ? [say("hotspots-edge", { areas: countOf(edge, singular, plural) })] : []),
      ];
    }
    case "significance":
      return [
        say("held-at-95", { name: answer.held.name }),
        ...Object.entries(answer.held.not_compared).map(([reason, count]) =>
          say("not-compared-because", { areas: countOf(count, singular, plural), reason }),
        ),
      ];
    case "change":
      return answer.change.beyond_chance.some((beyond) => beyond !== null)
        ? []
        : [say("chance-unknown")];
    default:
      return [];
  }
}
