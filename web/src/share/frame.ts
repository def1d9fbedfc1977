// Which part of the world a drawing shows, and where in it a place lies. The projection is that of
// web maps.

import type { Bbox, LonLat } from "../contract";
import type { Position } from "../view";

export interface Frame {
  width: number;
  height: number;
  /** As web maps count it, with tiles of 256 pixels. */
  zoom: number;
  /** West, south, east, north of what can be seen. */
  bbox: Bbox;
  /** From longitude and latitude to pixels. */
  project: (at: LonLat) => [number, number];
}

const TILE = 256;
/** What a drawing may take: a long place leaves room for words. */
export interface Room {
  width: number;
  /** At most. */
  height: number;
}

/** As a part of the width. */
const LEAST_HEIGHT = 0.5;

/** A whole box with a margin around it. */
export function frameOfBox(bbox: Bbox, { width, height: most }: Room, margin: number): Frame {
  const [west, north] = mercator([bbox[0], bbox[3]]);
  const [east, south] = mercator([bbox[2], bbox[1]]);
  const [across, down] = [Math.max(east - west, 1e-9), Math.max(south - north, 1e-9)];
  const height = Math.round(Math.min(most, width * Math.max(LEAST_HEIGHT, down / across)));
  const scale = Math.min((width - 2 * margin) / across, (height - 2 * margin) / down);
  return framed([(west + east) / 2, (north + south) / 2], scale, width, height);
}

/** What a map of a size in pixels shows at a position, drawn with another width. */
export function frameOfPosition(
  { centre, zoom }: Position,
  size: { width: number; height: number },
  { width, height: most }: Room,
): Frame {
  const scale = (TILE * 2 ** zoom * width) / size.width;
  const height = Math.round(Math.min(most, (width * size.height) / size.width));
  return framed(mercator(centre), scale, width, height);
}

/** `scale`: pixels of the whole world's width. */
function framed(centre: [number, number], scale: number, width: number, height: number): Frame {
  const left = centre[0] - width / 2 / scale;
  const top = centre[1] - height / 2 / scale;
  const [west, north] = fromMercator([left, top]);
  const [east, south] = fromMercator([left + width / scale, top + height / scale]);
  return {
    width,
    height,
    zoom: Math.log2(scale / TILE),
    bbox: [west, south, east, north],
    project: (at) => {
      const [x, y] = mercator(at);
      return [(x - left) * scale, (y - top) * scale];
    },
  };
}

/** The world from 0 to 1, from west to east and from north to south. */
function mercator([lon, lat]: LonLat): [number, number] {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function fromMercator([x, y]: [number, number]): [number, number] {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  return [x * 360 - 180, lat];
}
