// What is drawn of values through time.

import type { TrendPoint } from "../../contract";

/**
 * When a period is, in years: its middle. `null` where its form is not known here, and then the
 * periods stand one beside the other.
 */
export function timeOf(period: string): number | null {
  const year = /^(\d{4})(?:\/\d{2,4})?$/.exec(period);
  if (year) return Number(year[1]) + (period.includes("/") ? 0.75 : 0.5);
  const span = /^(\d{4})-(\d{4})$/.exec(period);
  if (span) return (Number(span[1]) + Number(span[2]) + 1) / 2;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) return Number(quarter[1]) + (Number(quarter[2]) - 0.5) / 4;
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) return Number(month[1]) + (Number(month[2]) - 0.5) / 12;
  return null;
}

/** The place in time of each period; one after the other where any is not known. */
export function timesOf(periods: readonly string[]): number[] {
  const times = periods.map(timeOf);
  return times.every((time) => time !== null) ? times : periods.map((_, i) => i);
}

/**
 * The stretches of a series that a line may join: it ends where there is no value, and before a
 * value that is not comparable with earlier ones.
 */
export function stretches(series: readonly TrendPoint[]): number[][] {
  const found: number[][] = [];
  let present: number[] = [];
  const end = () => {
    if (present.length > 0) found.push(present);
    present = [];
  };
  series.forEach((point, i) => {
    if (point.value === null || point.status.includes("break")) end();
    if (point.value !== null) present.push(i);
  });
  end();
  return found;
}

/** Amounts of which there can be none are drawn from zero: half as high is half as much. */
export function startsAtZero(kind: string): boolean {
  return ["count", "rate", "proportion", "ratio"].includes(kind);
}

/** Which labels have room beside each other, the last one first; positions in pixels, in order. */
export function labelled(at: readonly number[], widths: readonly number[], gap = 10): boolean[] {
  const shown = at.map(() => false);
  let free = Number.POSITIVE_INFINITY;
  for (let i = at.length - 1; i >= 0; i -= 1) {
    const [centre = 0, half = 0] = [at[i], (widths[i] ?? 0) / 2];
    if (centre + half > free) continue;
    shown[i] = true;
    free = centre - half - gap;
  }
  return shown;
}

/** Heights pushed apart so that none lies on another, in their order, within `least` and `most`. */
export function apart(
  heights: readonly number[],
  gap: number,
  least: number,
  most: number,
): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let free = least;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? 0, free);
    free = (placed[i] ?? 0) + gap;
  }
  let limit = most;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i] ?? 0, limit);
    limit = (placed[i] ?? 0) - gap;
  }
  return placed;
}
