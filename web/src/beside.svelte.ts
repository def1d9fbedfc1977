// What areas are held against: the selected ones and the sets beside each other, every area beside its
// parent, the whole and what is larger still, such as the country.

import { getCompare, NeedsServer } from "./api";
import type { Against, AreaColumns, Compare, ComparedSet } from "./contract";
import { type Failure, textOf } from "./failure";
import { latest } from "./latest";
import type { Picture } from "./picture";
import { type AreaRef, MOST_BESIDE, writeRef, writeRefs, writeSet } from "./ref";
import type { Scene } from "./scene";

export class Beside {
  comparison = $state.raw<Compare | null>(null);
  /** What the sets come to. */
  sets = $derived<readonly ComparedSet[]>(this.comparison?.indicators[0]?.sets ?? []);
  failure = $state.raw<Failure | null>(null);
  /** Each parent area, comparator and the whole, to hold a single area against: by code, `null` the whole. */
  benchmarks = $state.raw<Map<string | null, Against>>(new Map());

  /** Whether a reader has asked to be led to the comparison, which may still be on its way. */
  isSought = $state(false);

  /** Of which areas the comparison is. */
  #compared = $state.raw<ReadonlySet<string>>(new Set());

  #comparison = latest();
  #benchmarks = latest();

  /** Compares the selected areas and the sets. */
  compare(edition: string, scene: Scene): void {
    this.failure = null;
    if (scene.areas.length === 0 && scene.sets.length === 0) {
      this.#comparison.cancel();
      this.comparison = null;
      return;
    }
    const { id } = scene.geography;
    // Each with its geography: one that is written holds for the codes after it, too.
    const areas = scene.areas.map(({ geography, code }) => ({ geography: geography ?? id, code }));
    const params = {
      geography: id,
      areas: writeRefs(areas).join(",") || null,
      set: scene.sets.map(writeSet),
      indicators: scene.indicator.id,
      period: scene.period,
      against: againstAll(scene),
    };
    this.#comparison.run((signal) => getCompare(edition, params, signal), {
      done: (answer) => {
        this.#compared = new Set(scene.areas.map(writeRef));
        this.comparison = answer;
      },
      failed: (error) => {
        this.comparison = null;
        this.isSought = false;
        const retry = error instanceof NeedsServer ? null : () => this.compare(edition, scene);
        this.failure = { text: textOf(error), retry };
      },
    });
  }

  /** Whether the comparison is of these areas, and not of those that were selected before. */
  isOf(areas: readonly AreaRef[]): boolean {
    return (
      areas.length === this.#compared.size &&
      areas.every((ref) => this.#compared.has(writeRef(ref)))
    );
  }

  /** One area of each parent, compared, tells what every parent, the whole and the comparators have. */
  measure(edition: string, { scene, areas, answer }: Picture): void {
    const params = {
      geography: scene.geography.id,
      areas: firstOfEach(areas, scene.parent?.id ?? null)
        .slice(0, MOST_BESIDE)
        .join(","),
      set: [],
      indicators: scene.indicator.id,
      period: scene.period,
      against: againstAll(scene),
    };
    this.benchmarks = new Map();
    this.#benchmarks.cancel();
    // Changes are not held against values.
    if (answer?.mode === "change") return;
    this.#benchmarks.run((signal) => getCompare(edition, params, signal), {
      done: (answer) => {
        const all = answer.indicators[0]?.areas.flatMap((area) => area.against) ?? [];
        this.benchmarks = new Map(all.map((item) => [item.code, item]));
      },
      // The card is whole without them.
      failed: () => {},
    });
  }
}

/** What everything is held against: the comparators, the parent and the whole. */
function againstAll({ comparators }: Scene): string {
  return [...writeRefs(comparators), "parent", "overall"].join(",");
}

const firsts = new WeakMap<AreaColumns, readonly string[]>();

/** The code of one area of each parent; the parents of a geography are always of the same one. */
function firstOfEach(areas: AreaColumns, parent: string | null): readonly string[] {
  let codes = firsts.get(areas);
  if (!codes) {
    const parents = parent === null ? [] : (areas.columns.parents[parent] ?? []);
    const first = new Map<string | null, string>();
    areas.columns.code.forEach((code, index) => {
      const own = parents[index] ?? null;
      if (!first.has(own)) first.set(own, code);
    });
    codes = [...first.values()];
    firsts.set(areas, codes);
  }
  return codes;
}
