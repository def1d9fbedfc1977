// Areas as Leaflet draws them: filled where they tile, as lines where they overlap.

import L from "leaflet";
import type { Fill, Paint } from "./index";
import type { InnerLine } from "./inner-lines";
import type { Patterns, Tokens } from "./tokens";

/** The rings of an area, in Leaflet's nesting. */
export type Rings = L.LatLng[][] | L.LatLng[][][];

/** What the look of areas depends on beside their paint. */
export interface Surroundings {
  tokens: Tokens;
  patterns: Patterns;
  zoom: number;
  hasBasemap: boolean;
}

export interface AreaLayer {
  paint(paints: readonly Paint[], around: Surroundings): void;
}

const QUIET: L.PolylineOptions = { interactive: false, smoothFactor: 0, lineJoin: "round" };

/** Each area with its fill and a fine line around it. */
export function fillAreas(
  areas: readonly (Rings | null)[],
  group: L.LayerGroup,
  renderer: L.Renderer,
): AreaLayer {
  const polygons = areas.map(
    (rings) =>
      rings && L.polygon(rings as L.LatLng[][], { ...QUIET, renderer, fill: true }).addTo(group),
  );
  return {
    paint(paints, { tokens, patterns, zoom, hasBasemap }) {
      // Fine when the areas are small, so that the lines do not wash out the colours.
      const weight = Math.min(1, Math.max(0.3, (zoom - 8) * 0.16));
      polygons.forEach((polygon, index) => {
        const { fill, dimmed } = paints[index] ?? NO_PAINT;
        polygon?.setStyle({
          fillColor: fillColour(fill, patterns),
          fillOpacity: dimmed ? 0.14 : hasBasemap ? 0.78 : 1,
          color: tokens.areaLine,
          weight,
          opacity: dimmed ? 0.5 : 1,
        });
      });
    },
  };
}

/** Each area as a line along the inner side of its border, the smaller ones above the larger. */
export function outlineAreas(
  areas: readonly (Rings | null)[],
  sizes: readonly number[],
  group: L.LayerGroup,
  renderer: L.Renderer,
): AreaLayer {
  const order = areas.map((_, index) => index);
  order.sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  const draw = (index: number, options: L.PathOptions) => {
    const rings = areas[index];
    return rings
      ? L.polygon(rings as L.LatLng[][], { ...QUIET, renderer, ...options }).addTo(group)
      : null;
  };
  const grounds = order.map((index) => draw(index, { stroke: false, fill: true, fillOpacity: 1 }));
  const polygons = order.map((index) => ({ index, polygon: draw(index, { fill: false }) }));
  return {
    paint(paints, { tokens, zoom, hasBasemap }) {
      for (const ground of grounds) {
        ground?.setStyle({ fillColor: tokens.paper, fillOpacity: hasBasemap ? 0 : 1 });
      }
      const width = Math.min(5, Math.max(3, (zoom - 6) * 0.9));
      for (const { index, polygon } of polygons) {
        const { fill, dimmed } = paints[index] ?? NO_PAINT;
        polygon?.setStyle({
          opacity: fill === "outside" ? 0.08 : dimmed ? 0.16 : 1,
          innerLines: linesOf(fill, width, tokens),
        } as L.PathOptions);
      }
    },
  };
}

const NO_PAINT: Paint = { fill: "no-data", dimmed: false };

/** A casing of ink keeps the palest and the darkest class apart from the paper. */
function linesOf(fill: Fill, width: number, { ink, absentInk }: Tokens): InnerLine[] {
  switch (fill) {
    case "no-data":
      return [{ colour: absentInk, width: 2, dash: [2, 4] }];
    case "hidden":
      return [{ colour: absentInk, width: 2, dash: [8, 5] }];
    case "outside":
      return [{ colour: ink, width: 1 }];
    default:
      return [
        { colour: ink, width: width + 0.75 },
        { colour: fill.colour, width },
        { colour: ink, width: 0.75 },
      ];
  }
}

function fillColour(fill: Fill, patterns: Patterns): string {
  // Leaflet hands a fill colour to the canvas as it is, and a canvas takes patterns too.
  return typeof fill === "string" ? (patterns[fill] as string) : fill.colour;
}
