// A class of the legend is pointed at, or held by a click until the next one.

import type { Showing } from "../modes/showing";

export class Pointing {
  pinned = $state<number | null>(null);

  constructor(private readonly showing: Showing) {}

  over(index: number, event: PointerEvent): void {
    if (event.pointerType !== "touch") this.showing.lit = index;
  }

  out(): void {
    this.showing.lit = this.pinned;
  }

  pin(index: number): void {
    this.pinned = this.pinned === index ? null : index;
    this.showing.lit = this.pinned;
  }

  isSteppedBack(index: number): boolean {
    return this.showing.lit !== null && this.showing.lit !== index;
  }
}
