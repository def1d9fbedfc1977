// Where the area that is spoken of, and what it is held against, stand among the bars of the legend. Each bar is as wide as the
// others, whatever the bounds of its class: within it a value stands as on the strip of the card.

import type { Classes } from "../contract";
import { position } from "../strip";

type Bars = Pick<Classes, "breaks" | "k">;

/** 0 to 1 along the bars: in the area's own class, or in the middle of it where a class is one number. */
export function placeIn(
  { breaks, k }: Bars,
  index: number,
  value: number,
  numbered: boolean,
): number {
  const within = numbered
    ? 0.5
    : position(value, breaks[index] ?? value, breaks[index + 1] ?? value);
  return (index + within) / k;
}

/** 0 to 1 along the bars, for what is in no class itself; at the end for what lies beyond. */
export function placeOf(bars: Bars, value: number, numbered: boolean): number {
  return placeIn(bars, classOf(bars, value), value, numbered);
}

/** The class in whose bounds a value lies: (lower, upper]. */
export function classOf({ breaks, k }: Bars, value: number): number {
  const upper = breaks.findIndex((bound, i) => i > 0 && value <= bound);
  return upper < 0 ? k - 1 : upper - 1;
}

export interface NamedTick {
  name: string;
  /** 0 to 1 along the bars. */
  at: number;
  /** Whether the name stands on the left of its tick, and in which row above the bars; 0 is the nearest. */
  isLeft: boolean;
  row: number;
}

/**
 * Gives each name a side and a row, so that no name lies over another or over the tick of another: those that go to the left
 * are all before those that go to the right, and of each the outermost stands lowest. `room` is how many letters fit above the bars.
 */
export function named(ticks: readonly { name: string; at: number }[], room: number): NamedTick[] {
  const ordered = [...ticks].sort((a, b) => a.at - b.at);
  const spaceOf = ({ at }: { at: number }, isLeft: boolean) => room * (isLeft ? at : 1 - at);
  // Of all ways the one that cuts the fewest letters off, and of those the one with the fewest rows.
  const ways = [...ordered.keys(), ordered.length].map((left) => ({
    left,
    cut: ordered.reduce(
      (sum, tick, i) => sum + Math.max(0, tick.name.length - spaceOf(tick, i < left)),
      0,
    ),
    rows: Math.max(left, ordered.length - left),
  }));
  const [{ left } = { left: 0 }] = ways.sort((a, b) => a.cut - b.cut || a.rows - b.rows);
  return ordered.map((tick, i) => ({
    ...tick,
    isLeft: i < left,
    row: i < left ? i : ordered.length - 1 - i,
  }));
}

/** Figures are this wide below the bars, in pixels of the page, and what stands among them. */
const DIGIT = 6.2;
const SIGN = 3.6;
const APART = 4;

/** Whether words at their places in a width stand apart: the first begins there, the last ends there, the others have it in their middle. */
export function haveRoom(words: readonly { text: string; at: number }[], width: number): boolean {
  let taken = Number.NEGATIVE_INFINITY;
  return words.every(({ text, at }) => {
    const own = [...text].reduce((sum, letter) => sum + (/[.,\s]/.test(letter) ? SIGN : DIGIT), 0);
    const left = at * width - (at === 0 ? 0 : at === 1 ? own : own / 2);
    const isApart = left - taken >= APART;
    taken = left + own;
    return isApart;
  });
}
