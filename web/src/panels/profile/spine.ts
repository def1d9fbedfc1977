// Where things stand on the spine of an indicator: a scale on which each quarter of the areas takes
// a quarter of the length, so that a few extreme areas do not press all others into one dot.

import type { Polarity, Quartiles } from "../../contract";

/** From the lowest, 0, to the highest, 1; what lies outside the areas stands at the nearer end. */
export function alongQuarters(value: number, quartiles: Quartiles): number {
  const { minimum, lower_quartile, median, upper_quartile, maximum } = quartiles;
  const marks = [minimum, lower_quartile, median, upper_quartile, maximum];
  if (value < minimum) return 0;
  if (value > maximum) return 1;
  // Where several marks are one value, it stands in the middle of them.
  const first = marks.indexOf(value);
  if (first >= 0) return (first + marks.lastIndexOf(value)) / 2 / (marks.length - 1);
  const above = marks.findIndex((mark) => mark > value);
  const [from = 0, to = 1] = [marks[above - 1], marks[above]];
  return (above - 1 + (value - from) / (to - from)) / (marks.length - 1);
}

/** Whether the highest value stands on the left: the worst end always does. */
export function isTurned(polarity: Polarity): boolean {
  return polarity === "high-is-bad";
}

/** The place from the left, 0 to 1. */
export function fromLeft(value: number, quartiles: Quartiles, polarity: Polarity): number {
  const along = alongQuarters(value, quartiles);
  return isTurned(polarity) ? 1 - along : along;
}
