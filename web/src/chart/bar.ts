// Where a value stands on a line of bars.

/** Between which values bars are drawn. */
export interface Extent {
  least: number;
  most: number;
}

/** Ends of intervals may reach so much further than the values; what goes on beyond has an arrow. */
const REACH = 1.25;

/** From zero, or the least value when that is below it, to the greatest value or end of an interval. */
export function extentOf(
  values: Iterable<number | null>,
  ends: Iterable<number | null> = [],
): Extent {
  let [least, most, end] = [0, 0, 0];
  for (const value of values) {
    if (value === null) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  for (const upper of ends) if (upper !== null) end = Math.max(end, upper);
  return { least, most: Math.max(most, Math.min(end, REACH * most)) };
}

/** Of changes, which go from zero to either side: with room for what chance may have done, below the least as above the greatest. */
export function extentOfChanges(
  values: Iterable<number | null>,
  ends: Iterable<number | null>,
): Extent {
  const { least, most } = extentOf(values);
  const { least: lowest, most: highest } = extentOf(ends);
  const reach = REACH * Math.max(-least, most);
  return {
    least: Math.min(least, Math.max(lowest, -reach)),
    most: Math.max(most, Math.min(highest, reach)),
  };
}

/** At which ends an interval goes on beyond what is drawn. */
export function goesOn(
  { lower, upper }: { lower: number; upper: number },
  { least, most }: Extent,
): { below: boolean; above: boolean } {
  return { below: lower < least, above: upper > most };
}

/** The place of a value, 0 to 1; of what lies outside, the nearer end. */
export function placeOf(value: number, { least, most }: Extent): number {
  return most === least ? 0 : Math.min(1, Math.max(0, (value - least) / (most - least)));
}
