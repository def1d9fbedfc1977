// The scale of an axis: which figures it names, and where a value stands on it.

export interface Axis {
  from: number;
  to: number;
  /** Round figures within it. */
  ticks: number[];
  /** The decimals that tell the ticks apart. */
  decimals: number;
}

/** An axis of about `count` round steps that holds both ends. */
export function axisOf(least: number, most: number, count: number): Axis {
  const span = most > least ? most - least : Math.abs(most) || 1;
  const step = roundStep(span / count);
  const first = Math.floor(least / step + EDGE);
  const last = Math.max(Math.ceil(most / step - EDGE), first + 1);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + EDGE));
  // By multiplication, so that no error grows from tick to tick.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(decimals)),
  );
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, ticks, decimals };
}

/** What lies so near to a tick lies on it. */
const EDGE = 1e-9;

/** 1, 2 or 5 times a power of ten, the least that is not below. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= step * (1 - EDGE)) ?? 10;
  return factor * power;
}

/** Where a value stands between two pixels. */
export function along({ from, to }: Pick<Axis, "from" | "to">, start: number, end: number) {
  return (value: number) => start + ((value - from) / (to - from)) * (end - start);
}
