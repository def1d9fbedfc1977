import { describe, expect, it } from "vitest";
import { spread } from "../src/map/spread";

describe("pins", () => {
  it("that are apart stay where they are", () => {
    const points = [
      { x: 0, y: 0 },
      { x: 30, y: 0 },
    ];
    expect(spread(points, 26)).toEqual(points);
  });

  it("that touch are moved apart, also from one spot", () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
      { x: 3, y: 1 },
      { x: 10, y: -4 },
      { x: 200, y: 0 },
    ];
    const placed = spread(points, 26);
    for (let i = 0; i < placed.length; i += 1) {
      for (let j = i + 1; j < placed.length; j += 1) {
        const [a, b] = [placed[i], placed[j]] as [
          { x: number; y: number },
          { x: number; y: number },
        ];
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(25);
      }
    }
    expect(placed[4]).toEqual(points[4]);
  });

  it("stay in their room, and apart in it", () => {
    const room = { from: { x: 0, y: 0 }, to: { x: 100, y: 100 } };
    const corner = Array.from({ length: 5 }, () => ({ x: 100, y: -20 }));
    const placed = spread(
      corner,
      26,
      corner.map(() => room),
    );
    placed.forEach((a, i) => {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x).toBeLessThanOrEqual(100);
      expect(a.y).toBeGreaterThanOrEqual(0);
      for (const b of placed.slice(i + 1)) {
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(24);
      }
    });
  });

  it("that have no room of their own go where their place is", () => {
    expect(spread([{ x: -50, y: 0 }], 26, [null])).toEqual([{ x: -50, y: 0 }]);
  });
});
