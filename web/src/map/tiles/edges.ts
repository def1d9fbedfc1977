// The lines between areas: light on dark fills and dark on pale ones, so that neighbours of one class are told apart whatever
// its colour is.

import { type Colour, colour } from "./recolour";

/** The pixels of lines, and how much of each is line, 0 to 255. */
export interface Edges {
  at: Uint32Array;
  strength: Uint8Array;
}

/** Red, green, blue and opacity of 0 to 255. */
export type Channels = readonly [number, number, number, number];

/** A line has two colours; on each fill the one that is told from it more. */
export interface LineColours {
  light: Channels;
  dark: Channels;
}

/** The lines of an image that has nothing else, each as strong as `share` of what it is there. */
export function edgesOf({ data }: ImageData, share: number): Edges {
  const at: number[] = [];
  for (let i = 3; i < data.length; i += 4) if (data[i]) at.push((i - 3) / 4);
  const strength = Uint8Array.from(at, (pixel) => Math.round((data[4 * pixel + 3] ?? 0) * share));
  return { at: Uint32Array.from(at), strength };
}

/** Draws the lines above the fills. `isInside`: on what is filled alone. */
export function drawEdges(
  painted: Int32Array,
  { at, strength }: Edges,
  lines: LineColours,
  isInside: boolean,
): void {
  for (let i = 0; i < at.length; i += 1) {
    const pixel = at[i] as number;
    const fill = painted[pixel] as Colour;
    const opacity = fill >>> 24;
    if (isInside && opacity === 0) continue;
    const below = [fill & 255, (fill >>> 8) & 255, (fill >>> 16) & 255] as const;
    const line = opacity === 0 ? lines.light : lineOn(below, lines);
    const above = ((strength[i] as number) / 255) * (line[3] / 255);
    const left = (1 - above) * (opacity / 255);
    const whole = above + left;
    if (whole === 0) continue;
    const mix = (channel: 0 | 1 | 2) =>
      Math.round((line[channel] * above + below[channel] * left) / whole);
    painted[pixel] = colour(mix(0), mix(1), mix(2), isInside ? opacity : Math.round(255 * whole));
  }
}

/** A colour as the palettes and the style sheets write it: #rrggbb, rgb(r, g, b) or rgb(r g b / opacity). */
export function channelsOf(name: string): Channels {
  const [red = 0, green = 0, blue = 0, opacity = 1] = name.startsWith("#")
    ? [1, 3, 5].map((at) => Number.parseInt(name.slice(at, at + 2), 16))
    : (name.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, 255 * opacity];
}

type Rgb = readonly [number, number, number];

/** The colour of a line on a fill. */
export function lineOn(fill: Rgb, { light, dark }: LineColours): Channels {
  const apart = (line: Channels) =>
    Math.abs(lumaOf([line[0], line[1], line[2]]) - lumaOf(fill)) * line[3];
  return apart(dark) > apart(light) ? dark : light;
}

const lumaOf = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
