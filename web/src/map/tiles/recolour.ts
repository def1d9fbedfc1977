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
  { width, height, pixels, sharedAt, shared }: Raster,
  table: ColourTable,
  patterns: readonly Pattern[],
  { left, top }: { left: number; top: number },
  painted: Uint32Array,
): void {
  const patterned = (value: Colour, at: number): Colour => {
    const pattern = patterns[value - 1];
    if (!pattern) return 0;
    const { size } = pattern;
    const x = (left + (at % width)) % size;
    const y = (top + Math.floor(at / width)) % size;
    return pattern.pixels[y * size + x] as number;
  };
  for (let at = 0; at < width * height; at += 1) {
    const value = table[pixels[at] as number] as number;
    painted[at] = value === 0 || value >= PATTERNS_END ? value : patterned(value, at);
  }
  const of = (quarter: number, at: number) => {
    const value = table[shared[quarter] as number] as number;
    return value === 0 || value >= PATTERNS_END ? value : patterned(value, at);
  };
  for (let i = 0; i < sharedAt.length; i += 1) {
    const at = sharedAt[i] as number;
    const first = 4 * i;
    painted[at] = mixed(of(first, at), of(first + 1, at), of(first + 2, at), of(first + 3, at));
  }
}

/** Red and blue, whose bytes leave room for a sum of four. */
const RED_AND_BLUE = 0x00ff00ff;
const OPAQUE = 255;

/** The mean of four colours, each as much as it is opaque. */
function mixed(a: Colour, b: Colour, c: Colour, d: Colour): Colour {
  if (a === b && a === c && a === d) return a;
  if ((a & b & c & d) >>> 24 === OPAQUE) {
    const sum =
      (a & RED_AND_BLUE) +
      (b & RED_AND_BLUE) +
      (c & RED_AND_BLUE) +
      (d & RED_AND_BLUE) +
      0x00020002;
    const green = ((a >>> 8) & 255) + ((b >>> 8) & 255) + ((c >>> 8) & 255) + ((d >>> 8) & 255) + 2;
    return ((OPAQUE << 24) | ((sum >>> 2) & RED_AND_BLUE) | ((green >>> 2) << 8)) >>> 0;
  }
  const opacity = (a >>> 24) + (b >>> 24) + (c >>> 24) + (d >>> 24);
  if (opacity === 0) return 0;
  const channel = (shift: number) => {
    const weighed = (value: Colour) => ((value >>> shift) & 255) * (value >>> 24);
    return Math.round((weighed(a) + weighed(b) + weighed(c) + weighed(d)) / opacity);
  };
  return colour(channel(0), channel(8), channel(16), Math.round(opacity / 4));
}
