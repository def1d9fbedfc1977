import { describe, expect, it } from "vitest";
import type { Classes, Indicator } from "../src/contract";
import { classColours, classWords, endWords, PALETTE_TABLE } from "../src/scale";
import { MAX_CLASSES, MIN_CLASSES, PALETTES } from "../src/view";
import { lab } from "./lightness";

const everyK = Array.from({ length: MAX_CLASSES - MIN_CLASSES + 1 }, (_, i) => i + MIN_CLASSES);

describe("colours", () => {
  it.each(PALETTES)(
    "of %s are as many as the classes, different, and only get darker",
    (palette) => {
      for (const k of everyK) {
        const colours = classColours(palette, k, "high-is-bad", false);
        expect(colours).toHaveLength(k);
        const lightness = colours.map(lab);
        for (let i = 1; i < k; i += 1) {
          expect(lightness[i]).toBeLessThan(lightness[i - 1] as number);
        }
      }
    },
  );

  it("are darkest for the worst", () => {
    const bad = classColours("blue", 5, "high-is-bad", false);
    expect(classColours("blue", 5, "high-is-good", false)).toEqual([...bad].reverse());
    expect(classColours("blue", 5, "neutral", false)).toEqual(bad);
    expect(classColours("blue", 5, "high-is-good", true)).toEqual(bad);
  });

  it("are ColorBrewer's own where it has them", () => {
    expect(classColours("blue", 5, "neutral", false)).toEqual(PALETTE_TABLE.blue.scheme[5]);
  });

  it("do for a single class that ties left", () => {
    expect(classColours("blue", 1, "neutral", false)).toHaveLength(1);
  });
});

describe("classes in words", () => {
  const classes = { method: "quantile", breaks: [0, 5.14, 8, 8] } as Classes;

  const of = (kind: string) => ({ kind, decimals: 1 }) as Indicator;

  it("are bounded", () => {
    expect(classWords(classes, 0, of("rate"))).toBe("0.0 to 5.1");
    expect(classWords(classes, 1, of("rate"))).toBe("5.1 to 8.0");
  });

  it("of one value are that value", () => {
    expect(classWords(classes, 2, of("rate"))).toBe("8.0");
  });

  it("of deciles are numbers", () => {
    expect(classWords({ ...classes, breaks: [1, 1, 2, 3] }, 1, of("decile"))).toBe("2");
  });

  it("name the worse end", () => {
    const ends = { worst: null, best: null };
    expect(endWords({ polarity: "high-is-bad", ...ends }).high).toContain("worst");
    expect(endWords({ polarity: "high-is-good", ...ends }).low).toContain("worst");
    expect(endWords({ polarity: "neutral", ...ends })).toEqual({ low: "lowest", high: "highest" });
  });

  it("call the ends as the atlas does", () => {
    const ends = { worst: "most deprived", best: "least deprived" };
    expect(endWords({ polarity: "high-is-good", ...ends })).toEqual({
      low: "most deprived",
      high: "least deprived",
    });
  });
});
