// From class to colour and words. The breaks are the server's; which end is darkest is decided
// here, by polarity.

import {
  interpolateGreys,
  interpolatePuOr,
  interpolatePurples,
  interpolateYlGnBu,
  interpolateYlOrBr,
  schemeGreys,
  schemePuOr,
  schemePurples,
  schemeYlGnBu,
  schemeYlOrBr,
} from "d3-scale-chromatic";
import { CATEGORY_COLOURS, OTHER_CATEGORY } from "./categories";
import type { Classes, Indicator, Polarity } from "./contract";
import { formatDifference, formatNumber } from "./format";
import { classesBelow, isPair, pairColours } from "./legend/pairs";
import { kindColours, kindOfName } from "./modes/kinds";
import type { PairName, PaletteName, View } from "./view";
import { say } from "./words";

interface Palette {
  /** ColorBrewer's own colours by number of classes, light to dark. */
  scheme: readonly (readonly string[])[];
  /** For numbers of classes that ColorBrewer does not have. */
  between: (t: number) => string;
}

// Sequential, and told apart with any common colour blindness and in grey print.
export const PALETTE_TABLE: Record<Exclude<PaletteName, PairName>, Palette> = {
  blue: { scheme: schemeYlGnBu, between: interpolateYlGnBu },
  purple: { scheme: schemePurples, between: interpolatePurples },
  orange: { scheme: schemeYlOrBr, between: interpolateYlOrBr },
  grey: { scheme: schemeGreys, between: interpolateGreys },
};

/** One colour per class, in the order of the classes: darkest for the worst. */
export function classColours(
  palette: PaletteName,
  k: number,
  polarity: Polarity,
  reverse: boolean,
): string[] {
  const { scheme, between } = PALETTE_TABLE[isPair(palette) ? "blue" : palette];
  const lightToDark = scheme[k] ?? Array.from({ length: k }, (_, i) => between(spread(i, k)));
  const darkFirst = (polarity === "high-is-good") !== reverse;
  return darkFirst ? [...lightToDark].reverse() : [...lightToDark];
}

/** One colour per class around zero, in the order of the classes: orange for the worse or the higher end. */
export function divergingColours(k: number, polarity: Polarity, reverse: boolean): string[] {
  const colours =
    schemePuOr[k] ?? Array.from({ length: k }, (_, i) => interpolatePuOr(spread(i, k)));
  const orangeFirst = (polarity === "high-is-good") !== reverse;
  return orangeFirst ? [...colours].reverse() : [...colours];
}

/** The colours of a picture's classes, as the view has them; categories and kinds have their own. */
export function coloursOf(
  {
    k,
    breaks,
    method,
    kinds,
  }: Pick<Classes, "k" | "breaks" | "method"> & Partial<Pick<Classes, "kinds">>,
  {
    indicator: { kind, polarity },
    classes: { centre },
  }: {
    indicator: Pick<Indicator, "kind" | "polarity">;
    classes: Pick<View, "centre">;
  },
  { palette, reverse }: Pick<View, "palette" | "reverse">,
): string[] {
  if (kinds) return kindColours(kinds, polarity === "high-is-good");
  if (method === "symmetrical") return divergingColours(k, polarity, reverse);
  if (isCategory(kind))
    return Array.from({ length: k }, (_, i) => CATEGORY_COLOURS[i] ?? OTHER_CATEGORY);
  if (centre === null || method === "published") return classColours(palette, k, polarity, reverse);
  return pairColours(palette, { k, below: classesBelow(breaks, centre) }, polarity, reverse);
}

/** Keeps clear of both ends of a scheme, where paper and ink would be. */
function spread(i: number, k: number): number {
  return k === 1 ? 0.6 : 0.04 + (0.94 * i) / (k - 1);
}

type Ends = Pick<Indicator, "polarity" | "worst" | "best" | "signed">;

/** What the low and the high end of the legend are called. */
export function endWords({ polarity, worst, best, signed }: Ends): { low: string; high: string } {
  if (signed) {
    return {
      low: polarity === "high-is-good" ? say("end-fall-worse") : say("end-fall"),
      high: polarity === "high-is-bad" ? say("end-rise-worse") : say("end-rise"),
    };
  }
  switch (polarity) {
    case "high-is-bad":
      return { low: best ?? say("end-lowest"), high: worst ?? say("end-highest-worst") };
    case "high-is-good":
      return { low: worst ?? say("end-lowest-worst"), high: best ?? say("end-highest") };
    default:
      return { low: say("end-lowest"), high: say("end-highest") };
  }
}

/** What the two ends of an order by rank are called: as the atlas names them, otherwise by their figures. */
export function sortEnds({ polarity, worst, best }: Ends): { worst: string; best: string } {
  const [low, high] = [say("end-lowest"), say("end-highest")];
  switch (polarity) {
    case "high-is-bad":
      return { worst: worst ?? high, best: best ?? low };
    case "high-is-good":
      return { worst: worst ?? low, best: best ?? high };
    default:
      return { worst: high, best: low };
  }
}

/** Categories have names and no order: no rank, no better or worse, no length. */
export function isCategory(kind: string): boolean {
  return kind === "category";
}

/** Places in an order and names: no amounts, of which one could be more or less sure. */
export function isOrdered(kind: string): boolean {
  return kind === "rank" || kind === "decile" || isCategory(kind);
}

/** Whether the classes have names instead of bounds: those of categories, and the kinds of a mode. */
export function hasNames(classes: Pick<Classes, "kinds">, kind: string): boolean {
  return isCategory(kind) || classes.kinds !== undefined;
}

/** Classes that each hold one whole number, such as deciles, are named by it. */
export function isNumbered(classes: Classes, kind: string): boolean {
  if (classes.kinds) return false;
  return (
    kind === "decile" ||
    kind === "quintile" ||
    kind === "quantile" ||
    classes.method === "published"
  );
}

/** A class in words: its bounds (a class is (lower, upper], the first closed below), its number or its name. */
export function classWords(classes: Classes, index: number, indicator: Indicator): string {
  const { kind, decimals, categories, signed } = indicator;
  const name = classes.kinds?.[index];
  if (name !== undefined) return kindOfName(name).name;
  const lower = classes.breaks[index] ?? 0;
  const upper = classes.breaks[index + 1] ?? lower;
  if (isCategory(kind)) return categories[index] ?? formatNumber(upper, 0);
  if (isNumbered(classes, kind)) return formatNumber(upper, 0);
  const figure = signed ? formatDifference : formatNumber;
  const from = figure(lower, decimals);
  const to = figure(upper, decimals);
  return from === to ? to : say("class-first", { from, to });
}
