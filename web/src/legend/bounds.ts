// The bounds of classes that somebody chooses: the minimum, then the upper bound of each class. What the server would refuse
// is said beside the field that it is in.

import { asShown } from "../format";
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
  return asShown(bound, decimals) === bound ? bound.toFixed(decimals) : String(bound);
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
  const kept = asShown(Math.min(high, Math.max(low, to)), decimals);
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
