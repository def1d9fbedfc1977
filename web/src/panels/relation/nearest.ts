// Which of many points is nearest to the pointer, without asking all of them.

export interface Spot {
  index: number;
  x: number;
  y: number;
}

/** Points further away than this are not meant, in pixels. */
const REACH = 14;

export class Spots {
  readonly #cells = new Map<string, Spot[]>();

  constructor(spots: Iterable<Spot>) {
    for (const spot of spots) {
      const key = cellOf(spot.x, spot.y);
      const cell = this.#cells.get(key);
      if (cell) cell.push(spot);
      else this.#cells.set(key, [spot]);
    }
  }

  nearest(x: number, y: number): number | null {
    let found: number | null = null;
    let least = REACH ** 2;
    for (const dx of [-REACH, 0, REACH]) {
      for (const dy of [-REACH, 0, REACH]) {
        for (const spot of this.#cells.get(cellOf(x + dx, y + dy)) ?? []) {
          const distance = (spot.x - x) ** 2 + (spot.y - y) ** 2;
          if (distance > least) continue;
          least = distance;
          found = spot.index;
        }
      }
    }
    return found;
  }
}

function cellOf(x: number, y: number): string {
  return `${Math.floor(x / REACH)} ${Math.floor(y / REACH)}`;
}
