// Which modes an indicator can be shown in here, and why not: said before anything is asked for.

import type { Catalog } from "../contract";
import type { Scene } from "../scene";
import { isOfFiles } from "../site";
import type { Mode } from "../view";
import { say } from "../words";
import { periodBefore } from "./asked";
import { besides } from "./besides";

/** Why a mode cannot be had, in a few words; `null` where it can. */
export function reasonAgainst(mode: Mode, scene: Scene, catalog: Catalog): string | null {
  if (mode === "map") return null;
  if (mode === "double") {
    return besides(scene, catalog).length === 0 ? say("mode-not-beside") : null;
  }
  if (isOfFiles()) return say("mode-needs-server");
  if (!scene.indicator.modes.includes(mode)) return say("mode-not-for-kind");
  if (mode === "change" && periodBefore(scene) === null) return say("mode-one-period");
  const { shape, tiling } = scene.geography;
  if (mode === "hotspots" && !(shape && tiling)) return say("mode-no-neighbours");
  return null;
}
