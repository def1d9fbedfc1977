import { describe, expect, it } from "vitest";
import {
  hereWords,
  NOTHING_HERE,
  pressed,
  stackAround,
  stackOf,
  topOf,
  turned,
} from "../src/stack";

describe("areas on top of each other", () => {
  const here = stackOf([4, 2, 9], NOTHING_HERE);

  it("begin with the first", () => {
    expect(topOf(here)).toBe(4);
    expect(topOf(NOTHING_HERE)).toBeNull();
  });

  it("take turns with every further press, round and round", () => {
    let stack = here;
    const seen = [1, 2, 3, 4].map(() => {
      stack = pressed(stack);
      return topOf(stack);
    });
    expect(seen).toEqual([4, 2, 9, 4]);
  });

  it("keep their turn while the pointer stays among them, and lose it elsewhere", () => {
    const second = pressed(pressed(here));
    expect(topOf(stackOf([4, 2, 9], second))).toBe(2);
    const elsewhere = stackOf([4, 2], second);
    expect(topOf(elsewhere)).toBe(4);
    expect(topOf(pressed(elsewhere))).toBe(4);
  });

  it("can be gone through both ways", () => {
    expect([turned(here, 1), turned(here, -1)].map(topOf)).toEqual([2, 9]);
    expect(turned(NOTHING_HERE, 1)).toBe(NOTHING_HERE);
  });

  it("are spoken of where there are several", () => {
    expect(hereWords(turned(here, 1), 2)).toBe("2 of 3 here");
    expect(hereWords(here, 2)).toBeNull();
    expect(hereWords(stackOf([4], NOTHING_HERE), 4)).toBeNull();
  });

  it("are joined by what is reached by keyboard", () => {
    expect(hereWords(stackAround(9, [4, 2, 9]), 9)).toBe("3 of 3 here");
    expect(topOf(stackAround(7, [4, 2]))).toBe(7);
  });
});
