// The map drawn by Leaflet on canvas. Leaflet knows polygons only: pointing is done here by
// geometry, so that no layer listens to the mouse.

import L from "leaflet";
import type { Bbox, LonLat } from "../contract";
import type { Position } from "../view";
import { type AreaLayer, fillAreas, outlineAreas, type Rings } from "./areas";
import { areasHolding, type HitArea, hitArea } from "./hit";
import type { Geometry, MapOptions, MapView, Marks, Paint } from "./index";
import { innerLinesCanvas } from "./inner-lines";
import { type Box, Names } from "./names";
import { Pins } from "./pins";
import { PlaceMarkers } from "./places";
import { makePatterns, readTokens } from "./tokens";
import { drawVectors, type VectorFill, type VectorLine } from "./vectors";
import "./leaflet.css";
import "./marks.css";

/** Closer than this the generalised borders would show their corners. */
const MAX_ZOOM = 16;
/** A single area is shown with its surroundings. */
const FOCUS_ZOOM = 14;
const ZOOM_STEP = 0.75;
const PANES = ["areas", "borders", "marks", "names", "places", "pins"] as const;

export function createLeafletMap(container: HTMLElement, options: MapOptions): MapView {
  const { events, insets, inFront, basemap, reducedMotion } = options;
  const map = L.map(container, {
    attributionControl: basemap !== null,
    zoomControl: false,
    // The arrow keys walk from area to area (AreaMap.svelte).
    keyboard: false,
    // Fractional zoom: the whole always fills the window.
    zoomSnap: 0,
    zoomDelta: ZOOM_STEP,
    wheelPxPerZoomLevel: 90,
    maxZoom: MAX_ZOOM,
    zoomAnimation: !reducedMotion,
    fadeAnimation: false,
    inertia: !reducedMotion,
    // Below, by the map's own box.
    trackResize: false,
    // The page clears its selection with Escape and says so; a double click still zooms.
    boxZoom: false,
  });
  map.setView([0, 0], 2, { animate: false });
  if (basemap) L.tileLayer(basemap.url, { attribution: basemap.attribution }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 90 }).addTo(map);

  const renderers = new Map<string, L.Canvas>(
    PANES.map((name, i) => {
      const pane = map.createPane(name);
      pane.style.zIndex = String(400 + 10 * i);
      pane.style.pointerEvents = "none";
      return [name, innerLinesCanvas({ pane: name, padding: 0.25 })];
    }),
  );
  const polygons = L.layerGroup().addTo(map);
  const borders = L.layerGroup().addTo(map);
  const outlines = L.layerGroup().addTo(map);
  const names = new Names(map, "names");
  const places = new PlaceMarkers(map, "places", closer);
  const pins = new Pins(map, "pins", renderers.get("pins") as L.Renderer);

  let rings: (Rings | null)[] = [];
  let areas: AreaLayer | null = null;
  let hits: (HitArea | null)[] = [];
  let paints: readonly Paint[] = [];
  let marks: Marks = { hovered: null, focused: null, selected: [] };
  let geometry: Geometry | null = null;
  let tokens = readTokens(container);
  let patterns = makePatterns(tokens);
  let homeBox: Bbox | null = null;
  // The page moves the map, at once or on the way home: coming to rest is then not a reader's doing.
  let quiet = false;
  let homing = false;

  map.on("moveend", () => {
    arrangeLabels();
    places.arrange();
    if (quiet) return;
    if (homing) {
      homing = false;
      return;
    }
    homeBox = null;
    const { lng, lat } = map.getCenter();
    events.moved({ centre: [lng, lat], zoom: map.getZoom() });
  });
  map.on("dragstart", () => {
    homing = false;
  });
  map.on("zoomend", repaint);

  let touching = false;
  container.addEventListener("pointerdown", (event) => {
    touching = event.pointerType === "touch";
  });
  map.on("click", (event) => {
    events.press(holding(event.containerPoint), touching);
  });

  let pending = 0;
  container.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons !== 0) return;
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() =>
      events.hover(holding(map.mouseEventToContainerPoint(event))),
    );
  });
  container.addEventListener("pointerleave", () => {
    cancelAnimationFrame(pending);
    events.hover([]);
  });

  const observer = new ResizeObserver(() => {
    silently(() => {
      map.invalidateSize({ pan: true, animate: false });
      if (homeBox) fit(homeBox, false, MAX_ZOOM);
    });
  });
  observer.observe(container);

  /** Names give way to pins. */
  function arrangeLabels(): void {
    pins.arrange(tokens);
    names.arrange(pinHeads(), boxesInFront());
  }

  const pinHeads = () => pins.shown.map(({ head }) => head);

  function boxesInFront(): Box[] {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const own = container.getBoundingClientRect();
    return [...container.querySelectorAll(".leaflet-control"), ...inFront()].map((element) => {
      const box = element.getBoundingClientRect();
      return {
        left: box.left - own.left + x,
        right: box.right - own.left + x,
        top: box.top - own.top + y,
        bottom: box.bottom - own.top + y,
      };
    });
  }

  function holding(point: L.Point): number[] {
    const { lng, lat } = map.containerPointToLatLng(point);
    return areasHolding(hits, [lng, lat]);
  }

  /** Shows a box from nearby, unless that is as near as can be. */
  function closer(bounds: L.LatLngBounds): boolean {
    if (map.getZoom() >= MAX_ZOOM) return false;
    map.fitBounds(bounds, { padding: [80, 80], maxZoom: MAX_ZOOM, animate: !reducedMotion });
    return true;
  }

  /** Moves without an animation and without telling. */
  function silently(move: () => void): void {
    quiet = true;
    move();
    quiet = false;
  }

  function fit(bbox: Bbox, animate: boolean, maxZoom: number): void {
    const { top, right, bottom, left } = insets();
    const bounds = L.latLngBounds([bbox[1], bbox[0]], [bbox[3], bbox[2]]);
    const how = {
      paddingTopLeft: [left, top] as L.PointExpression,
      paddingBottomRight: [right, bottom] as L.PointExpression,
      maxZoom,
    };
    if (animate && !reducedMotion) map.flyToBounds(bounds, { ...how, duration: 0.5 });
    else map.fitBounds(bounds, { ...how, animate: false });
  }

  function repaint(): void {
    const zoom = map.getZoom();
    areas?.paint(paints, { tokens, patterns, zoom, hasBasemap: basemap !== null });
  }

  function outline(index: number, lines: readonly { colour: string; weight: number }[]): void {
    const own = rings[index];
    if (!own) return;
    const last = lines.at(-1);
    for (const line of lines) {
      const { colour, weight } = line;
      L.polygon(own as L.LatLng[][], {
        renderer: renderers.get("marks") as L.Renderer,
        interactive: false,
        // Of areas that overlap the one that is meant shows its extent, faintly.
        fill: line === last && (geometry?.overlapping ?? false),
        fillColor: colour,
        fillOpacity: 0.08,
        smoothFactor: 0,
        color: colour,
        weight,
      }).addTo(outlines);
    }
  }

  /** A line of paper around each mark keeps it apart from every fill. */
  function redrawMarks(): void {
    outlines.clearLayers();
    const { focused, hovered, selected } = marks;
    const { paper, ink } = tokens;
    const red = { colour: tokens.selected, weight: 2.25 };
    for (const index of selected) outline(index, [{ colour: paper, weight: 5 }, red]);
    for (const [index, weight] of [
      [hovered, 2.25],
      [focused, 3],
    ] as const) {
      if (index === null) continue;
      outline(
        index,
        selected.includes(index)
          ? [{ colour: paper, weight: 7.5 }, { colour: ink, weight: 5.5 }, red]
          : [
              { colour: paper, weight: weight + 2.5 },
              { colour: ink, weight },
            ],
      );
    }
  }

  function drawBorders(): void {
    borders.clearLayers();
    if (!geometry?.borders) return;
    L.geoJSON(geometry.borders, {
      interactive: false,
      style: {
        renderer: renderers.get("borders") as L.Renderer,
        fill: false,
        color: tokens.borderLine,
        weight: 1.25,
        smoothFactor: 0,
      } as L.PathOptions,
    }).addTo(borders);
  }

  /** An area's rings as the data of a path, in pixels of the map's box. */
  function pathOf(own: Rings): string {
    const flat = own.flat(own[0] && Array.isArray(own[0][0]) ? 1 : 0) as unknown as L.LatLng[][];
    const at = (place: L.LatLng) => {
      const { x, y } = map.latLngToContainerPoint(place);
      return `${x} ${y}`;
    };
    return flat.map((ring) => `M${ring.map(at).join("L")}Z`).join("");
  }

  function vectors(): SVGSVGElement {
    const hasBasemap = basemap !== null;
    const fills: VectorFill[] = [];
    const lines: VectorLine[] = [];
    rings.forEach((own, index) => {
      const { fill, dimmed } = paints[index] ?? { fill: "no-data", dimmed: false };
      if (!own || fill === "outside") return;
      const colour = typeof fill === "string" ? fill : fill.colour;
      const path = pathOf(own);
      if (geometry?.overlapping) lines.push({ path, colour, width: 3 });
      else fills.push({ path, fill: colour, opacity: dimmed ? 0.14 : hasBasemap ? 0.78 : 1 });
    });
    for (const feature of geometry?.borders?.features ?? []) {
      const { type, coordinates } = feature.geometry;
      const own = L.GeoJSON.coordsToLatLngs(coordinates, type === "Polygon" ? 1 : 2);
      lines.push({ path: pathOf(own as unknown as Rings), colour: tokens.borderLine, width: 1.25 });
    }
    for (const index of marks.selected) {
      const own = rings[index];
      if (own) lines.push({ path: pathOf(own), colour: tokens.selected, width: 2.25 });
    }
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const inBox = (point: { x: number; y: number }) => ({ x: point.x - x, y: point.y - y });
    const { x: width, y: height } = map.getSize();
    return drawVectors(
      {
        width,
        height,
        fills,
        lines,
        names: names.shown.map(({ text, at }) => ({ text, at: inBox(at) })),
        pins: pins.shown.map((pin) => ({ ...pin, foot: inBox(pin.foot), head: inBox(pin.head) })),
      },
      tokens,
    );
  }

  return {
    picture: async () => vectors(),
    setGeometry(next) {
      geometry = next;
      const byCode = new Map(next.areas.features.map((feature) => [feature.id, feature.geometry]));
      polygons.clearLayers();
      hits = next.codes.map((code) => {
        const shape = byCode.get(code);
        return shape ? hitArea(shape) : null;
      });
      rings = next.codes.map((code) => {
        const shape = byCode.get(code);
        if (!shape) return null;
        const levels = shape.type === "Polygon" ? 1 : 2;
        return L.GeoJSON.coordsToLatLngs(shape.coordinates, levels) as unknown as Rings;
      });
      const renderer = renderers.get("areas") as L.Canvas;
      areas = next.overlapping
        ? outlineAreas(
            rings,
            hits.map((hit) => hit?.size ?? 0),
            polygons,
            renderer,
          )
        : fillAreas(rings, polygons, renderer);
      paints = [];
      marks = { hovered: null, focused: null, selected: [] };
      outlines.clearLayers();
      pins.set([], [], tokens);
      drawBorders();
      names.set(next.names);
      names.arrange([], boxesInFront());
    },
    setColours(next) {
      paints = next;
      repaint();
    },
    setMarks(next) {
      marks = next;
      redrawMarks();
    },
    setPlaces: (next) => places.set(next),
    setPins(next) {
      pins.set(next, geometry?.points ?? [], tokens);
      names.arrange(pinHeads(), boxesInFront());
    },
    areasAt: (at) => areasHolding(hits, at),
    centre(): LonLat {
      const { top, right, bottom, left } = insets();
      const size = map.getSize();
      const { lng, lat } = map.containerPointToLatLng([
        (left + size.x - right) / 2,
        (top + size.y - bottom) / 2,
      ]);
      return [lng, lat];
    },
    home(bbox, animate) {
      homeBox = bbox;
      map.setMinZoom(0);
      const { top, right, bottom, left } = insets();
      const whole = map.getBoundsZoom(
        L.latLngBounds([bbox[1], bbox[0]], [bbox[3], bbox[2]]),
        false,
        L.point(left + right, top + bottom),
      );
      homing = animate && !reducedMotion;
      if (homing) fit(bbox, true, MAX_ZOOM);
      else silently(() => fit(bbox, false, MAX_ZOOM));
      map.setMinZoom(Math.max(0, Math.min(whole, map.getZoom()) - 2));
      events.moved(null);
    },
    focus(bbox, animate) {
      fit(bbox, animate, FOCUS_ZOOM);
    },
    reveal(bbox) {
      const { top, right, bottom, left } = insets();
      const how = {
        paddingTopLeft: [left, top] as L.PointExpression,
        paddingBottomRight: [right, bottom] as L.PointExpression,
        animate: !reducedMotion,
      };
      const middle: L.LatLngTuple = [(bbox[1] + bbox[3]) / 2, (bbox[0] + bbox[2]) / 2];
      map.panInside(middle, how);
    },
    show({ centre, zoom }: Position) {
      homeBox = null;
      silently(() => map.setView([centre[1], centre[0]], zoom, { animate: false }));
    },
    zoomBy(steps) {
      map.setZoom(map.getZoom() + steps * ZOOM_STEP, { animate: !reducedMotion });
    },
    retheme() {
      tokens = readTokens(container);
      patterns = makePatterns(tokens);
      repaint();
      drawBorders();
      redrawMarks();
      pins.arrange(tokens);
    },
    destroy() {
      observer.disconnect();
      cancelAnimationFrame(pending);
      map.remove();
    },
  };
}
