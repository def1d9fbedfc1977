import { describe, expect, it } from "vitest";
import { CATEGORY_COLOURS, OTHER_CATEGORY } from "../src/categories";
import type { Classes, Indicator } from "../src/contract";
import { classWords, coloursOf } from "../src/scale";

type Triple = [number, number, number];

// Complete deficiency: Machado, Oliveira & Fernandes (2009), "A physiologically-based model for
// simulation of color vision deficiency", table 1; on linear RGB.
const SIGHT: Record<string, [Triple, Triple, Triple]> = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (rows: readonly Triple[], [x, y, z]: Triple) =>
  rows.map(([a, b, c]) => a * x + b * y + c * z) as Triple;

function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

/** Oklab (Ottosson 2020), in which distances are about as they are seen. */
function oklab(rgb: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

function nearest(colours: readonly string[], sight: readonly Triple[]): number {
  const seen = colours.map((colour) => {
    const rgb = times(sight, linear(colour)).map((c) => Math.min(1, Math.max(0, c))) as Triple;
    return oklab(rgb);
  });
  const distances = seen.flatMap((a, i) =>
    seen.slice(i + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  );
  return Math.min(...distances);
}

describe("the colours of categories", () => {
  it.each(Object.keys(SIGHT))("are told apart by readers with %s sight", (name) => {
    const sight = SIGHT[name] ?? [];
    expect(nearest(CATEGORY_COLOURS.slice(0, 8), sight)).toBeGreaterThan(0.07);
    expect(nearest(CATEGORY_COLOURS, sight)).toBeGreaterThan(0.03);
  });

  it("do not follow the palette, and the rest share one", () => {
    const settlement = {
      indicator: { kind: "category", polarity: "high-is-bad" },
      classes: { centre: null },
    } as const;
    const of = (k: number) => ({ k, breaks: [], method: "published" });
    const view = { palette: "grey", reverse: true } as const;
    expect(coloursOf(of(2), settlement, view)).toEqual(CATEGORY_COLOURS.slice(0, 2));
    expect(coloursOf(of(13), settlement, view).slice(11)).toEqual([OTHER_CATEGORY, OTHER_CATEGORY]);
  });

  it("stand for names", () => {
    const settlement = { kind: "category", decimals: 0, categories: ["Town", "Hamlet"] };
    const classes = { method: "published", breaks: [1, 1, 2] } as Classes;
    expect(classWords(classes, 1, settlement as Indicator)).toBe("Hamlet");
  });
});
