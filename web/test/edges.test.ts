import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Channels, channelsOf, drawEdges, type Edges, edgesOf } from "../src/map/tiles/edges";
import { colour } from "../src/map/tiles/recolour";
import { classColours, divergingColours, PALETTE_TABLE } from "../src/scale";
import type { PaletteName } from "../src/view";
import { lab } from "./lightness";

const tokens = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8");

/** A colour of a theme, with its opacity: first comes light, then dark. */
function token(name: string, theme: number): Channels {
  const found = [...tokens.matchAll(new RegExp(`--${name}: (rgb\\(.*?\\));`, "g"))][theme]?.[1];
  return channelsOf(found ?? "");
}

const whole = (strength: number): Edges => ({
  at: Uint32Array.of(0),
  strength: Uint8Array.of(strength),
});
const WHITE = colour(255, 255, 255, 255);

const palettes = [
  ...(Object.keys(PALETTE_TABLE) as PaletteName[]).map(
    (name) => [name, (k: number) => classColours(name, k, "high-is-bad", false)] as const,
  ),
  ["change", (k: number) => divergingColours(k, "high-is-bad", false)] as const,
];

describe.each([
  ["light", 0],
  ["dark", 1],
])("the line between two areas of one class, on %s paper", (_, theme) => {
  const lines = { light: token("area-line", theme), dark: token("area-line-dark", theme) };

  it.each(palettes)("is seen whatever the class: %s", (_, coloursOf) => {
    for (let k = 2; k <= 10; k += 1) {
      for (const fill of coloursOf(k)) {
        const [red = 0, green = 0, blue = 0] = channelsOf(fill);
        const painted = Int32Array.of(colour(red, green, blue, 255));
        drawEdges(painted, whole(255), lines, false);
        const line = painted[0] as number;
        const drawn = `rgb(${line & 255} ${(line >>> 8) & 255} ${(line >>> 16) & 255})`;
        // Neighbours of such lightness are told apart at a glance; the lines hide no colour.
        expect(Math.abs(lab(drawn) - lab(fill)), `${fill} of ${k}`).toBeGreaterThan(10);
      }
    }
  });
});

describe("lines on fills", () => {
  const lines = { light: [255, 255, 255, 255], dark: [0, 0, 0, 255] } as const;

  it("are the pixels that have any, as strong as they are let", () => {
    const data = new Uint8ClampedArray([0, 0, 0, 0, 0, 0, 0, 200]);
    const { at, strength } = edgesOf({ data } as ImageData, 0.5);
    expect([[...at], [...strength]]).toEqual([[1], [100]]);
  });

  it("cover as much as they are strong", () => {
    const painted = Int32Array.of(WHITE);
    drawEdges(painted, whole(51), lines, false);
    expect(painted[0]).toBe(colour(204, 204, 204, 255));
  });

  it("go over what is not filled, unless they are to stay inside", () => {
    const painted = Int32Array.of(0);
    drawEdges(painted, whole(255), lines, true);
    expect(painted[0]).toBe(0);
    drawEdges(painted, whole(255), lines, false);
    expect(painted[0]).toBe(WHITE);
  });
});
