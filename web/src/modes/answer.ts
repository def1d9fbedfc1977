// The answer to what a mode asks, and what the map then shows: other classes, other words, and for a
// change other values.

import { ApiError, getChange, getHotspots, getVerdicts } from "../api";
import type { Change, Classes, Hotspots, Indicator, Kinds, Verdicts } from "../contract";
import type { Tint } from "../picture";
import type { Scene } from "../scene";
import { type View, writeRef } from "../view";
import { say } from "../words";
import { askedOf } from "./asked";

export type Answer =
  | { mode: "hotspots"; found: Hotspots }
  | { mode: "significance"; held: Verdicts }
  | { mode: "change"; change: Change };

/** The mode cannot be had here, and why: what was asked for makes no sense of these values or periods. */
export class ModeRefused extends ApiError {
  constructor(message: string) {
    super(message, null, "mode");
    this.name = "ModeRefused";
  }
}

export async function loadAnswer(
  scene: Scene,
  view: View,
  edition: string,
  signal?: AbortSignal,
): Promise<Answer | null> {
  const asked = askedOf(view, scene);
  if (!asked) return null;
  const { geography, indicator, period } = scene;
  const within = scene.within && writeRef(scene.within);
  const column = [edition, geography.id, indicator.id] as const;
  try {
    switch (asked.mode) {
      case "hotspots": {
        const params = { ...asked.params, period, within };
        return { mode: asked.mode, found: await getHotspots(...column, params, signal) };
      }
      case "significance": {
        const params = { ...asked.params, period, within };
        return { mode: asked.mode, held: await getVerdicts(...column, params, signal) };
      }
      case "change": {
        const { from } = asked.params;
        if (from === null) throw new ModeRefused(say("no-period-before"));
        return {
          mode: asked.mode,
          change: await getChange(...column, { from, period, within }, signal),
        };
      }
    }
  } catch (error) {
    const isRefusal = error instanceof ApiError && [400, 404].includes(error.status ?? 0);
    // What is withdrawn or misplaced is said by the answer that all of the page waits for.
    throw isRefusal && error.parameter !== "edition" && error.parameter !== "within"
      ? new ModeRefused(error.message)
      : error;
  }
}

/** What the map is coloured by, once the mode has its say. */
export function shownAs<T extends Tint>(tint: T, answer: Answer | null): T {
  switch (answer?.mode) {
    case "hotspots":
      return { ...tint, classes: ofKinds(tint.classes, answer.mode, answer.found) };
    case "significance":
      return { ...tint, classes: ofKinds(tint.classes, answer.mode, answer.held) };
    case "change":
      return changed(tint, answer.change);
    default:
      return tint;
  }
}

function ofKinds(
  classes: Classes,
  method: string,
  { kinds, sentence }: { kinds: Kinds; sentence: string },
): Classes {
  return {
    ...classes,
    method,
    kinds: kinds.names,
    requested_k: kinds.names.length,
    k: kinds.names.length,
    breaks: [],
    counts: kinds.counts,
    people: kinds.people,
    classes: kinds.classes,
    note: null,
    sentence,
  };
}

/** Differences are a column like any other, of a measure that always shows its sign. */
function changed<T extends Tint>(tint: T, change: Change): T {
  const { values, status, n, missing, missing_by_status, method, k, breaks, counts, people } =
    change;
  const { indicator } = tint.scene;
  const measure: Indicator = {
    ...indicator,
    kind: "change",
    unit: change.unit,
    decimals: change.decimals,
    name: say("change-of", { indicator: indicator.name }),
    short: say("change-of", { indicator: indicator.short }),
    worst: null,
    best: null,
    ordered_by: null,
    targets: [],
    methods: [],
    signed: true,
  };
  return {
    ...tint,
    scene: { ...tint.scene, indicator: measure, since: change.from },
    values: { values, status, origin: "computed" },
    classes: {
      ...tint.classes,
      n,
      missing,
      missing_by_status,
      method,
      requested_k: k,
      k,
      breaks,
      counts,
      people,
      classes: change.classes,
      note: null,
      rank: change.rank,
      sentence: change.sentence,
    },
  };
}
