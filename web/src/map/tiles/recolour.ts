// From areas to colours: one look into a table for each pixel.

import type { Raster } from "./raster";

/** Red, green, blue and opacity of 0 to 255, in the order of an image's bytes. */
export type Colour = number;

/** A square that is repeated, fixed to the world. */
export interface Pattern {
  size: number;
  pixels: Uint32Array;
}

/** Of each area, counted from 1, its colour, or the number of a pattern, counted from 1. */
export type ColourTable = Uint32Array;

/** A colour that is wholly transparent is none, so such numbers are free for patterns. */
const PATTERNS_END = 1 << 24;

export function colour(red: number, green: number, blue: number, opacity: number): Colour {
  return ((opacity << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Paints every pixel. `left` and `top` say where the raster lies, for patterns to hold still. */
export function recolour(
  { width, height, pixels, sharedAt, shared, perPixel }: Raster,
  table: ColourTable,
  patterns: readonly Pattern[],
  { left, top }: { left: number; top: number },
  painted: Uint32Array,
): void {
  const patterned = (value: Colour, at: number): Colour => {
    const pattern = patterns[value - 1];
    if (!pattern) return 0;
    const { size } = pattern;
    // West and north of the world, too.
    const within = (pixel: number) => ((pixel % size) + size) % size;
    const x = within(left + (at % width));
    const y = within(top + Math.floor(at / width));
    return pattern.pixels[y * size + x] as number;
  };
  for (let at = 0; at < width * height; at += 1) {
    const value = table[pixels[at] as number] as number;
    painted[at] = value === 0 || value >= PATTERNS_END ? value : patterned(value, at);
  }
  const colours = new Uint32Array(perPixel);
  for (let i = 0; i < sharedAt.length; i += 1) {
    const at = sharedAt[i] as number;
    for (let sample = 0; sample < perPixel; sample += 1) {
      const value = table[shared[i * perPixel + sample] as number] as number;
      colours[sample] = value === 0 || value >= PATTERNS_END ? value : patterned(value, at);
    }
    painted[at] = mixed(colours);
  }
}

/** The mean of some colours, each as much as it is opaque. */
function mixed(colours: Uint32Array): Colour {
  let [red, green, blue, opacity] = [0, 0, 0, 0];
  for (const value of colours) {
    const weight = value >>> 24;
    red += (value & 255) * weight;
    green += ((value >>> 8) & 255) * weight;
    blue += ((value >>> 16) & 255) * weight;
    opacity += weight;
  }
  if (opacity === 0) return 0;
  return colour(
    Math.round(red / opacity),
    Math.round(green / opacity),
    Math.round(blue / opacity),
    Math.round(opacity / colours.length),
  );
}
