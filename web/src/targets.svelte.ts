// Targets of areas, asked for when the areas are looked at or selected. Which verdict a value has
// is the server's to say.

import { getCompare } from "./api";
import type { Against } from "./contract";
import { latest } from "./latest";
import type { Scene } from "./scene";
import { type AreaRef, writeRef } from "./view";

/** A pointer that stays so long at an area looks at it. */
const REST_MS = 80;

export class Targets {
  /** By area, as a link names it; `null` where none is set. */
  #known = $state.raw<ReadonlyMap<string, Against | null>>(new Map());
  /** The question that they answer. */
  #subject = "";
  #looked = latest();
  #selected = latest();
  #timer: ReturnType<typeof setTimeout> | undefined;

  of(geography: string, code: string): Against | null {
    return this.#known.get(writeRef({ geography, code })) ?? null;
  }

  /** One area is looked at, if the pointer rests there. */
  look(edition: string, scene: Scene, code: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#ask(edition, scene, [{ geography: null, code }], this.#looked),
      REST_MS,
    );
  }

  /** The selected areas stand beside each other. */
  select(edition: string, scene: Scene): void {
    this.#ask(edition, scene, scene.areas, this.#selected);
  }

  #ask(
    edition: string,
    scene: Scene,
    areas: readonly AreaRef[],
    asking: ReturnType<typeof latest>,
  ): void {
    const subject = [scene.indicator.id, scene.period].join(" ");
    if (subject !== this.#subject) {
      this.#subject = subject;
      this.#known = new Map();
    }
    const refs = areas.map(({ geography, code }) =>
      writeRef({ geography: geography ?? scene.geography.id, code }),
    );
    const unknown = refs.filter((ref) => !this.#known.has(ref));
    if (!hasTargets(scene) || unknown.length === 0) return;
    const params = {
      geography: null,
      areas: unknown.join(","),
      set: [],
      indicators: scene.indicator.id,
      period: scene.period,
      against: "target",
    };
    asking.run((signal) => getCompare(edition, params, signal), {
      done: (answer) => {
        if (subject !== this.#subject) return;
        const known = new Map(this.#known);
        for (const { geography, code, against } of answer.indicators[0]?.areas ?? []) {
          const target = against.find((item) => item.target) ?? null;
          known.set(writeRef({ geography, code }), target);
        }
        this.#known = known;
      },
      // Areas stand well beside each other without them.
      failed: () => {},
    });
  }
}

/** Whether areas have targets to be held against, in the period shown. */
function hasTargets({ indicator, period }: Scene): boolean {
  return indicator.targets.includes(period);
}
