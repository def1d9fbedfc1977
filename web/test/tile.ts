// Tiles in the compact form for tests. Each area has lines of its own: what is shared is the server's to find.

import { decodeTile } from "../src/map/tiles/decode";
import type { Tile, TileAddress } from "../src/map/tiles/sheet";

export type Point = [number, number];
export type Ring = Point[];

/** A line with the areas on its sides, counted from 1; 0 is none. */
export interface Line {
  right: number;
  left: number;
  points: Point[];
}

export function encodeTile(areas: readonly number[], lines: readonly Line[]): Uint8Array {
  const points = lines.flatMap((line) => line.points);
  const steps = points.flatMap(([x, y], i) => {
    const [beforeX, beforeY] = points[i - 1] ?? [0, 0];
    return [x - beforeX, y - beforeY];
  });
  const numbers = [
    areas.length,
    lines.length,
    ...differences(areas),
    ...differences(lines.map(({ right }) => right)),
    ...lines.map(({ left, right }) => left - right),
    ...lines.map((line) => line.points.length),
    ...steps,
  ];
  return Uint8Array.from([...new TextEncoder().encode("TSL1"), ...numbers.flatMap(written)]);
}

const differences = (numbers: readonly number[]) =>
  numbers.map((number, i) => number - (numbers[i - 1] ?? 0));

function written(number: number): number[] {
  let rest = ((number << 1) ^ (number >> 31)) >>> 0;
  const bytes: number[] = [];
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}

/** A tile of areas that are lists of rings, in the order of their ids. */
export function tileOf(address: TileAddress, areas: { id: number; rings: Ring[] }[]): Tile {
  const lines = areas.flatMap(({ rings }, i) =>
    rings.map((ring) => ({ right: i + 1, left: 0, points: [...ring, ...ring.slice(0, 1)] })),
  );
  const ids = areas.map(({ id }) => id);
  return { address, shapes: decodeTile(encodeTile(ids, lines)) };
}

export function square(left: number, top: number, right: number, bottom: number): Ring {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
