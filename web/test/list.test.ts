import { describe, expect, it } from "vitest";
import { orderAreas, rankText, tooManyFirst, visibleRows, worstAreas } from "../src/list";

const AREAS = {
  names: ["Leeds 10B", "Leeds 2A", "Leeds 1A", "Leeds 3A", "Leeds 4A"],
  values: [5, 9, 5, null, null],
  ranks: [2, 1, 2, null, null],
};
const all = () => true;

describe("the order of areas", () => {
  it("is by rank, ties by code, areas without a value last", () => {
    expect(orderAreas(AREAS, "worst", all)).toEqual([1, 0, 2, 3, 4]);
    expect(orderAreas(AREAS, "best", all)).toEqual([0, 2, 1, 3, 4]);
  });

  it("by name counts numbers as numbers", () => {
    expect(orderAreas(AREAS, "name", all)).toEqual([2, 1, 3, 4, 0]);
  });

  it("keeps to a part", () => {
    expect(orderAreas(AREAS, "worst", (index) => index > 2)).toEqual([3, 4]);
  });
});

describe("the rows in view", () => {
  it("cover the window", () => {
    const { first, end } = visibleRows(4400, 5000, 44, 1388);
    expect(first).toBeLessThanOrEqual(100);
    expect(end).toBeGreaterThanOrEqual(114);
    expect(end - first).toBeLessThan(40);
  });

  it("are all of a short list", () => {
    expect(visibleRows(-900, -300, 44, 12)).toEqual({ first: 0, end: 12 });
  });

  it("never leave the list", () => {
    expect(visibleRows(-500, -100, 44, 100)).toEqual({ first: 0, end: 6 });
    expect(visibleRows(1e6, 1e6 + 600, 44, 100)).toEqual({ first: 100, end: 100 });
    expect(visibleRows(0, 600, 44, 0)).toEqual({ first: 0, end: 0 });
  });
});

describe("the five worst areas", () => {
  const ranks = Array.from({ length: 40 }, (_, i) => 40 - i);

  it("come in their order", () => {
    expect(worstAreas(ranks)).toEqual([39, 38, 37, 36, 35]);
  });

  it("are the first of the list, those that tie together", () => {
    const tied = ranks.map((rank) => (rank === 6 ? 5 : rank === 2 ? 1 : rank));
    expect(worstAreas(tied)).toEqual([38, 39, 37, 36, 34, 35]);
    const names = tied.map((_, area) => `Area ${area}`);
    expect(orderAreas({ names, ranks: tied }, "worst", null).slice(0, 6)).toEqual(worstAreas(tied));
  });

  it("are fewer where too many tie behind them, and none where they do at the top", () => {
    const below = ranks.map((rank) => (rank > 3 ? 4 : rank));
    expect(worstAreas(below)).toEqual([39, 38, 37]);
    expect(tooManyFirst(below)).toBe(0);
    const first = ranks.map((rank) => (rank < 20 ? 1 : rank));
    expect(worstAreas(first)).toEqual([]);
    expect(tooManyFirst(first)).toBe(19);
  });

  it("are not pointed out where all are in sight", () => {
    expect(worstAreas([1, 2, 3, 4, 5, 6])).toEqual([]);
    expect(tooManyFirst([1, 1, 1, 1, 1, 1, 1, 8])).toBe(0);
  });

  it("have places that say whether they are shared", () => {
    const shared = [2, 1, 2, null];
    expect(shared.map((_, area) => rankText(shared, area))).toEqual(["2=", "1", "2=", ""]);
  });
});
