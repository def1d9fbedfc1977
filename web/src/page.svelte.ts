// The state of the page. What a reader chooses lives in the address (view.ts); this holds what
// was loaded for it, and what is only momentary: what is hovered, focused, dimmed.

import { lookAhead, nextViews } from "./ahead";
import { getAtlas, getCatalog, getNeighbours } from "./api";
import { Beside } from "./beside.svelte";
import type { Atlas, Catalog, Neighbours } from "./contract";
import { type Failure, textOf } from "./failure";
import { latest } from "./latest";
import { worstAreas } from "./list";
import { periodName } from "./periods";
import { loadPicture, type Picture, pictureKey, type Tint } from "./picture";
import { Places } from "./places/places.svelte";
import { coloursOf } from "./scale";
import {
  geographyFor,
  indicatorsInOrder,
  resolveScene,
  type Scene,
  settledView,
  withoutDefaults,
} from "./scene";
import { carried, MAX_SELECTED, passed, toggled } from "./selection";
import { NOTHING_HERE, pressed, type Stack, stackAround, stackOf, topOf, turned } from "./stack";
import { Targets } from "./targets.svelte";
import {
  type AreaRef,
  currentView,
  onViewChange,
  type Position,
  pushView,
  replaceView,
  sameRef,
  type View,
  writeRef,
} from "./view";
import { Whereabouts } from "./whereabouts.svelte";
import { say } from "./words";

/** After this long, waiting is shown. */
const SLOW_MS = 400;

export class Page {
  view = $state.raw<View>(currentView().view);
  atlas = $state.raw<Atlas | null>(null);
  catalog = $state.raw<Catalog | null>(null);
  picture = $state.raw<Picture | null>(null);
  /** The colours of the first picture, where they come before its names. */
  tint = $state.raw<Tint | null>(null);
  failure = $state.raw<Failure | null>(null);
  slow = $state(false);
  notices = $state.raw<string[]>([]);

  /** Index of the area under the pointer; of the one that the keyboard or a tap is at. */
  hovered = $state<number | null>(null);
  focused = $state<number | null>(null);
  /** What lies under the pointer, and what was last clicked or reached; several areas where they overlap. */
  #over = $state.raw<Stack>(NOTHING_HERE);
  #held = $state.raw<Stack>(NOTHING_HERE);
  here = $derived(this.hovered === null ? this.#held : this.#over);
  /** The places of the layers that are switched on. */
  shownPlaces = $derived(this.view.layers.flatMap((id) => this.places.loaded.get(id) ?? []));
  /** The class that the legend points at. */
  lit = $state<number | null>(null);
  /** An area or place that the map should go to; a new object is a new request. */
  goTo = $state.raw<{ area: number } | { at: Position } | { home: true } | null>(null);

  scene = $derived.by<Scene | null>(() =>
    this.atlas && this.catalog ? resolveScene(this.view, this.atlas, this.catalog).scene : null,
  );
  /** Whether the areas on the map overlap: then they are outlines. */
  overlaps = $derived(this.picture ? !this.picture.scene.geography.tiling : false);
  // On their own, so that other changes of the view leave the colours as they are.
  #palette = $derived(this.view.palette);
  #reverse = $derived(this.view.reverse);
  /** One colour per class of the picture. */
  colours = $derived.by<string[]>(() => {
    const tint = this.picture ?? this.tint;
    const legend = { palette: this.#palette, reverse: this.#reverse };
    return tint ? coloursOf(tint.classes, tint.scene.indicator, legend) : [];
  });
  indicators = $derived(this.catalog ? indicatorsInOrder(this.catalog) : []);
  /** Indices of the selected areas that the map can show. */
  selected = $derived.by<number[]>(() => {
    const { picture } = this;
    if (!picture) return [];
    return this.view.areas.flatMap((ref) =>
      (ref.geography ?? picture.scene.geography.id) === picture.scene.geography.id
        ? (picture.index.get(ref.code) ?? [])
        : [],
    );
  });
  /** The five worst areas, which the map points out while nothing is selected. */
  worst = $derived(this.picture ? worstAreas(this.picture.classes.rank.values) : []);
  /** The area that the card speaks of. */
  shown = $derived<number | null>(this.hovered ?? this.focused ?? this.selected.at(-1) ?? null);

  /** What areas are held against. */
  readonly beside = new Beside();
  readonly targets = new Targets();
  readonly places = new Places();
  readonly whereabouts = new Whereabouts();

  #picture = latest();
  #neighbours = latest();
  #ahead = new AbortController();
  #isDrawn = false;
  #neighbourhood: Neighbours | null = null;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;

  /** Starts loading; the answer stops listening to the address. */
  start(): () => void {
    this.notices = currentView().notices;
    this.#open();
    return onViewChange(() => {
      const { view, notices } = currentView();
      const { at } = this.view;
      this.#show(view, notices);
      if (JSON.stringify(view.at) !== JSON.stringify(at)) {
        this.goTo = view.at ? { at: view.at } : { home: true };
      }
    });
  }

  // Choices: each is one step in the history.

  chooseIndicator(id: string): void {
    const indicator = this.catalog?.indicators.find((item) => item.id === id);
    if (!indicator || !this.scene || indicator.id === this.scene.indicator.id) return;
    const present = this.scene.geography.id;
    const geography = geographyFor(indicator, present);
    const keepsPeriod = indicator.periods[geography]?.includes(this.scene.period) ?? false;
    this.#choose(
      {
        ...this.view,
        indicator: id,
        geography,
        period: keepsPeriod && this.view.period !== null ? this.view.period : null,
      },
      geography === present
        ? []
        : [
            say("shown-elsewhere", {
              indicator: indicator.name,
              wanted: this.scene.geography.plural,
              shown: this.#geographyName(geography),
            }),
          ],
    );
  }

  /** The indicator before (−1) or after (1) the present one, in the chooser's order. */
  stepIndicator(step: 1 | -1): void {
    const count = this.indicators.length;
    const here = this.indicators.findIndex((item) => item.id === this.scene?.indicator.id);
    const next = this.indicators[(here + step + count) % count];
    if (next) this.chooseIndicator(next.id);
  }

  chooseGeography(id: string): void {
    if (this.scene && id !== this.scene.geography.id) this.#choose({ ...this.view, geography: id });
  }

  choosePeriod(period: string): void {
    this.#choose({ ...this.view, period });
  }

  chooseWithin(within: AreaRef | null): void {
    this.#choose({ ...this.view, within, at: null });
    this.goTo = { home: true };
  }

  /** Legend, sort, places and theme: no new question to the map. */
  change(
    part: Partial<Pick<View, "method" | "k" | "palette" | "reverse" | "layers" | "sort" | "theme">>,
  ): void {
    this.#choose({ ...this.view, ...part });
  }

  toggleArea(index: number): void {
    const code = this.picture?.areas.columns.code[index];
    if (code !== undefined) this.toggleRef({ geography: null, code });
  }

  toggleRef(ref: AreaRef): void {
    const areas = toggled(this.view.areas, ref);
    if (areas.length > MAX_SELECTED) {
      this.notices = [say("at-most", { n: MAX_SELECTED })];
      return;
    }
    this.#choose({ ...this.view, areas });
  }

  /** The pointer is at a place, or at none. */
  pointAt(areas: readonly number[]): void {
    this.#over = stackOf(areas, this.#held);
    this.hovered = topOf(this.#over);
  }

  /** A click selects the area; where areas overlap, the next click passes the selection on. */
  press(areas: readonly number[]): void {
    const before = stackOf(areas, this.#held);
    this.#speakOf(pressed(before));
    const area = this.focused;
    if (area === null) return;
    const last = topOf(before);
    if (areas.length > 1 && before.pressed && last !== null) this.#pass(last, area);
    else this.toggleArea(area);
  }

  /** A tap shows the area; where areas overlap, the next tap shows the next. */
  tap(areas: readonly number[]): void {
    this.#speakOf(pressed(stackOf(areas, this.#held)));
  }

  /** The keyboard or a search has come to an area, among what lies at its place. */
  arriveAt(area: number, areas: readonly number[]): void {
    this.#speakOf(stackAround(area, areas));
  }

  /** Another area at the same place. */
  turn(step: 1 | -1): void {
    this.#speakOf(turned(this.here, step));
  }

  #speakOf(stack: Stack): void {
    this.#held = stack;
    this.focused = topOf(stack);
    if (this.hovered === null) return;
    this.#over = stack;
    this.hovered = this.focused;
  }

  #pass(from: number, to: number): void {
    const code = this.picture?.areas.columns.code;
    const [before, after] = [code?.[from], code?.[to]];
    if (before === undefined || after === undefined) return;
    const areas = passed(
      this.view.areas,
      { geography: null, code: before },
      { geography: null, code: after },
    );
    this.#choose({ ...this.view, areas });
  }

  clearSelection(): void {
    if (this.view.areas.length > 0) this.#choose({ ...this.view, areas: [] });
  }

  /** What the search found: shown on the map, and selected. */
  findArea(code: string): void {
    const index = this.picture?.index.get(code);
    if (index === undefined) return;
    const ref = { geography: null, code };
    if (!this.view.areas.some((other) => sameRef(other, ref))) this.toggleRef(ref);
    this.focused = index;
    this.goTo = { area: index };
  }

  // Not choices.

  moved(at: Position | null): void {
    this.view = { ...this.view, at };
    replaceView(this.view);
  }

  /** The areas are on the map for the first time. */
  mapDrawn(): void {
    const isFirst = !this.#isDrawn;
    this.#isDrawn = true;
    if (isFirst && this.picture) this.#follow(this.picture.scene);
  }

  /** The shapes of the areas did not come. */
  mapFailed(error: unknown, retry: () => void): void {
    this.#failed(error, () => {
      this.failure = null;
      retry();
    });
  }

  dismiss(notice: string): void {
    this.notices = this.notices.filter((other) => other !== notice);
  }

  periodName(period: string): string {
    return periodName(period, this.catalog?.period_names ?? {});
  }

  isSelected(index: number): boolean {
    return this.selected.includes(index);
  }

  /** The neighbours of the shown geography, asked for once the keyboard is at the map. */
  needNeighbours(): Neighbours | null {
    const geography = this.picture?.scene.geography;
    if (!geography || !this.atlas) return null;
    if (this.#neighbourhood?.geography === geography.id) return this.#neighbourhood;
    const { edition } = this.atlas;
    this.#neighbours.run((signal) => getNeighbours(edition, geography.id, signal), {
      done: (answer) => {
        this.#neighbourhood = answer;
      },
      // Without neighbours the arrows still find the nearest area.
      failed: () => {},
    });
    return null;
  }

  /** Where the areas lie, which otherwise waits until they are drawn. */
  needWhereabouts(): void {
    if (this.picture && this.atlas) this.whereabouts.need(this.atlas.edition, this.picture.scene);
  }

  #open(): void {
    this.#wait();
    this.failure = null;
    this.#picture.run(
      async (signal) => {
        const atlas = await getAtlas(signal);
        return { atlas, catalog: await getCatalog(atlas.edition, signal) };
      },
      {
        done: ({ atlas, catalog }) => {
          this.atlas = atlas;
          this.catalog = catalog;
          this.#show(this.view, this.notices);
        },
        failed: (error) => this.#failed(error, () => this.#open()),
      },
    );
  }

  #choose(view: View, notices: string[] = []): void {
    const { atlas, catalog, scene, picture } = this;
    if (!atlas || !catalog || !scene) return;
    let next = view;
    const said = [...notices];
    const geography = resolveScene(view, atlas, catalog).scene.geography;
    if (geography.id !== scene.geography.id) {
      if (picture) {
        const { areas, notice } = carried(view.areas, picture.areas, geography);
        next = { ...next, areas };
        if (notice) said.push(notice);
      }
      const { within } = next;
      if (within && !geography.parents.some((parent) => parent.geography === within.geography)) {
        next = { ...next, within: null };
      }
    }
    next = withoutDefaults(next, atlas, catalog);
    pushView(next);
    this.#show(next, said);
  }

  #show(view: View, notices: string[]): void {
    this.view = view;
    this.notices = notices;
    const { atlas, catalog } = this;
    if (!atlas || !catalog) return;
    try {
      const resolved = resolveScene(view, atlas, catalog);
      this.view = settledView(view, resolved.scene, atlas, catalog);
      this.places.need(atlas.edition, resolved.scene.layers);
      this.notices = [...notices, ...resolved.notices];
      this.#load(resolved.scene);
    } catch (error) {
      this.#failed(error, () => this.#open());
    }
  }

  #load(scene: Scene): void {
    const { atlas, view } = this;
    if (!atlas) return;
    this.failure = null;
    if (this.picture?.key === pictureKey(scene, view)) {
      // Whatever was on its way is no longer wanted.
      this.#picture.cancel();
      this.#ready();
      this.beside.compare(atlas.edition, scene);
      this.targets.select(atlas.edition, scene);
      return;
    }
    this.#wait();
    this.#ahead.abort();
    const tinted = (tint: Tint) => {
      if (!this.picture) this.tint = tint;
    };
    this.#picture.run((signal) => loadPicture(scene, view, atlas, signal, tinted), {
      done: (picture) => this.#paint(picture),
      failed: (error) => this.#failed(error, () => this.#load(scene)),
    });
  }

  #paint(picture: Picture): void {
    this.#ready();
    if (picture.scene.geography.id !== this.picture?.scene.geography.id) {
      this.hovered = null;
      this.focused = null;
      this.#held = NOTHING_HERE;
    }
    this.lit = null;
    this.picture = picture;
    this.tint = null;
    this.#leaveOutUnknown(picture);
    if (!this.atlas || !this.scene) return;
    this.beside.compare(this.atlas.edition, this.scene);
    this.targets.select(this.atlas.edition, this.scene);
    this.beside.measure(this.atlas.edition, picture);
    // What the map can do without must not hold it up.
    if (this.#isDrawn || !picture.scene.geography.shape) this.#follow(picture.scene);
  }

  #follow(scene: Scene): void {
    if (!this.atlas || !this.catalog) return;
    this.whereabouts.need(this.atlas.edition, scene);
    this.#ahead = new AbortController();
    const views = nextViews(scene, this.view, this.indicators);
    lookAhead(views, this.atlas, this.catalog, this.#ahead.signal);
  }

  /** Codes of a link that this edition does not have are said and not shown. */
  #leaveOutUnknown(picture: Picture): void {
    const own = picture.scene.geography.id;
    const unknown = this.view.areas.filter(
      (ref) => (ref.geography ?? own) === own && !picture.index.has(ref.code),
    );
    if (unknown.length === 0) return;
    this.view = { ...this.view, areas: this.view.areas.filter((ref) => !unknown.includes(ref)) };
    const codes = unknown.map(writeRef).join(", ");
    this.notices = [
      ...this.notices,
      say("not-among", { areas: picture.scene.geography.plural, codes }),
    ];
  }

  #geographyName(id: string): string {
    return this.catalog?.geographies.find((item) => item.id === id)?.plural ?? id;
  }

  #failed(error: unknown, retry: () => void): void {
    this.#ready();
    this.failure = { text: textOf(error), retry };
  }

  #wait(): void {
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => {
      this.slow = true;
    }, SLOW_MS);
  }

  #ready(): void {
    clearTimeout(this.#slowTimer);
    this.slow = false;
  }
}
