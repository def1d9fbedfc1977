// The map as Leaflet moves it. Areas are layers of our own, which also say what is under the
// pointer: no layer listens to the mouse.

import L from "leaflet";
import type { Bbox, LonLat } from "../contract";
import type { Position } from "../view";
import type { AreaLayer, Surroundings } from "./areas";
import type { Box } from "./boxes";
import { leaveToPage } from "./fingers";
import type {
  Colouring,
  Geometry,
  Labels,
  MapOptions,
  MapView,
  Pin,
  PlaceLayers,
  SketchShape,
} from "./index";
import { MarkLines } from "./marks";
import { Names } from "./names";
import { OverlappingAreas } from "./overlapping";
import { Pins } from "./pins";
import type { PlaceMarkers } from "./places";
import type { SketchLines } from "./sketch";
import { TiledAreas } from "./tiles/layer";
import { readTokens } from "./tokens";
import "./leaflet.css";
import "./marks.css";

/** Closer than this the generalised borders would show their corners. */
const MAX_ZOOM = 16;
/** A single area is shown with its surroundings. */
const FOCUS_ZOOM = 14;
const ZOOM_STEP = 0.75;
const NO_LABELS: Labels = { names: [], points: [], nameOf: null };
/** From this zoom on, and up to so many in sight, areas have their names on the map. */
const NEAR = 13;
const MOST_NAMED = 150;

const PANES = ["areas", "marks", "names", "places", "pins"] as const;

export function createLeafletMap(container: HTMLElement, options: MapOptions): MapView {
  const { events, insets, inFront, basemap, reducedMotion, isStill = false } = options;
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
    dragging: !isStill,
    touchZoom: !isStill,
    scrollWheelZoom: !isStill,
    doubleClickZoom: !isStill,
  });
  map.setView([0, 0], 2, { animate: false });
  if (basemap) L.tileLayer(basemap.url, { attribution: basemap.attribution }).addTo(map);
  if (!isStill)
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 90 }).addTo(map);

  PANES.forEach((name, i) => {
    const pane = map.createPane(name);
    pane.style.zIndex = String(400 + 10 * i);
    pane.style.pointerEvents = "none";
  });
  const surroundings = (): Surroundings => ({
    tokens: readTokens(container),
    hasBasemap: basemap !== null,
  });
  let around = surroundings();
  const lines = new MarkLines(map, "marks", around.tokens);
  const names = new Names(map, "names");
  const pins = new Pins(map, "pins", L.svg({ pane: "pins", padding: 0.25 }));

  /** The areas whose names stand on the map, as a text. */
  let inSight: string | null = null;
  let areas: AreaLayer | null = null;
  /** The areas that these take the place of, in sight until these are. */
  let before: AreaLayer | null = null;
  let isDrawn = false;
  let isPainted = false;
  let colouring: Colouring | null = null;
  let overlapping = false;
  let labels: Labels = NO_LABELS;
  let pinned: readonly Pin[] = [];
  /** What draws places, and what a reader draws, is fetched with the first of them. */
  let markers: PlaceMarkers | null = null;
  let places: PlaceLayers = { names: [], places: [], marked: null };
  let sketch: SketchLines | null = null;
  let sketched: SketchShape = { corners: [], circle: null };
  let isEnded = false;
  /** Where the pointer rests, and a press that came before there were areas. */
  let pointer: L.Point | null = null;
  let early: (() => void) | null = null;
  let homeBox: Bbox | null = null;
  // The page moves the map, at once or on the way home: coming to rest is then not a reader's doing.
  let quiet = false;
  let homing = false;
  /** It goes where another map has gone. */
  let following = false;
  let arranging = 0;

  // Already on the way somewhere else: a frame that changes its size then must not bring the map home.
  map.on("movestart", () => {
    if (!quiet && !homing) homeBox = null;
  });
  map.on("moveend", () => {
    nameInSight();
    arrangeLabels();
    markers?.arrange();
    if (quiet) return;
    if (homing) {
      homing = false;
      return;
    }
    const { lng, lat } = map.getCenter();
    events.moved({ centre: [lng, lat], zoom: map.getZoom() });
  });
  map.on("move", () => {
    if (following) return;
    const { lng, lat } = map.getCenter();
    events.moving?.({ centre: [lng, lat], zoom: map.getZoom() });
  });
  map.on("dragstart", () => {
    homing = false;
  });
  leaveToPage(container, () => events.swiped?.());
  let touching = false;
  container.addEventListener("pointerdown", (event) => {
    touching = event.pointerType === "touch";
  });
  map.on("click", ({ latlng, containerPoint }) => {
    const byTouch = touching;
    const at: LonLat = [latlng.lng, latlng.lat];
    if (isDrawn) events.press(holding(containerPoint), byTouch, at);
    else early = () => events.press(areas?.at(at) ?? [], byTouch, at);
  });

  container.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons !== 0) return;
    pointer = map.mouseEventToContainerPoint(event);
    point();
  });
  container.addEventListener("pointerleave", () => {
    pointer = null;
    events.hover([]);
  });

  function point(): void {
    if (pointer) events.hover(holding(pointer));
  }

  /** The map goes somewhere by itself: nobody points at what then comes to lie under a pointer that rests. */
  function leave(): void {
    if (!pointer) return;
    pointer = null;
    events.hover([]);
  }

  /** Another view of the areas: other borders, and maybe another area under the pointer. */
  function drawn(): void {
    if (!isDrawn) {
      isDrawn = true;
      early?.();
      early = null;
      point();
    }
    if (areas) lines.redraw(areas, overlapping, around.tokens);
  }

  /** The areas have their colours: what speaks of them comes with them. */
  function painted(): void {
    if (!isPainted) {
      isPainted = true;
      before?.remove();
      before = null;
      label();
    }
    events.drawn();
  }

  /** Names and numbers, which say nothing of areas that are not there yet. */
  function label(): void {
    if (areas && !isPainted) return;
    inSight = null;
    nameInSight();
    pins.set(pinned, labels.points, around.tokens);
    arrangeNames();
  }

  /** Names of the areas themselves, where the map is near and has room for them. */
  function nameInSight(): void {
    const { nameOf, points } = labels;
    const seen =
      nameOf && isPainted && map.getZoom() >= NEAR ? placesIn(points, map.getBounds()) : [];
    const named = seen.length <= MOST_NAMED ? seen : [];
    if (named.join() === inSight) return;
    inSight = named.join();
    const own = named.flatMap((area) => {
      const at = points[area];
      return nameOf && at ? [{ text: nameOf(area), at, isOfArea: true }] : [];
    });
    // Where areas leave gaps, no name stands in one.
    const larger = overlapping
      ? labels.names.filter(({ at }) => (areas?.at(at).length ?? 0) > 0)
      : labels.names;
    names.set([...larger, ...own]);
  }

  const observer = new ResizeObserver(() => {
    // Another size is no other place, and a map beside this one that shows the whole keeps doing so.
    following = homeBox === null;
    silently(() => {
      map.invalidateSize({ pan: true, animate: false });
      if (homeBox) fit(homeBox, false, MAX_ZOOM);
    });
    following = false;
  });
  observer.observe(container);

  /** Names give way to pins. */
  function arrangeLabels(): void {
    pins.arrange(around.tokens);
    arrangeNames();
  }

  /** When the frame is laid out: asking where boxes are any sooner would lay out the page twice. */
  function arrangeNames(): void {
    cancelAnimationFrame(arranging);
    arranging = requestAnimationFrame(() => names.arrange(pinHeads(), boxesInFront()));
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
    return areas?.at([lng, lat]) ?? [];
  }

  function closer(bounds: L.LatLngBounds): void {
    map.fitBounds(bounds, { padding: [80, 80], maxZoom: MAX_ZOOM, animate: !reducedMotion });
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

  async function setPlaces(next: PlaceLayers): Promise<void> {
    places = next;
    if (!markers && next.places.length === 0) return;
    try {
      const { PlaceMarkers } = await import("./places");
      if (isEnded) return;
      markers ??= new PlaceMarkers(map, "places", closer, (listed) => events.listed?.(listed));
      markers.set(places);
    } catch (error) {
      events.failed(error, () => setPlaces(places));
    }
  }

  async function setSketch(next: SketchShape): Promise<void> {
    sketched = next;
    if (!sketch && next.corners.length === 0 && !next.circle) return;
    try {
      const { SketchLines } = await import("./sketch");
      if (isEnded) return;
      sketch ??= new SketchLines(map, "marks", around.tokens);
      sketch.set(sketched);
    } catch (error) {
      events.failed(error, () => setSketch(sketched));
    }
  }

  function repaint(): void {
    if (colouring) areas?.paint(colouring, around);
  }

  return {
    setGeometry(next: Geometry | null) {
      if (isPainted && next) {
        before = areas;
      } else areas?.remove();
      if (!next) {
        before?.remove();
        before = null;
      }
      areas = null;
      isDrawn = false;
      isPainted = false;
      early = null;
      colouring = null;
      lines.clear();
      pinned = [];
      labels = NO_LABELS;
      if (!next) {
        label();
        return;
      }
      overlapping = next.overlapping;
      const kind = overlapping ? OverlappingAreas : TiledAreas;
      // What is about to go may still be drawn again, which is no news.
      const own: AreaLayer = new kind(map, "areas", next, {
        drawn: () => areas === own && drawn(),
        painted: () => areas === own && painted(),
        failed: (error, retry) => areas === own && events.failed(error, retry),
      });
      areas = own;
      own.addTo(map);
    },
    setColours(next) {
      colouring = next;
      repaint();
    },
    setLabels(next) {
      labels = next;
      label();
    },
    setMarks(next) {
      if (areas) lines.set(next, areas, overlapping);
    },
    setPlaces,
    setPins(next) {
      pinned = next;
      label();
    },
    setSketch,
    areasAt: (at) => areas?.at(at) ?? [],
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
      if (animate) leave();
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
    refit() {
      const box = homeBox;
      if (box) silently(() => fit(box, false, MAX_ZOOM));
      arrangeLabels();
    },
    focus(bbox, animate) {
      leave();
      fit(bbox, animate, FOCUS_ZOOM);
    },
    reveal(bbox) {
      leave();
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
    follow({ centre, zoom }: Position) {
      homeBox = null;
      following = true;
      map.setMinZoom(0);
      silently(() => map.setView([centre[1], centre[0]], zoom, { animate: false }));
      following = false;
    },
    zoomBy(steps) {
      leave();
      map.setZoom(map.getZoom() + steps * ZOOM_STEP, { animate: !reducedMotion });
    },
    retheme() {
      around = surroundings();
      repaint();
      if (areas) lines.redraw(areas, overlapping, around.tokens);
      sketch?.retheme(around.tokens);
      pins.arrange(around.tokens);
    },
    destroy() {
      isEnded = true;
      observer.disconnect();
      cancelAnimationFrame(arranging);
      before?.remove();
      areas?.remove();
      map.remove();
    },
  };
}

/** The areas whose places lie in sight. */
function placesIn(points: readonly (LonLat | null)[], bounds: L.LatLngBounds): number[] {
  const [west, south, east, north] = bounds.toBBoxString().split(",").map(Number) as Bbox;
  return points.flatMap((at, area) =>
    at && at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north ? area : [],
  );
}
