// A class of the legend is pointed at; a click selects its areas.

import type { Page } from "../page.svelte";

export class Pointing {
  constructor(private readonly page: Page) {}

  over(index: number, event: PointerEvent): void {
    if (event.pointerType !== "touch") this.page.lit = index;
  }

  out(): void {
    this.page.lit = null;
  }

  /** With shift the areas join those that are selected. */
  choose(index: number, event: MouseEvent): void {
    this.page.toggleClass(index, event.shiftKey);
  }

  isChosen(index: number): boolean {
    return this.page.isClassSelected(index);
  }

  isSteppedBack(index: number): boolean {
    return this.page.lit !== null && this.page.lit !== index;
  }
}
