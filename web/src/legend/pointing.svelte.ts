// A class of the legend is pointed at; a click selects its areas.

import type { Showing } from "../modes/showing";
import type { Page } from "../page.svelte";

export class Pointing {
  /** Whether a class joins what is selected: fingers have no shift key. */
  joins = $state(false);

  constructor(
    private readonly page: Page,
    private readonly showing: Showing,
  ) {}

  over(index: number, event: PointerEvent): void {
    if (event.pointerType !== "touch") this.showing.lit = index;
  }

  out(): void {
    this.showing.lit = null;
  }

  /** With shift, or when the reader has said so, the areas join those that are selected. */
  choose(index: number, event: MouseEvent): void {
    const adds = event.shiftKey || (this.joins && this.page.view.areas.length > 0);
    if (this.#isPages) this.page.selecting.toggleClass(index, adds);
    else this.page.selecting.selectClassOf(this.showing, index, adds);
  }

  /** Whether a class only lights up: in an embed the selection can be locked. */
  get isLocked(): boolean {
    return this.page.isLocked("areas");
  }

  isChosen(index: number): boolean {
    return this.#isPages && this.page.selecting.hasClass(index);
  }

  /** Whether the legend is of the page's own map, whose classes a link can name. */
  get #isPages(): boolean {
    return this.showing === this.page;
  }

  isSteppedBack(index: number): boolean {
    return this.showing.lit !== null && this.showing.lit !== index;
  }
}
