// The borders of areas that are pointed at, reached by the keyboard or selected, above all fills.

import L from "leaflet";
import type { AreaLayer } from "./areas";
import type { Marks } from "./index";
import type { Tokens } from "./tokens";
import { outlineOfAll } from "./union";

interface Line {
  colour: string;
  weight: number;
}

/** More selected areas than these have thinner lines, and neighbours among them one outline. */
const MANY = 40;
/** Areas that are less wide and high on the screen, in pixels, have the thinnest. */
const SMALL = 16;

const NONE: Marks = { hovered: null, focused: null, selected: [] };

export class MarkLines {
  readonly #selected = L.layerGroup();
  readonly #present = L.layerGroup();
  readonly #renderer: L.Renderer;
  #marks = NONE;
  /** The selection that the lines show. */
  #drawn: readonly number[] | null = null;
  #turn = 0;

  constructor(
    private readonly map: L.Map,
    pane: string,
    private tokens: Tokens,
  ) {
    this.#renderer = L.svg({ pane, padding: 0.2 });
    this.#selected.addTo(map);
    this.#present.addTo(map);
  }

  clear(): void {
    this.#turn += 1;
    this.#marks = NONE;
    this.#drawn = null;
    this.#selected.clearLayers();
    this.#present.clearLayers();
  }

  /** A line of paper around each mark keeps it apart from every fill. */
  set(marks: Marks, areas: AreaLayer, isFaintlyFilled: boolean): void {
    this.#marks = marks;
    this.#draw(areas, isFaintlyFilled);
  }

  /** The areas are drawn anew, or in other colours. */
  redraw(areas: AreaLayer, isFaintlyFilled: boolean, tokens: Tokens): void {
    this.tokens = tokens;
    this.#drawn = null;
    this.#draw(areas, isFaintlyFilled);
  }

  async #draw(areas: AreaLayer, isFaintlyFilled: boolean): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const { hovered, focused, selected } = this.#marks;
    const { paper, ink } = this.tokens;
    const strong = selected.length <= MANY;
    const red = { colour: this.tokens.selected, weight: strong ? 2.25 : 1.5 };
    const outlines = (wanted: readonly number[]) =>
      Promise.all(wanted.map((area) => areas.outline(area).catch(() => [])));
    const present = [
      { area: hovered, weight: 2.25 },
      { area: focused, weight: 3 },
    ].flatMap(({ area, weight }) => (area === null ? [] : [{ area, weight }]));
    const [ofPresent, ofSelected] = await Promise.all([
      outlines(present.map(({ area }) => area)),
      selected === this.#drawn ? null : outlines(selected),
    ]);
    if (turn !== this.#turn) return;
    if (ofSelected) {
      this.#drawn = selected;
      this.#selected.clearLayers();
      // Strong lines around many areas would leave nothing of their colours.
      const lines = strong
        ? [{ colour: paper, weight: 5 }, red]
        : this.#areSmall(ofSelected)
          ? [{ ...red, weight: 1 }]
          : [{ colour: paper, weight: 3 }, red];
      const drawn = strong || isFaintlyFilled ? ofSelected : [outlineOfAll(ofSelected)];
      for (const outline of drawn) this.#line(this.#selected, outline, lines, isFaintlyFilled);
    }
    this.#present.clearLayers();
    present.forEach(({ area, weight }, i) => {
      const lines = selected.includes(area)
        ? [{ colour: paper, weight: 7.5 }, { colour: ink, weight: 5.5 }, red]
        : [
            { colour: paper, weight: weight + 2.5 },
            { colour: ink, weight },
          ];
      this.#line(this.#present, ofPresent[i] ?? [], lines, isFaintlyFilled);
    });
  }

  /** Whether most of the areas are small on the screen. */
  #areSmall(outlines: readonly L.LatLng[][][]): boolean {
    const isSmall = (outline: L.LatLng[][]) => {
      const bounds = L.latLngBounds(outline.flat());
      const from = this.map.latLngToLayerPoint(bounds.getNorthWest());
      const to = this.map.latLngToLayerPoint(bounds.getSouthEast());
      return Math.max(to.x - from.x, to.y - from.y) < SMALL;
    };
    const seen = outlines.filter((outline) => outline.length > 0);
    return seen.filter(isSmall).length * 2 > seen.length;
  }

  #line(
    group: L.LayerGroup,
    outline: L.LatLng[][],
    lines: readonly Line[],
    isFaintlyFilled: boolean,
  ): void {
    if (outline.length === 0) return;
    for (const { colour, weight } of lines) {
      L.polyline(outline, {
        renderer: this.#renderer,
        interactive: false,
        // Of areas that overlap the one that is meant shows its extent.
        fill: isFaintlyFilled && colour === lines.at(-1)?.colour,
        fillColor: colour,
        fillOpacity: 0.08,
        smoothFactor: 0,
        color: colour,
        weight,
      }).addTo(group);
    }
  }
}
