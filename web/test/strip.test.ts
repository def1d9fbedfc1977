import { describe, expect, it } from "vitest";
import { position, shadesOf, strip } from "../src/strip";

describe("the strip", () => {
  it("puts values in their places", () => {
    expect(strip([0, 5, 10, 10, null], 11)).toEqual({
      least: 0,
      most: 10,
      ticks: [
        { at: 0, weight: 0.5 },
        { at: 0.5, weight: 0.5 },
        { at: 1, weight: 1 },
      ],
    });
  });

  it("has at most as many ticks as places", () => {
    const values = Array.from({ length: 5000 }, (_, i) => i);
    expect(strip(values, 100)?.ticks).toHaveLength(100);
  });

  it("draws ticks of about one strength at once", () => {
    const ticks = [0.001, 1, 0.02, 0.99, 0.5].map((weight, at) => ({ at, weight }));
    expect(shadesOf(ticks)).toEqual([
      { weight: 0, at: [0, 2] },
      { weight: 0.5, at: [4] },
      { weight: 1, at: [1, 3] },
    ]);
  });

  it("of nothing is nothing, of one value its middle", () => {
    expect(strip([null], 10)).toBeNull();
    expect(position(3, 3, 3)).toBe(0.5);
  });
});
