// The areas of a tile in the compact form of docs/api.md, as numbers in a row: no object for a point or a line.

/** Units of a tile's grid along each side, as docs/api.md has it. */
export const EXTENT = 4096;

/** Whole numbers, so many as there are areas and one more. */
export type Indices = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** What a tile shows of areas. The lines around feature `f` are `around[firstLine[f]]` to `around[firstLine[f + 1]]`; line `l` has the points `firstPoint[l]` to `firstPoint[l + 1]`. */
export interface TileShapes {
  /** The area of each feature, as its position in the geography's order, ascending. */
  areas: Uint32Array;
  firstLine: Uint32Array;
  /** A line that has the feature on its right, or `~line` of one that has it on its left. */
  around: Int32Array;
  firstPoint: Uint32Array;
  /** East and south in turn, in units of the tile's grid from its north-western corner. */
  points: Int16Array;
}

/** `TSL1` */
const MAGIC = [0x54, 0x53, 0x4c, 0x31];

/** The areas of a tile; none where it has no bytes. */
export function decodeTile(bytes: Uint8Array): TileShapes {
  if (bytes.length > 0 && MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new Error("not a tile in the compact form");
  }
  const numbers = new Numbers(bytes, MAGIC.length);
  const count = numbers.next();
  const lines = numbers.next();
  const areas = Uint32Array.from(numbers.sums(count));
  const right = numbers.sums(lines);
  const left = right.map((area) => area + numbers.next());
  const firstPoint = new Uint32Array(lines + 1);
  for (let line = 0; line < lines; line += 1) {
    firstPoint[line + 1] = (firstPoint[line] as number) + numbers.next();
  }
  const points = new Int16Array(2 * (firstPoint[lines] as number));
  let [x, y] = [0, 0];
  for (let i = 0; i < points.length; i += 2) {
    x += numbers.next();
    y += numbers.next();
    points[i] = x;
    points[i + 1] = y;
  }
  return { areas, ...gathered(count, right, left), firstPoint, points };
}

/** The lines of each feature, of which `right` and `left` have the features on the sides of each line, counted from 1. */
function gathered(count: number, right: Int32Array, left: Int32Array) {
  const firstLine = new Uint32Array(count + 1);
  for (const side of [right, left]) {
    for (const feature of side) if (feature > 0) (firstLine[feature] as number) += 1;
  }
  for (let feature = 0; feature < count; feature += 1) {
    (firstLine[feature + 1] as number) += firstLine[feature] as number;
  }
  const next = firstLine.slice();
  const around = new Int32Array(firstLine[count] as number);
  const add = (feature: number, line: number) => {
    if (feature === 0) return;
    around[next[feature - 1] as number] = line;
    (next[feature - 1] as number) += 1;
  };
  right.forEach(add);
  left.forEach((feature, line) => {
    add(feature, ~line);
  });
  return { firstLine, around };
}

/** Signed integers of variable length, one behind the other; 0 beyond the end. */
class Numbers {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  next(): number {
    let [number, shift] = [0, 0];
    for (; this.at < this.bytes.length; shift += 7) {
      const byte = this.bytes[this.at] as number;
      this.at += 1;
      number |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    return (number >>> 1) ^ -(number & 1);
  }

  /** So many numbers, each of which stands as the difference from the one before. */
  sums(count: number): Int32Array {
    const sums = new Int32Array(count);
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      sum += this.next();
      sums[i] = sum;
    }
    return sums;
  }
}
