// What a view in one of the modes asks of the server, with its defaults said. The plain map and the
// double map ask for nothing: they show values.

import { againstSet, writeSet } from "../ref";
import type { Scene } from "../scene";
import type { View } from "../view";

export type Asked =
  | {
      mode: "hotspots";
      params: {
        hotspot: string;
        permutations: string;
        seed: number;
        fdr: number;
        smooth: string | null;
      };
    }
  | { mode: "significance"; params: { against: string | null; set: string[] } }
  | { mode: "change"; params: { from: string | null } };

export function askedOf(view: View, scene: Scene): Asked | null {
  switch (view.mode) {
    case "hotspots": {
      const { hotspot, permutations, seed, fdr, smooth } = view;
      return { mode: "hotspots", params: { hotspot, permutations, seed, fdr, smooth } };
    }
    case "significance": {
      const { against } = view;
      const set = scene.sets.filter(({ name }) => against === againstSet(name)).map(writeSet);
      return { mode: "significance", params: { against, set } };
    }
    case "change":
      return { mode: "change", params: { from: view.from ?? periodBefore(scene) } };
    default:
      return null;
  }
}

/** What tells the answers to two questions apart. */
export function modeKey(view: View, scene: Scene): string {
  const asked = askedOf(view, scene);
  return asked ? [asked.mode, ...Object.values(asked.params)].join(" ") : "";
}

/** The period before the one that is shown; `null` where that is the first. */
export function periodBefore({ periods, period }: Scene): string | null {
  return periods[periods.indexOf(period) - 1] ?? null;
}
