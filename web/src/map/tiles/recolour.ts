// From areas to colours: one look into a table for each pixel.

import type { Raster } from "./raster";

/** Red, green, blue and opacity of 0 to 255, in the order of an image's bytes, as a whole number with a sign: the machine's own kind, which is twice as quick. */
export type Colour = number;

/** A square that is repeated, fixed to the world. */
export interface Pattern {
  size: number;
  pixels: Int32Array;
}

/** Of each area, counted from 1, its colour, or the number of a pattern, counted from 1. */
export type ColourTable = Int32Array;

/** A colour that is wholly transparent is none, so such numbers are free for patterns. */
const PATTERNS_END = 1 << 24;

export function colour(red: number, green: number, blue: number, opacity: number): Colour {
  return (opacity << 24) | (blue << 16) | (green << 8) | red;
}

/** Paints every pixel. `left` and `top` say where the raster lies, for patterns to hold still. */
export function recolour(
  { width, pixels, sharedAt, shared, perPixel }: Raster,
  table: ColourTable,
  patterns: readonly Pattern[],
  { left, top }: { left: number; top: number },
  painted: Int32Array,
): void {
  const patterned = (value: number, at: number): Colour => {
    const pattern = patterns[value - 1];
    if (!pattern) return 0;
    const { size } = pattern;
    // West and north of the world, too.
    const within = (pixel: number) => ((pixel % size) + size) % size;
    const x = within(left + (at % width));
    const y = within(top + Math.floor(at / width));
    return pattern.pixels[y * size + x] as number;
  };
  const colourOf = (area: number, at: number): Colour => {
    const value = table[area] as number;
    return value > 0 && value < PATTERNS_END ? patterned(value, at) : value;
  };
  for (let at = 0; at < pixels.length; at += 1) {
    painted[at] = colourOf(pixels[at] as number, at);
  }
  const colours = new Int32Array(perPixel);
  for (let i = 0; i < sharedAt.length; i += 1) {
    const at = sharedAt[i] as number;
    for (let sample = 0; sample < perPixel; sample += 1) {
      colours[sample] = colourOf(shared[i * perPixel + sample] as number, at);
    }
    painted[at] = mixed(colours);
  }
}

/** The mean of some colours, each as much as it is opaque. */
function mixed(colours: Int32Array): Colour {
  let [red, green, blue, opacity] = [0, 0, 0, 0];
  for (let i = 0; i < colours.length; i += 1) {
    const value = colours[i] as number;
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
