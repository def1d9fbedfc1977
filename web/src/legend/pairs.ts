// Two colours that meet at a value: pale beside it, darker the further away. The warm one is the worse side.

import { interpolateBrBG, interpolatePuOr, interpolateRdBu } from "d3-scale-chromatic";
import type { Polarity } from "../contract";
import { PAIRS, type PairName, type PaletteName } from "../view";

// ColorBrewer's diverging schemes that are told apart with any common colour blindness; 0 is warm, a half is neutral.
const SCHEMES: Record<PairName, (t: number) => string> = {
  "orange-purple": (t) => interpolatePuOr(1 - t),
  "brown-teal": interpolateBrBG,
  "red-blue": interpolateRdBu,
};

export function isPair(palette: PaletteName): palette is PairName {
  return PAIRS.some((pair) => pair === palette);
}

/** One colour per class, in the order of the classes. `below` of them lie below the value at which the colours meet. */
export function pairColours(
  palette: PaletteName,
  { k, below }: { k: number; below: number },
  polarity: Polarity,
  reverse: boolean,
): string[] {
  const scheme = SCHEMES[isPair(palette) ? palette : "orange-purple"];
  const warmIsLow = (polarity === "high-is-good") !== reverse;
  return Array.from({ length: k }, (_, i) => {
    const isLow = i < below;
    // Each side ends dark, however many classes it has: the worst is to be seen.
    const [away, classes] = isLow ? [below - 1 - i, below] : [i - below, k - below];
    const reach = classes === 1 ? 0.3 : 0.1 + (0.36 * away) / (classes - 1);
    return scheme(isLow === warmIsLow ? 0.5 - reach : 0.5 + reach);
  });
}

/** How many classes end at a value or below it. */
export function classesBelow(breaks: readonly number[], value: number): number {
  return breaks.slice(1).filter((upper) => upper <= value).length;
}
