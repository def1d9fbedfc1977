import { describe, expect, it } from "vitest";
import type { LonLat } from "../src/contract";
import { areaTowards, directionOf, nearestArea, turn } from "../src/keyboard";

// At 54° north a degree of longitude is 0.59 of a degree of latitude: the compass must know.
//
//        1
//    0   2   3
//        4        5 (no neighbour of 2)
const CENTROIDS: LonLat[] = [
  [-1.6, 54],
  [-1.5, 54.06],
  [-1.5, 54],
  [-1.4, 54],
  [-1.5, 53.94],
  [-1.2, 53.95],
];
const NEIGHBOURS = {
  offsets: [0, 1, 2, 6, 7, 8, 8],
  indices: [2, 2, 0, 1, 3, 4, 2, 2],
};

describe("arrow keys", () => {
  it("go to the neighbour in that direction", () => {
    expect(areaTowards(2, "up", CENTROIDS, NEIGHBOURS)).toBe(1);
    expect(areaTowards(2, "left", CENTROIDS, NEIGHBOURS)).toBe(0);
    expect(areaTowards(2, "right", CENTROIDS, NEIGHBOURS)).toBe(3);
    expect(areaTowards(2, "down", CENTROIDS, NEIGHBOURS)).toBe(4);
  });

  it("go to the nearest area of the quadrant where no neighbour lies that way", () => {
    expect(areaTowards(3, "right", CENTROIDS, NEIGHBOURS)).toBe(5);
    expect(areaTowards(5, "left", CENTROIDS, NEIGHBOURS)).toBe(3);
  });

  it("stay at the edge", () => {
    expect(areaTowards(1, "up", CENTROIDS, NEIGHBOURS)).toBeNull();
    expect(areaTowards(5, "right", CENTROIDS, NEIGHBOURS)).toBeNull();
  });

  it("do without neighbours that have not arrived", () => {
    expect(areaTowards(2, "right", CENTROIDS, null)).toBe(3);
  });

  it("prefer the smaller turn among neighbours, and refuse more than 60°", () => {
    const centroids: LonLat[] = [
      [0, 0],
      [0.1, 0.02],
      [0.05, 0.02],
      [0.02, 0.05],
    ];
    const neighbours = { offsets: [0, 3, 3, 3, 3], indices: [3, 2, 1] };
    expect(areaTowards(0, "right", centroids, neighbours)).toBe(1);
    const steep = { offsets: [0, 1, 1, 1, 1], indices: [3] };
    // 68° off: not by neighbour, and the quadrant's nearest is another.
    expect(areaTowards(0, "right", centroids, steep)).toBe(2);
  });

  it("ignore areas without a shape", () => {
    expect(areaTowards(0, "right", [null, [1, 1]], null)).toBeNull();
    expect(areaTowards(0, "right", [[0, 0], null], null)).toBeNull();
  });

  it("are four", () => {
    expect(directionOf("ArrowLeft")).toBe("left");
    expect(directionOf("a")).toBeNull();
  });
});

describe("bearings", () => {
  it("are as on the compass, not as in degrees", () => {
    // North-east on the ground is more than 45° of longitude per latitude.
    expect(turn([0, 60], [0.2, 60.1], "up")).toBeCloseTo(45, 0);
    expect(turn([0, 0], [-1, 0], "left")).toBeCloseTo(0);
    expect(turn([0, 0], [-1, 0], "right")).toBeCloseTo(180);
  });
});

describe("the nearest area", () => {
  it("is by centroid", () => {
    expect(nearestArea([-1.41, 53.99], CENTROIDS)).toBe(3);
    expect(nearestArea([0, 0], [])).toBeNull();
  });
});
