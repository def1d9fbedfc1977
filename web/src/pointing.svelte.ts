// Where the pointer, the keyboard or a finger is on the map. It is momentary: the address knows nothing of it.

import { NOTHING_HERE, pressed, type Stack, stackAround, stackOf, topOf, turned } from "./stack";

export class Pointing {
  /** Index of the area under the pointer; of the one that the keyboard or a tap is at. */
  hovered = $state<number | null>(null);
  focused = $state<number | null>(null);
  /** An area that was come to otherwise than on the map, perhaps by a place in it, to be spoken there; a new object is a new request. */
  told = $state.raw<{ area: number; place?: string } | null>(null);
  /** What lies under the pointer, and what was last clicked or reached; several areas where they overlap. */
  #over = $state.raw<Stack>(NOTHING_HERE);
  #held = $state.raw<Stack>(NOTHING_HERE);
  here = $derived(this.hovered === null ? this.#held : this.#over);

  /** The pointer is at a place, or at none. */
  pointAt(areas: readonly number[]): void {
    this.#over = stackOf(areas, this.#held);
    this.hovered = topOf(this.#over);
  }

  /** A press shows the area; where areas overlap, the next one shows the next, and `from` is the one before. */
  press(areas: readonly number[]): { from: number | null; to: number | null } {
    const before = stackOf(areas, this.#held);
    this.#speakOf(pressed(before));
    const isNext = areas.length > 1 && before.pressed;
    return { from: isNext ? topOf(before) : null, to: this.focused };
  }

  /** The keyboard or a search has come to an area, among what lies at its place. */
  arriveAt(area: number, areas: readonly number[]): void {
    this.#speakOf(stackAround(area, areas));
  }

  /** Another area at the same place. */
  turn(step: 1 | -1): void {
    this.#speakOf(turned(this.here, step));
  }

  /** There are other areas now. */
  leave(): void {
    this.hovered = null;
    this.focused = null;
    this.#held = NOTHING_HERE;
  }

  #speakOf(stack: Stack): void {
    this.#held = stack;
    this.focused = topOf(stack);
    if (this.hovered === null) return;
    this.#over = stack;
    this.hovered = this.focused;
  }
}
