// The second of two maps: another indicator, or another period, of the same areas.

import { Beside } from "../beside.svelte";
import { type Failure, textOf } from "../failure";
import { latest } from "../latest";
import { choiceFor, forAnotherIndicator } from "../legend/asked";
import { worstAreas } from "../list";
import type { Page } from "../page.svelte";
import { loadPicture, type Picture, pictureKey } from "../picture";
import { coloursOf } from "../scale";
import type { Scene } from "../scene";
import type { View } from "../view";
import type { Beside as Asked } from "./besides";
import type { Showing } from "./showing";
import { Together } from "./together";

export class SecondMap implements Showing {
  picture = $state.raw<Picture | null>(null);
  lit = $state<number | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly beside = new Beside();
  readonly together = new Together();

  readonly #page: Page;
  #newest = latest();

  constructor(page: Page) {
    this.#page = page;
  }

  readonly tint = $derived(this.picture);
  readonly worst = $derived(this.picture ? worstAreas(this.picture.classes.rank.values) : []);
  readonly overlaps = $derived.by(() => this.#page.overlaps);
  readonly colours = $derived.by<string[]>(() =>
    this.picture ? coloursOf(this.picture.classes, this.picture.scene, this.#page.view) : [],
  );

  /** Shows this beside the first map; nothing where there is none. */
  need(asked: Asked | null, first: Scene | null, present: View): void {
    const { atlas } = this.#page;
    if (!atlas || !asked || !first) {
      this.#newest.cancel();
      this.picture = null;
      return;
    }
    const { indicator, period } = asked;
    const periods = indicator.periods[first.geography.id] ?? [];
    const view: View = {
      ...present,
      ...(indicator.id === first.indicator.id ? {} : forAnotherIndicator(present)),
      mode: "map",
    };
    const classes = choiceFor(view, indicator, first, []);
    const scene: Scene = { ...first, indicator, period, periods, classes };
    if (this.picture?.key === pictureKey(scene, view)) {
      this.#newest.cancel();
      return;
    }
    this.failure = null;
    this.#newest.run((signal) => loadPicture(scene, view, atlas, signal), {
      done: (picture) => {
        this.picture = picture;
        this.lit = null;
        this.beside.measure(atlas.edition, picture);
      },
      failed: (error) => {
        this.failure = { text: textOf(error), retry: () => this.need(asked, first, present) };
      },
    });
  }
}
