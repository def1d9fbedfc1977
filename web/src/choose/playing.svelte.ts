// A run through the periods, with the classes held still. It is momentary: the address has the period
// that is shown, and the whole run is one step in the history.

import type { Page } from "../page.svelte";

/** So long each period is seen. */
const REST_MS = 1300;

export class Playing {
  running = $state(false);
  /** Whether periods have been stepped through, which a screen reader is told. */
  stepped = $state(false);

  readonly #page: Page;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFirst = true;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Runs from the next period on, or from the first where the last is shown. */
  start(): void {
    this.#isFirst = true;
    this.running = true;
    this.step();
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.running = false;
  }

  /** Ends it, and what stands beside the map for it. */
  putAway(): void {
    this.stop();
    this.stepped = false;
  }

  /** One period further; after the last comes the first. */
  step(): void {
    const { scene } = this.#page;
    if (!scene) return;
    const next = (scene.periods.indexOf(scene.period) + 1) % scene.periods.length;
    this.stepped = true;
    this.#page.playTo(scene.periods[next] ?? scene.period, this.#isFirst);
    if (this.running) this.#isFirst = false;
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      if (!this.running) return;
      const { scene, picture, waiting } = this.#page;
      if (!scene || waiting.failure) return this.stop();
      // A period is seen before the next one comes.
      if (picture?.scene.period === scene.period) {
        if (scene.period === scene.periods.at(-1)) return this.stop();
        this.step();
      }
      this.#wait();
    }, REST_MS);
  }
}
