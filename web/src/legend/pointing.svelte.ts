// A class of the legend is pointed at, or held by a click until the next one.

import type { Page } from "../page.svelte";

export class Pointing {
  pinned = $state<number | null>(null);

  constructor(private readonly page: Page) {}

  over(index: number, event: PointerEvent): void {
    if (event.pointerType !== "touch") this.page.lit = index;
  }

  out(): void {
    this.page.lit = this.pinned;
  }

  pin(index: number): void {
    this.pinned = this.pinned === index ? null : index;
    this.page.lit = this.pinned;
  }

  isSteppedBack(index: number): boolean {
    return this.page.lit !== null && this.page.lit !== index;
  }
}
