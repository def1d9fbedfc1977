// The state of the page. What a reader chooses lives in the address (view.ts); this holds what
// was loaded for it, and what is only momentary: what is hovered, focused, dimmed.

import { lookAhead, nextViews } from "./ahead";
import { ApiError, getAreas, getCatalog, getNeighbours } from "./api";
import { Beside } from "./beside.svelte";
import { Playing } from "./choose/playing.svelte";
import { classFilter } from "./choosing/conditions";
import { Filtering } from "./choosing/filtering.svelte";
import {
  joinedBy,
  settledGroups,
  tooMany,
  withMembers,
  withoutGroup,
  worstFirst,
} from "./choosing/groups";
import { Sketch } from "./choosing/sketch.svelte";
import type { Atlas, Bbox, Catalog, LonLat, Neighbours } from "./contract";
import { type Failure, textOf } from "./failure";
import { capitalise } from "./format";
import { PictureIntervals } from "./intervals.svelte";
import { latest } from "./latest";
import { Lead } from "./lead";
import { forAnotherIndicator, withoutOutdated, withoutRefused } from "./legend/asked";
import { worstAreas } from "./list";
import { besideOf, missedBeside, type Beside as Paired } from "./modes/besides";
import { SecondMap } from "./modes/second.svelte";
import type { Showing } from "./modes/showing";
import { Ordering } from "./ordering.svelte";
import { periodName } from "./periods";
import { loadPicture, type Picture, pictureKey, type Tint } from "./picture";
import { Places } from "./places/places.svelte";
import { writeGroup } from "./ref";
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
import { openEdition, watchNewest } from "./share/editions";
import { held } from "./share/lock";
import { isOfFiles, Withdrawn, withoutServer } from "./site";
import { NOTHING_HERE, pressed, type Stack, stackAround, stackOf, topOf, turned } from "./stack";
import { Targets } from "./targets.svelte";
import {
  type AreaRef,
  currentView,
  DEFAULT_VIEW,
  type Lock,
  onViewChange,
  type Position,
  pushView,
  replaceView,
  sameRef,
  showNewest,
  type View,
  writeRef,
} from "./view";
import { Whereabouts } from "./whereabouts.svelte";
import { say } from "./words";

/** So many codes of a link are named in a notice. */
const MAX_SAID = 8;
/** After this long, waiting is shown. */
const SLOW_MS = 400;

export class Page {
  /** `isFramed`: it stands in a page of somebody else, whose history is not ours. */
  constructor(readonly isFramed = false) {}

  view = $state.raw<View>(currentView().view);
  atlas = $state.raw<Atlas | null>(null);
  catalog = $state.raw<Catalog | null>(null);
  /** The id of the newest edition, which may be newer than the one that is shown. */
  newest = $state<string | null>(null);
  picture = $state.raw<Picture | null>(null);
  /** What the map is coloured by: it comes before the picture. */
  tint = $state.raw<Tint | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Whether the edition was withdrawn: then nothing of it is shown. */
  withdrawn = $state(false);
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
  goTo = $state.raw<{ area: number } | { bbox: Bbox } | { at: Position } | { home: true } | null>(
    null,
  );

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
    const { picture } = this;
    const legend = { palette: this.#palette, reverse: this.#reverse };
    return picture ? coloursOf(picture.classes, picture.scene, legend) : [];
  });
  indicators = $derived(this.catalog ? indicatorsInOrder(this.catalog) : []);
  /** What the second of two maps shows; `null` where there is one map. */
  paired = $derived.by<Paired | null>(() =>
    this.view.mode === "double" && this.scene && this.catalog
      ? besideOf(this.view.second, this.scene, this.catalog)
      : null,
  );
  /** The second of two maps, where there are two. */
  readonly second = new SecondMap(this);
  /** The finding of what is shown; of two maps that of each. */
  sentence = $derived(
    [this.picture, this.paired && this.second.picture]
      .flatMap((picture) => picture?.classes.sentence ?? [])
      .join(" "),
  );
  /** Indices of the selected areas that the map can show. */
  selected = $derived.by<number[]>(() => {
    const { picture, scene } = this;
    if (!picture) return [];
    // Before its picture has come, the view may be of other areas than those on the map.
    return this.view.areas.flatMap((ref) =>
      (ref.geography ?? scene?.geography.id) === picture.scene.geography.id
        ? (picture.index.get(ref.code) ?? [])
        : [],
    );
  });
  /** Of each area of the picture whether it passes the view's filter; `null` without one, and until it is known. */
  passing = $derived.by<boolean[] | null>(() => {
    const { found, codes } = this.filtering;
    const areas = this.picture?.areas;
    if (!areas || !codes || found?.geography !== areas.geography) return null;
    return areas.columns.code.map((code) => codes.has(code));
  });
  /** The five worst areas, which the map points out while nothing is selected. */
  worst = $derived(this.picture ? worstAreas(this.picture.classes.rank.values) : []);
  /** The code of the area that was selected last; of a set the worst. */
  #selectedLast = $state<string | null>(null);
  /** The one selected area that is spoken of where no area is pointed at. */
  foremost = $derived.by<number | null>(() => {
    const { picture, selected, view } = this;
    const last = this.#selectedLast === null ? null : picture?.index.get(this.#selectedLast);
    if (last != null && selected.includes(last)) return last;
    // The areas of a group stand worst first.
    return (view.groups.length > 0 ? selected[0] : selected.at(-1)) ?? null;
  });
  /** The area that the card speaks of. */
  shown = $derived<number | null>(this.hovered ?? this.focused ?? this.foremost);

  readonly filtering = new Filtering();
  /** What areas are held against. */
  readonly beside = new Beside();
  readonly intervals = new PictureIntervals();
  readonly ordering = new Ordering();
  readonly targets = new Targets();
  readonly playing = new Playing(this);
  readonly places = new Places();
  readonly whereabouts = new Whereabouts();
  readonly sketch = new Sketch();

  #picture = latest();
  #lead = new Lead<Picture>((picture) => this.#arrive(picture));
  #neighbours = latest();
  #others = latest();
  #ahead = new AbortController();
  #isDrawn = false;
  #neighbourhood: Neighbours | null = null;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  /** The view of what is shown, while another is on its way. */
  #standing: View | null = null;

  /** Starts loading; the answer stops listening to the address. */
  start(): () => void {
    this.notices = currentView().notices;
    this.#open();
    const stopWatching = watchNewest((newest) => {
      this.newest = newest;
    });
    const stopListening = onViewChange(() => {
      const { view, notices } = currentView();
      this.playing.stop();
      // Another edition is another atlas.
      if (view.edition !== this.view.edition) return window.location.reload();
      const { at } = this.view;
      this.#show(view, notices);
      if (JSON.stringify(this.view.at) !== JSON.stringify(at)) {
        this.goTo = this.view.at ? { at: this.view.at } : { home: true };
      }
    });
    return () => {
      stopWatching();
      stopListening();
    };
  }

  /** Whether the reader may not change this: an embed can be locked. */
  isLocked(lock: Lock): boolean {
    return this.view.lock.includes(lock);
  }

  // Choices: each is one step in the history.

  /** Another indicator; what else is chosen with it is undone with it. */
  chooseIndicator(id: string, beside: Partial<View> = {}): void {
    const indicator = this.catalog?.indicators.find((item) => item.id === id);
    if (!indicator || !this.scene || indicator.id === this.scene.indicator.id) return;
    const present = this.scene.geography.id;
    const geography = geographyFor(indicator, present);
    const keepsPeriod = indicator.periods[geography]?.includes(this.scene.period) ?? false;
    this.#choose(
      {
        ...this.view,
        ...forAnotherIndicator(this.view),
        ...beside,
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

  /** The next period of a run through them, with the classes held still: one step in the history for all of it. */
  playTo(period: string, isFirst: boolean): void {
    const { atlas, catalog } = this;
    if (!atlas || !catalog) return;
    const next = withoutDefaults({ ...this.view, period, still: true }, atlas, catalog);
    if (isFirst && !this.isFramed) pushView(next);
    else replaceView(next);
    this.#show(next, []);
  }

  chooseWithin(within: AreaRef | null): void {
    this.#choose({ ...this.view, within, at: null });
    this.goTo = { home: true };
  }

  /** What is neither indicator nor place: the map stays. */
  change(
    part: Partial<Omit<View, "geography" | "indicator" | "period" | "within" | "areas" | "at">>,
  ): void {
    this.#choose({ ...this.view, ...part });
  }

  /** Other classes; with another indicator, where that has them. */
  chooseClasses(change: Partial<View>): void {
    if (change.indicator) this.chooseIndicator(change.indicator, change);
    else this.#choose({ ...this.view, ...change });
  }

  toggleArea(index: number): void {
    const { picture, scene } = this;
    const code = picture?.areas.columns.code[index];
    if (!picture || code === undefined) return;
    const { id } = picture.scene.geography;
    this.toggleRef({ geography: id === scene?.geography.id ? null : id, code });
  }

  toggleRef(ref: AreaRef): void {
    if (this.isLocked("areas")) return;
    const areas = toggled(this.view.areas, ref);
    if (areas.length > MAX_SELECTED) {
      this.notices = [say("at-most", { n: MAX_SELECTED })];
      return;
    }
    this.#selectedLast = areas.length > this.view.areas.length ? ref.code : null;
    this.#choose({ ...this.view, areas });
  }

  /**
   * Selects areas of the shown geography, the worst first, alone or beside those that are selected; `group`
   * is what the link may name in their place. Whether it was done: not where they are too many.
   */
  select(codes: readonly string[], group: string | null = null, adds = false): boolean {
    if (!this.picture) return false;
    const { areas, groups } = adds ? this.view : DEFAULT_VIEW;
    const ordered = worstFirst(codes, this.picture);
    const all = joinedBy(areas, ordered, group);
    if (all.length > MAX_SELECTED) {
      this.notices = [tooMany(all.length)];
      return false;
    }
    this.#selectedLast = ordered[0] ?? null;
    this.#choose({ ...this.view, areas: all, groups: [...groups, ...(group ? [group] : [])] });
    return true;
  }

  /** Selects areas of any geography, such as those of a set, in place of what is selected. */
  selectOf(geography: string, codes: readonly string[]): void {
    if (geography === this.scene?.geography.id) {
      this.select(codes);
      return;
    }
    const areas = codes.map((code) => ({ geography, code }));
    this.#choose({ ...this.view, areas, groups: [] });
  }

  isClassSelected(index: number): boolean {
    return this.view.groups.includes(writeGroup({ kind: "class", index }));
  }

  /** Selects the areas of a class, or lets them go. Of more than can be selected the map is filtered. */
  toggleClass(index: number, adds = false): void {
    const { picture } = this;
    if (!picture || this.isLocked("areas")) return;
    const group = writeGroup({ kind: "class", index });
    if (this.view.groups.includes(group)) {
      this.#choose({ ...this.view, ...withoutGroup(this.view, group) });
      return;
    }
    const { areas, classes } = picture;
    const codes = areas.columns.code.filter((_, i) => classes.classes[i] === index);
    this.focused = null;
    if (codes.length === 0 || this.select(codes, group, adds)) return;
    // What a mode found is no value that a filter could ask for, and a filter joins nothing.
    if (isOfFiles() || picture.answer || (adds && this.view.areas.length > 0)) return;
    this.#choose({ ...this.view, filter: classFilter(classes, index) }, [
      say("filtered-instead", { n: codes.length, most: MAX_SELECTED }),
    ]);
  }

  /** Selects the areas of a class of another map than the page's own. */
  selectClassOf({ picture }: Showing, index: number, adds = false): void {
    if (!picture || this.isLocked("areas")) return;
    const { areas, classes } = picture;
    const codes = areas.columns.code.filter((_, i) => classes.classes[i] === index);
    this.focused = null;
    this.select(codes, null, adds);
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
    const { areas, groups } = this.view;
    if (areas.length + groups.length > 0) this.#choose({ ...this.view, areas: [], groups: [] });
  }

  /** What the search found: shown on the map, and selected. */
  findArea(code: string): void {
    const index = this.picture?.index.get(code);
    if (index === undefined) return;
    const ref = { geography: null, code };
    if (!this.view.areas.some((other) => sameRef(other, ref))) this.toggleRef(ref);
    this.hovered = null;
    this.arriveAt(index, [index]);
    this.goTo = { area: index };
  }

  // Not choices.

  moved(at: Position | null): void {
    if (this.isLocked("at")) return;
    this.view = { ...this.view, at };
    replaceView(this.view);
  }

  /** The map has painted the areas. */
  mapDrawn(): void {
    const isFirst = !this.#isDrawn;
    this.#isDrawn = true;
    this.#lead.painted();
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

  /** Whether an area is looked at: inside the place that the view is limited to, and not filtered out. */
  isOffered(index: number): boolean {
    return this.isInside(index) && (this.passing?.[index] ?? true);
  }

  /** Whether an area lies in the place that the view is limited to. */
  isInside(index: number): boolean {
    const within = this.picture?.scene.within;
    const parents = within?.geography && this.picture?.areas.columns.parents[within.geography];
    return !within || (parents ? parents[index] === within.code : false);
  }

  codesOf(indices: readonly number[]): string[] {
    return indices.flatMap((index) => this.picture?.areas.columns.code[index] ?? []);
  }

  /** Of which time the values of a scene speak: a period, or two where they are changes. */
  timeOf({ since, period }: Scene): string {
    const name = this.periodName(period);
    return since === undefined ? name : say("from-to", { from: this.periodName(since), to: name });
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
        const opened = await openEdition(this.view.edition, signal);
        return { ...opened, catalog: await getCatalog(opened.atlas.edition, signal) };
      },
      {
        done: ({ atlas, newest, isMissing, catalog }) => {
          this.atlas = atlas;
          this.newest = newest;
          this.catalog = catalog;
          if (isMissing) {
            this.notices = [...this.notices, say("edition-gone", { id: this.view.edition ?? "" })];
            this.view = { ...this.view, edition: null };
          }
          this.#show(this.view, this.notices);
        },
        failed: (error) => this.#failed(error, () => this.#open()),
      },
    );
  }

  #choose(wanted: View, notices: string[] = []): void {
    const { atlas, catalog, scene, picture } = this;
    if (!atlas || !catalog || !scene) return;
    this.playing.stop();
    const { view, notices: refused } = withoutServer(wanted);
    let next = held({ ...view, ...settledGroups(view, this.view) }, this.view);
    const said = [...notices, ...refused];
    const geography = resolveScene(next, atlas, catalog).scene.geography;
    if (geography.id !== scene.geography.id) {
      if (picture) {
        const { areas, notice } = carried(next.areas, picture.areas, geography);
        next = { ...next, areas };
        if (notice) said.push(notice);
      }
      const { within } = next;
      if (within && !geography.parents.some((parent) => parent.geography === within.geography)) {
        next = { ...next, within: null };
      }
    }
    next = withoutDefaults(next, atlas, catalog);
    if (this.isFramed) replaceView(next);
    else pushView(next);
    this.#show(next, said);
  }

  #show(wanted: View, said: string[]): void {
    const { view, notices: refused } = withoutServer(wanted);
    const notices = [...said, ...refused];
    if (this.picture) this.#standing ??= this.view;
    this.view = view;
    this.notices = notices;
    const { atlas, catalog } = this;
    if (!atlas || !catalog) return;
    try {
      const resolved = resolveScene(view, atlas, catalog);
      this.view = settledView(view, resolved.scene, atlas, catalog);
      if (view.at && !isNear(view.at.centre, atlas.bbox)) {
        this.view = { ...this.view, at: null };
        resolved.notices.push(say("map-elsewhere"));
      }
      this.places.need(atlas.edition, resolved.scene.layers);
      const missed = missedBeside(this.view, resolved.scene, catalog);
      this.notices = [...notices, ...resolved.notices, ...missed];
      this.#filter(atlas.edition, resolved.scene);
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
      this.#lead.cancel();
      this.#standing = null;
      this.tint = this.picture;
      this.#ready();
      this.#bringGroups();
      this.#compare(atlas.edition, this.scene ?? scene);
      this.targets.select(atlas.edition, scene);
      return;
    }
    this.#wait();
    this.#ahead.abort();
    const tinted = (tint: Tint) => {
      if (!this.picture) this.tint = tint;
    };
    this.#picture.run((signal) => loadPicture(scene, view, atlas, signal, tinted), {
      done: (picture) => {
        const view = withoutOutdated(this.view, picture.classes);
        if (view) this.#show(view, [...this.notices, say("breaks-outdated")]);
        else this.#paint(picture);
      },
      failed: (error) => {
        const view = this.#withoutWhatIsRefused(error);
        if (view) this.#show(view, [...this.notices, textOf(error)]);
        else if (this.#standing) this.#stay(this.#standing, scene, error);
        else this.#failed(error, () => this.#load(scene));
      },
    });
  }

  /** What was chosen did not come: the page goes on from what is shown. */
  #stay(standing: View, missed: Scene, error: unknown): void {
    const wanted = this.view;
    this.#show({ ...standing, at: wanted.at }, []);
    replaceView(this.view);
    this.#failed(error, () => {
      // What has been selected and moved since stays so.
      const { areas, groups, at } = this.view;
      this.#choose({ ...wanted, areas, groups, at });
    });
    if (this.failure && this.scene) {
      this.failure = { ...this.failure, instead: this.#difference(missed, this.scene) };
    }
  }

  /** Two scenes, named by the first thing that is different of them. */
  #difference(wanted: Scene, shown: Scene): Failure["instead"] {
    const names: ((scene: Scene) => string)[] = [
      ({ indicator }) => indicator.name,
      ({ geography }) => capitalise(geography.plural),
      (scene) => `${scene.indicator.name}, ${this.timeOf(scene)}`,
    ];
    const name = names.find((name) => name(wanted) !== name(shown));
    return name && { wanted: name(wanted), shown: name(shown) };
  }

  /** Asks what passes the filter; one that the server refuses is left out. */
  #filter(edition: string, scene: Scene): void {
    this.filtering.need(edition, scene, {
      done: () => {
        if (this.#bringGroups() && this.scene) this.#compare(edition, this.scene);
      },
      failed: (error) => {
        const groups = this.view.groups.filter((group) => group !== "filter");
        this.#show({ ...this.view, filter: null, groups }, [...this.notices, textOf(error)]);
      },
    });
  }

  /** Selects the areas of the groups that the link names, as far as they are known; whether that changed the selection. */
  #bringGroups(): boolean {
    const { picture, scene } = this;
    if (this.view.groups.length === 0 || !picture || !scene) return false;
    if (picture.key !== pictureKey(scene, this.view)) return false;
    const { areas, groups, notices } = withMembers(this.view, picture, this.filtering.codes);
    const isNew = areas !== this.view.areas;
    if (isNew || notices.length > 0) this.view = { ...this.view, areas, groups };
    if (notices.length > 0) this.notices = [...this.notices, ...notices];
    return isNew;
  }

  /** The view without what the server refused of it, where there is something to leave out. */
  #withoutWhatIsRefused(error: unknown): View | null {
    if (!(error instanceof ApiError) || error.parameter === null) return null;
    if (error.parameter === "within" && this.view.within) return { ...this.view, within: null };
    if (error.parameter === "mode" && this.view.mode !== DEFAULT_VIEW.mode)
      return { ...this.view, mode: DEFAULT_VIEW.mode };
    return withoutRefused(this.view, error.parameter);
  }

  #paint(picture: Picture): void {
    this.#ready();
    this.lit = null;
    this.tint = picture;
    const isOfSameAreas = picture.areas === this.picture?.areas;
    if (this.#isDrawn && isOfSameAreas && picture.scene.geography.shape) this.#lead.begin(picture);
    else this.#arrive(picture);
  }

  /** All but the map speaks of the picture, too. */
  #arrive(picture: Picture): void {
    this.#lead.cancel();
    if (picture.scene.geography.id !== this.picture?.scene.geography.id) {
      this.hovered = null;
      this.focused = null;
      this.#held = NOTHING_HERE;
    }
    this.picture = picture;
    this.#standing = null;
    this.#leaveOutUnknown(picture);
    this.#bringGroups();
    if (!this.atlas || !this.scene) return;
    this.targets.select(this.atlas.edition, this.scene);
    this.beside.measure(this.atlas.edition, picture);
    // What the map can do without must not hold it up.
    if (this.#isDrawn || !picture.scene.geography.shape) this.#follow(picture.scene);
    this.intervals.need(this.atlas.edition, picture);
    if (this.catalog) this.ordering.need(this.atlas.edition, this.catalog, picture.scene);
    this.#compare(this.atlas.edition, this.scene);
  }

  /** Compares the selection, once it is known that its areas of other geographies exist. */
  #compare(edition: string, scene: Scene): void {
    const named = [...scene.areas, ...scene.sets].flatMap(({ geography }) => geography ?? []);
    const others = new Set(named.filter((id) => id !== scene.geography.id));
    if (others.size === 0) {
      this.#others.cancel();
      this.beside.compare(edition, scene);
      return;
    }
    const ask = (signal: AbortSignal) =>
      Promise.all([...others].map((id) => getAreas(edition, id, signal)));
    this.#others.run(ask, {
      done: (answers) => {
        for (const { geography, columns } of answers) {
          const known = new Set(columns.code);
          this.#leaveOut((code) => !known.has(code), geography);
        }
        if (this.scene) this.beside.compare(edition, this.scene);
      },
      failed: () => this.beside.compare(edition, scene),
    });
  }

  #follow(scene: Scene): void {
    if (!this.atlas || !this.catalog) return;
    this.whereabouts.need(this.atlas.edition, scene);
    this.#ahead = new AbortController();
    const views = nextViews(scene, this.view, this.indicators);
    lookAhead(views, this.atlas, this.catalog, this.#ahead.signal);
  }

  /** Codes of a link that this edition does not have are said and not shown. */
  #leaveOutUnknown({ scene, index }: Picture): void {
    this.#leaveOut((code) => !index.has(code), scene.geography.id);
  }

  #leaveOut(isUnknown: (code: string) => boolean, geography: string): void {
    const { areas, set } = this.view;
    const isIn = (of: string | null) => (of ?? this.picture?.scene.geography.id) === geography;
    const isOut = (ref: AreaRef) => isIn(ref.geography) && isUnknown(ref.code);
    const unknown = areas.filter(isOut).map(writeRef);
    const kept = set.map((item) => {
      if (!isIn(item.geography)) return item;
      unknown.push(...item.codes.filter(isUnknown));
      return { ...item, codes: item.codes.filter((code) => !isUnknown(code)) };
    });
    if (unknown.length === 0) return;
    this.view = {
      ...this.view,
      areas: areas.filter((ref) => !isOut(ref)),
      set: kept.filter(({ codes }) => codes.length > 0),
    };
    const said = unknown.slice(0, MAX_SAID);
    const codes = [...said, ...(unknown.length > MAX_SAID ? ["…"] : [])].join(", ");
    this.notices = [
      ...this.notices,
      say("not-among", { areas: this.#geographyName(geography), codes }),
    ];
  }

  #geographyName(id: string): string {
    return this.catalog?.geographies.find((item) => item.id === id)?.plural ?? id;
  }

  #failed(error: unknown, retry: () => void): void {
    this.#ready();
    this.withdrawn = error instanceof Withdrawn;
    const isGone = error instanceof ApiError && error.parameter === "edition";
    if (this.withdrawn) this.failure = { text: textOf(error), retry: null };
    else if (isGone)
      this.failure = { text: say("edition-withdrawn"), retry: () => showNewest(this.view) };
    else this.failure = { text: textOf(error), retry };
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

/** Whether a place lies in or around a box, no further from it than the box is wide. */
function isNear([lon, lat]: LonLat, [west, south, east, north]: Bbox): boolean {
  const [across, down] = [east - west, north - south];
  return lon >= west - across && lon <= east + across && lat >= south - down && lat <= north + down;
}
