// Where things stand on the spine of an indicator: a scale on which each quarter of the areas takes
// a quarter of the length, so that a few extreme areas do not press all others into one dot. Quarters in which all areas are
// alike have no length: what is left is shared by the others. The page of an area without script draws the same:
// tests/both/spine.json has the cases that both are tested by.

import type { Polarity, Quartiles } from "../../contract";

const marksOf = ({ minimum, lower_quartile, median, upper_quartile, maximum }: Quartiles) => [
  minimum,
  lower_quartile,
  median,
  upper_quartile,
  maximum,
];

/** From the lowest, 0, to the highest, 1; what lies outside the areas stands at the nearer end. */
function alongQuarters(value: number, quartiles: Quartiles): number {
  const marks = [...new Set(marksOf(quartiles))];
  if (value < quartiles.minimum) return 0;
  if (value > quartiles.maximum) return 1;
  // Where all areas are alike, there is one place.
  if (marks.length === 1) return 0.5;
  const above = Math.max(
    1,
    marks.findIndex((mark) => mark >= value),
  );
  const [from = 0, to = 1] = [marks[above - 1], marks[above]];
  return (above - 1 + (value - from) / (to - from)) / (marks.length - 1);
}

/** The value that whole quarters of the areas have, and how many; `null` where no quarter is alike. */
export function alike(quartiles: Quartiles): { quarters: number; value: number } | null {
  const marks = marksOf(quartiles);
  const runs = marks.map((value, i) => ({ quarters: marks.lastIndexOf(value) - i, value }));
  const longest = runs.reduce((a, b) => (b.quarters > a.quarters ? b : a));
  return longest.quarters > 0 ? longest : null;
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

/** The ends of the middle half of the areas, from left to right. */
export function middleHalf(quartiles: Quartiles, polarity: Polarity): [number, number] {
  const lower = fromLeft(quartiles.lower_quartile, quartiles, polarity);
  const upper = fromLeft(quartiles.upper_quartile, quartiles, polarity);
  return [Math.min(lower, upper), Math.max(lower, upper)];
}
