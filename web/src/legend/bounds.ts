// The bounds of classes that somebody chooses: the minimum, then the upper bound of each class. What the server would refuse
// is said beside the field that it is in.

import { say } from "../words";

export interface Bounds {
  /** `null` while any of them is no bound. */
  bounds: readonly number[] | null;
  /** What is wrong with each, in words; `null` where nothing is. */
  problems: readonly (string | null)[];
}

/** Reads bounds as they are typed, with a point, and commas or spaces among thousands. */
export function boundsOf(texts: readonly string[]): Bounds {
  const numbers = texts.map(numberOf);
  const problems = numbers.map((number, i) => {
    if (number === null) return say("break-unread");
    const before = numbers[i - 1];
    if (before === undefined || before === null || number > before) return null;
    // The lowest class may hold one value alone.
    return i === 1 && number === before ? null : say("break-order", { before: texts[i - 1] ?? "" });
  });
  const isFine = problems.every((problem) => problem === null);
  return { bounds: isFine ? numbers.map(Number) : null, problems };
}

function numberOf(text: string): number | null {
  const plain = text.replace(/[\s,]/g, "").replace(/^[−–]/, "-");
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) + 0 : null;
}

/** A bound as it is typed: with the decimals of the indicator, and more only where it has more. */
export function typed(bound: number, decimals: number): string {
  const short = bound.toFixed(decimals);
  return Number(short) === bound ? short : String(bound);
}

/** More decimals than these nobody types. */
const MORE_DECIMALS = 8;

/** The bounds of classes with as few decimals as leave every value in its class; at least those that are shown. */
export function rounded(
  bounds: readonly number[],
  decimals: number,
  values: readonly (number | null)[],
): number[] {
  const last = bounds.length - 1;
  const near = bounds.map((bound, i) => {
    for (let more = decimals; more <= decimals + MORE_DECIMALS; more += 1) {
      const size = 10 ** more;
      if (i === 0) return Math.floor(bound * size) / size;
      if (i === last) return Math.ceil(bound * size) / size;
      const near = Math.round(bound * size) / size;
      const [low, high] = [Math.min(near, bound), Math.max(near, bound)];
      // A class holds its upper bound.
      const someMove = values.some((value) => value !== null && value > low && value <= high);
      if (!someMove) return near;
    }
    return bound;
  });
  // Rounding may have made two of them one, with no value between.
  return near.filter((bound, i) => i < 2 || bound > (near[i - 1] as number));
}

/** With one class more: the widest is halved, at a round number where there is one. */
export function withOneMore(bounds: readonly number[], decimals: number): number[] {
  const widths = bounds.slice(1).map((bound, i) => bound - (bounds[i] as number));
  const widest = widths.indexOf(Math.max(...widths));
  const [from, to] = [bounds[widest] as number, bounds[widest + 1] as number];
  const middle = Number(((from + to) / 2).toFixed(decimals));
  const between = middle > from && middle < to ? middle : (from + to) / 2;
  return [...bounds.slice(0, widest + 1), between, ...bounds.slice(widest + 1)];
}

/** With one class less: the two neighbours that hold the fewest areas become one. */
export function withOneLess(bounds: readonly number[], counts: readonly number[]): number[] {
  const inner = bounds.slice(1, -1).map((_, i) => (counts[i] ?? 0) + (counts[i + 1] ?? 0));
  const least = inner.indexOf(Math.min(...inner)) + 1;
  return bounds.filter((_, i) => i !== least);
}

/** One break moved by some steps, kept between its neighbours. */
export function moved(
  bounds: readonly number[],
  at: number,
  to: number,
  decimals: number,
): readonly number[] {
  const step = 10 ** -decimals;
  const [below, above] = [bounds[at - 1], bounds[at + 1]];
  const low = below === undefined ? Number.NEGATIVE_INFINITY : below + step;
  const high = above === undefined ? Number.POSITIVE_INFINITY : above - step;
  if (low > high) return bounds;
  const kept = Number(Math.min(high, Math.max(low, to)).toFixed(decimals));
  return bounds.map((bound, i) => (i === at ? kept : bound));
}

/** Places in a row, each as near to where it would be as its neighbours allow; in pixels, from 0 to `width`. */
export function inRow(wanted: readonly number[], apart: number, width: number): number[] {
  const placed = [...wanted];
  for (let i = 1; i < placed.length; i += 1)
    placed[i] = Math.max(placed[i] as number, (placed[i - 1] as number) + apart);
  let most = width;
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    placed[i] = Math.min(placed[i] as number, most);
    most = (placed[i] as number) - apart;
  }
  return placed;
}
