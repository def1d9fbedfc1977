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
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return null;
  const counts = new Uint32Array(places);
  for (const value of values) {
    if (value === null) continue;
    (counts[Math.round(position(value, least, most) * (places - 1))] as number) += 1;
  }
  const fullest = Math.max(...counts);
  const ticks = Array.from(counts, (count, place) => ({
    at: places === 1 ? 0 : place / (places - 1),
    weight: count / fullest,
  })).filter(({ weight }) => weight > 0);
  return { least, most, ticks };
}

/** Steps of strength that can be told apart. */
const STEPS = 16;

/** The ticks by their strength: those that look alike are drawn as one, for the strip comes and goes with every area that is pointed at. */
export function shadesOf(ticks: readonly StripTick[]): { weight: number; at: number[] }[] {
  const shades = Array.from({ length: STEPS + 1 }, (_, step) => ({
    weight: step / STEPS,
    at: [] as number[],
  }));
  for (const { at, weight } of ticks) shades[Math.round(weight * STEPS)]?.at.push(at);
  return shades.filter(({ at }) => at.length > 0);
}

/** Where a value stands between the least and the most, 0 to 1. */
export function position(value: number, least: number, most: number): number {
  if (most === least) return 0.5;
  return Math.min(1, Math.max(0, (value - least) / (most - least)));
}
