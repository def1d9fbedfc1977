import { describe, expect, it } from "vitest";
import { classOf, haveRoom, named, placeIn, placeOf } from "../src/legend/ticks";

const bars = { breaks: [0, 1, 10, 100], k: 3 };

describe("ticks on the legend", () => {
  it("stand within the class as on a strip of it", () => {
    expect(placeIn(bars, 1, 5.5, false)).toBeCloseTo((1 + 0.5) / 3);
    expect(placeIn(bars, 0, 0, false)).toBe(0);
    expect(placeIn(bars, 2, 100, false)).toBe(1);
  });

  it("stand in the middle of a class that is one number", () => {
    expect(placeIn({ breaks: [1, 1, 2], k: 2 }, 1, 2, true)).toBe(0.75);
  });

  it("stay inside the class that the server put the area into", () => {
    // A value that was rounded may lie beyond the bound of its class.
    expect(placeIn(bars, 1, 10.2, false)).toBeCloseTo(2 / 3);
  });

  it("close a class above, and the first below, too", () => {
    expect([0, 1, 1.1, 10, 100].map((value) => classOf(bars, value))).toEqual([0, 0, 1, 1, 2]);
  });

  it("stand at the end for what lies beyond", () => {
    expect(placeOf(bars, -5, false)).toBe(0);
    expect(placeOf(bars, 500, false)).toBe(1);
  });
});

describe("names of ticks", () => {
  const room = 46;
  const england = "England";
  const county = "Worcestershire";

  it("stand on either side of two ticks in one row", () => {
    expect(
      named(
        [
          { name: england, at: 0.5 },
          { name: county, at: 0.45 },
        ],
        room,
      ),
    ).toEqual([
      { name: county, at: 0.45, isLeft: true, row: 0 },
      { name: england, at: 0.5, isLeft: false, row: 0 },
    ]);
  });

  it("stand in two rows where there is room on one side alone", () => {
    expect(
      named(
        [
          { name: england, at: 0.1 },
          { name: county, at: 0.05 },
        ],
        room,
      ),
    ).toEqual([
      { name: county, at: 0.05, isLeft: false, row: 1 },
      { name: england, at: 0.1, isLeft: false, row: 0 },
    ]);
    expect(
      named(
        [
          { name: england, at: 0.98 },
          { name: county, at: 1 },
        ],
        room,
      ),
    ).toEqual([
      { name: england, at: 0.98, isLeft: true, row: 0 },
      { name: county, at: 1, isLeft: true, row: 1 },
    ]);
  });

  it("never lie over each other or over another tick", () => {
    const names = ["England", "Worcestershire", "Great Britain", "Wales"];
    for (let seed = 1; seed < 4000; seed += 1) {
      const ticks = names.map((name, i) => ({ name, at: ((seed * (i + 3) * 37) % 101) / 100 }));
      const placed = named(ticks, room);
      const span = ({ at, isLeft, name }: (typeof placed)[number]) => {
        const wide = Math.min(name.length / room, isLeft ? at : 1 - at);
        return isLeft ? [at - wide, at] : [at, at + wide];
      };
      for (const one of placed) {
        const [from = 0, to = 0] = span(one);
        for (const other of placed) {
          if (one === other) continue;
          const [begin = 0, end = 0] = span(other);
          if (one.row === other.row) expect(from >= end || begin >= to, `${seed}`).toBe(true);
          // A tick goes up to its own row.
          if (other.row > one.row) expect(other.at <= from || other.at >= to, `${seed}`).toBe(true);
        }
      }
    }
  });
});

describe("words below the bars", () => {
  const edges = (texts: string[]) => texts.map((text, i) => ({ text, at: i / (texts.length - 1) }));

  it("have room where none touches the next", () => {
    expect(haveRoom(edges(["1.7", "7.5", "11.2", "76.1"]), 225)).toBe(true);
    expect(haveRoom(edges(["10,000", "20,000", "30,000"]), 60)).toBe(false);
  });

  it("have less at the ends, which stand inside", () => {
    const six = ["0.008", "0.039", "0.068", "0.096", "0.141", "0.225", "0.592"];
    // In the middle, 40 pixels are enough for each.
    expect(haveRoom(edges(six), 240)).toBe(false);
    expect(haveRoom(edges(six), 300)).toBe(true);
  });
});
