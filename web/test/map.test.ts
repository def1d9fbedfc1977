import { describe, expect, it } from "vitest";
import { areasHolding, hitArea } from "../src/map/hit";
import { paintAreas } from "../src/map/paint";

describe("which area is at a point", () => {
  const square = (west: number, south: number, size: number) => [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ];
  // A square with a hole, a square in that hole, and an area of two islands.
  const areas = [
    hitArea({ type: "Polygon", coordinates: [square(0, 0, 3), square(1, 1, 1)] }),
    hitArea({ type: "Polygon", coordinates: [square(1, 1, 1)] }),
    hitArea({ type: "MultiPolygon", coordinates: [[square(5, 0, 1)], [square(7, 0, 1)]] }),
    null,
  ];

  it("is found in polygons, holes and islands", () => {
    expect(areasHolding(areas, [0.5, 0.5])).toEqual([0]);
    expect(areasHolding(areas, [1.5, 1.5])).toEqual([1]);
    expect(areasHolding(areas, [5.5, 0.5])).toEqual([2]);
    expect(areasHolding(areas, [7.5, 0.5])).toEqual([2]);
  });

  it("is each that holds it where areas overlap, the smallest first", () => {
    const nested = [
      hitArea({ type: "Polygon", coordinates: [square(0, 0, 9)] }),
      // Larger than the next but for its hole.
      hitArea({ type: "Polygon", coordinates: [square(0, 0, 4), square(1, 1, 3)] }),
      hitArea({ type: "Polygon", coordinates: [square(0, 0, 3)] }),
    ];
    expect(areasHolding(nested, [0.5, 0.5])).toEqual([1, 2, 0]);
    expect(areasHolding(nested, [2, 2])).toEqual([2, 0]);
  });

  it("is none outside, nor between islands", () => {
    expect(areasHolding(areas, [6.5, 0.5])).toEqual([]);
    expect(areasHolding(areas, [-1, 9])).toEqual([]);
  });
});

describe("how areas are filled", () => {
  const picture = {
    classes: { classes: [0, 1, null, null] },
    values: { values: [1, 2, null, null], status: { 2: ["suppressed"] } },
    scene: { within: null },
  } as unknown as Parameters<typeof paintAreas>[0];
  const parents = ["L1", "L1", "L1", "L2"];
  const fills = (scene: object, lit: number | null = null) => {
    const { paints, ofArea } = paintAreas(
      { ...picture, scene } as typeof picture,
      parents,
      ["light", "dark"],
      lit,
    );
    return Array.from(ofArea, (paint) => paints[paint]);
  };

  it("is by class; absence is a pattern with its reason", () => {
    expect(fills({ within: null }).map((paint) => paint?.fill)).toEqual([
      { colour: "light" },
      { colour: "dark" },
      "hidden",
      "no-data",
    ]);
  });

  it("leaves out a value that chosen classes do not hold", () => {
    const values = { values: [1, 2, null, 9], status: {} };
    const { paints, ofArea } = paintAreas(
      { ...picture, values } as typeof picture,
      parents,
      [],
      null,
    );
    expect(Array.from(ofArea, (paint) => paints[paint]?.fill).slice(2)).toEqual([
      "no-data",
      "outside",
    ]);
  });

  it("leaves out what lies outside the place shown", () => {
    const within = { geography: "lad", code: "L1" };
    expect(
      fills({ within })
        .map((paint) => paint?.fill)
        .at(-1),
    ).toBe("outside");
  });

  it("dims every class but the one pointed at", () => {
    expect(fills({ within: null }, 1).map((paint) => paint?.dimmed)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});
