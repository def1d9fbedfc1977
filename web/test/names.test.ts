import { describe, expect, it } from "vitest";
import { around, intoSight, isTakenFor } from "../src/map/boxes";

describe("a name on the map", () => {
  const sight = { left: 0, right: 400, top: 0, bottom: 300 };

  it("moves inward from the edge that would cut it", () => {
    expect(intoSight(around(60, 100, 100, 8), sight)).toEqual({ x: 40, y: 0 });
    expect(intoSight(around(390, 296, 50, 8), sight)).toEqual({ x: -40, y: -4 });
    expect(intoSight(around(200, 100, 100, 8), sight)).toEqual({ x: 0, y: 0 });
  });

  it("is taken for that of another place where it has moved there", () => {
    const own = { x: 200, y: 150 };
    const moved = around(200, 134, 55, 8);
    expect(isTakenFor(moved, own, { x: 180, y: 132 })).toBe(true);
    expect(isTakenFor(moved, own, { x: 180, y: 120 })).toBe(true);
    expect(isTakenFor(moved, own, { x: 180, y: 100 })).toBe(false);
    expect(isTakenFor(around(180, 150, 5, 8), own, { x: 165, y: 150 })).toBe(true);
  });

  it("is its own where it stands on its place, whatever else lies there", () => {
    const own = { x: 200, y: 150 };
    expect(isTakenFor(around(200, 150, 55, 8), own, { x: 190, y: 151 })).toBe(false);
  });
});
