// Pins that would cover each other are moved apart, each as little as need be, and kept in sight.

export interface Point {
  x: number;
  y: number;
}

/** What is in sight, from its left upper to its right lower corner. */
export interface Room {
  from: Point;
  to: Point;
}

const ROUNDS = 60;

/**
 * Where to put pins so that no two are closer than `apart`; the order of the points decides nothing.
 * Each stays in its room, where it has one.
 */
export function spread(
  points: readonly Point[],
  apart: number,
  rooms: readonly (Room | null)[] = [],
): Point[] {
  const placed = points.map((point) => ({ ...point }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    placed.forEach((point, i) => {
      keep(point, rooms[i]);
    });
    for (let i = 0; i < placed.length; i += 1) {
      for (let j = i + 1; j < placed.length; j += 1) {
        const a = placed[i] as Point;
        const b = placed[j] as Point;
        const dx = b.x - a.x;
        const dy = b.y - a.y;
        const distance = Math.hypot(dx, dy);
        if (distance >= apart) continue;
        const [x, y] = direction(dx, dy, i);
        const push = (apart - distance) / 2;
        a.x -= x * push;
        a.y -= y * push;
        b.x += x * push;
        b.y += y * push;
        moved = true;
      }
    }
    if (!moved) break;
  }
  placed.forEach((point, i) => {
    keep(point, rooms[i]);
  });
  return placed;
}

function keep(point: Point, room: Room | null | undefined): void {
  if (!room) return;
  point.x = Math.max(room.from.x, Math.min(room.to.x, point.x));
  point.y = Math.max(room.from.y, Math.min(room.to.y, point.y));
}

/** Away from each other, and sooner sideways than up, where one would stand in the other's line. */
function direction(dx: number, dy: number, i: number): [number, number] {
  // In one spot: each pair in a direction of its own.
  if (dx === 0 && dy === 0) return [Math.cos(i + 1), Math.sin(i + 1)];
  const side = dx < 0 ? -1 : 1;
  const x = dx + side * Math.abs(dy);
  const length = Math.hypot(x, dy);
  return [x / length, dy / length];
}
