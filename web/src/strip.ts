// The distribution of a column as a strip of ticks, one per pixel at most, so that it costs the
// same for a hundred areas and for thirty thousand.

export interface StripTick {
  /** 0 to 1 along the strip. */
  at: number;
  /** How many areas stand here, 0 to 1 of the fullest place. */
  weight: number;
}

export interface Strip {
  least: number;
  most: number;
  ticks: StripTick[];
}

export function strip(values: readonly (number | null)[], places: number): Strip | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  let least = known[0] as number;
  let most = least;
  for (const value of known) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const counts = new Map<number, number>();
  for (const value of known) {
    const place = Math.round(position(value, least, most) * (places - 1));
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const fullest = Math.max(...counts.values());
  const ticks = [...counts].map(([place, count]) => ({
    at: places === 1 ? 0 : place / (places - 1),
    weight: count / fullest,
  }));
  return { least, most, ticks };
}

/** Where a value stands between the least and the most, 0 to 1. */
export function position(value: number, least: number, most: number): number {
  if (most === least) return 0.5;
  return Math.min(1, Math.max(0, (value - least) / (most - least)));
}
