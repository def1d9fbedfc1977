// Where a name may stand that has something in its way: on its place, or a little beside it.

import type { Point } from "./spread";

const UPRIGHT = [0, 16, -16, 30, -30];
const ASIDE = [0, 20, -20, 36, -36];

/** In pixels from its place, nearest first: what makes room for another name. */
export const ABOVE_OR_BELOW: readonly Point[] = UPRIGHT.map((y) => ({ x: 0, y }));

/** What makes room for a pin, which is as wide as it is high. */
export const ALL_AROUND: readonly Point[] = ASIDE.flatMap((x) =>
  UPRIGHT.map((y) => ({ x, y })),
).sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
