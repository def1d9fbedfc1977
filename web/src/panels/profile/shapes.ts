// How an area stands to the whole: each verdict has a shape of its own beside its colour, in a square of 16.

import type { Significance } from "../../contract";

const SHAPES: Record<Significance, string> = {
  worse: "M8 .8 15.200 8 8 15.200.8 8z",
  better: "M14.500 8a6.500 6.500 0 1 1-13 0 6.500 6.500 0 0 1 13 0z",
  similar:
    "M14.500 8a6.500 6.500 0 1 1-13 0 6.500 6.500 0 0 1 13 0zM11 8a3 3 0 1 0-6 0 3 3 0 0 0 6 0z",
  higher: "M8 1.500 15 14H1z",
  lower: "M8 14.500 1 2h14z",
};
const NONE = "M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0z";

/** The path of a verdict; `null` is an area that could not be compared. */
export function shapeOf(verdict: Significance | null): string {
  return verdict ? SHAPES[verdict] : NONE;
}
