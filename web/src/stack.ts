// Areas of one geography that lie on top of each other at a place, such as clusters that share a
// street. One of them has its turn; a click at the same place again gives it to the next.

import { say } from "./words";

export interface Stack {
  /** The smallest first. */
  areas: readonly number[];
  /** Index into `areas` of the one that is spoken of. */
  turn: number;
  pressed: boolean;
}

export const NOTHING_HERE: Stack = { areas: [], turn: 0, pressed: false };

/** What lies at a place that is pointed at: while it is the same areas, they keep their turn. */
export function stackOf(areas: readonly number[], before: Stack): Stack {
  const isSame =
    areas.length === before.areas.length && areas.every((area, i) => area === before.areas[i]);
  return isSame ? before : { areas, turn: 0, pressed: false };
}

/** What lies at the place of an area that is reached otherwise than by pointing: its turn it is. */
export function stackAround(area: number, areas: readonly number[]): Stack {
  const turn = areas.indexOf(area);
  return turn < 0 ? { areas: [area], turn: 0, pressed: false } : { areas, turn, pressed: false };
}

export function turned(stack: Stack, step: 1 | -1): Stack {
  const count = stack.areas.length;
  return count === 0 ? stack : { ...stack, turn: (stack.turn + step + count) % count };
}

/** The first press is at the area whose turn it is, each further one at the next. */
export function pressed(stack: Stack): Stack {
  return stack.pressed ? turned(stack, 1) : { ...stack, pressed: true };
}

export function topOf(stack: Stack): number | null {
  return stack.areas[stack.turn] ?? null;
}

/** `2 of 3 here`, for an area that shares its place with others. */
export function hereWords(stack: Stack, area: number): string | null {
  const { areas, turn } = stack;
  return areas.length > 1 && areas[turn] === area
    ? say("here", { n: turn + 1, count: areas.length })
    : null;
}
