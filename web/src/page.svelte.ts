// The state of the page. What a reader chooses lives in the address (view.ts); this holds what
// was loaded for it. Parts with a life of their own have files of their own: where the pointer is (pointing),
// how areas are selected (selecting), and that something is waited for (waiting).

import { lookAhead, nextViews } from "./ahead";
import { getAreas, getCatalog } from "./api";
import { Beside } from "./beside.svelte";
import { Playing } from "./choose/playing.svelte";
import { Filtering } from "./choosing/filtering.svelte";
import { inOrder, listed, settledGroups, withMembers } from "./choosing/groups";
import { Sketch } from "./choosing/sketch.svelte";
import { unknownWords, withoutUnknown } from "./choosing/unknown";
import type { Atlas, Bbox, Catalog, Neighbours } from "./contract";
import { textOf } from "./failure";
import { Finding } from "./finding";
import { Following } from "./following";
import { PictureIntervals } from "./intervals.svelte";
import { latest } from "./latest";
import { Lead } from "./lead";
import { forAnotherIndicator, withoutOutdated } from "./legend/asked";
import { worstAreas } from "./list";
import { refusedOf, shownInstead, withoutWhatIsRefused } from "./missed";
import { besideOf, missedBeside, type Beside as Paired } from "./modes/besides";
import { SecondMap } from "./modes/second.svelte";
import { Neighbourhood } from "./neighbourhood";
import { Ordering } from "./ordering.svelte";
import { periodName } from "./periods";
import { loadPicture, type Picture, pictureKey, type Tint } from "./picture";
import { Places } from "./places/places.svelte";
import { Pointing } from "./pointing.svelte";
import { coloursOf } from "./scale";
import {
  geographyFor,
  indicatorsInOrder,
  isNear,
  resolveScene,
  type Scene,
  settledView,
  withoutDefaults,
} from "./scene";
import { Selecting } from "./selecting.svelte";
import { elsewhere, leftBehind } from "./selection";
import { openEdition, watchNewest } from "./share/editions";
import { held } from "./share/lock";
import { withoutServer } from "./site";
import { Targets } from "./targets.svelte";
import {
  type AreaRef,
  currentView,
  type Lock,
  onViewChange,
  type Position,
  pushView,
  replaceView,
  showNewest,
  speaks,
  type View,
  writeView,
} from "./view";
import { Waiting } from "./waiting.svelte";
import { Whereabouts } from "./whereabouts.svelte";
import { say } from "./words";

export class Page {
  /** `isFramed`: it stands in a page of somebody else, whose history is not ours. */
  constructor(readonly isFramed = false) {}

  view = $state.raw<View>(currentView().view);
  readonly pointing = new Pointing();
  readonly waiting = new Waiting();
  readonly filtering = new Filtering();
  atlas = $state.raw<Atlas | null>(null);
  catalog = $state.raw<Catalog | null>(null);
  /** The id of the newest edition, which may be newer than the one that is shown. */
  newest = $state<string | null>(null);
  picture = $state.raw<Picture | null>(null);
  /** What the map is coloured by: it comes before the picture. */
  tint = $state.raw<Tint | null>(null);
  notices = $state.raw<string[]>([]);

  /** The places of the layers that are switched on. */
  shownPlaces = $derived(this.view.layers.flatMap((id) => this.places.loaded.get(id) ?? []));
  /** The class that the legend points at. */
  lit = $state<number | null>(null);
  /** An area, several or a place that the map should go to, or only bring into sight; a new object is a new request. */
  goTo = $state.raw<
    | { area: number }
    | { around: readonly number[] }
    | { reveal: number }
    | { bbox: Bbox }
    | { at: Position }
    | { home: true }
    | null
  >(null);

  readonly selecting = new Selecting(this, (view) => this.#choose(view));
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
  /** Of each area of the picture whether it passes the view's filter; `null` without one, and until it is known. */
  passing = $derived.by<boolean[] | null>(() => {
    const { found, codes } = this.filtering;
    const areas = this.picture?.areas;
    if (!areas || !codes || found?.geography !== areas.geography) return null;
    return areas.columns.code.map((code) => codes.has(code));
  });
  /** The five worst areas, which the map points out while nothing is selected. */
  worst = $derived(this.picture ? worstAreas(this.picture.classes.rank.values) : []);
  /** The area that the card speaks of. */
  shown = $derived<number | null>(
    this.pointing.hovered ?? this.pointing.focused ?? this.selecting.foremost,
  );

  /** What areas are held against. */
  readonly beside = new Beside();
  /** Whether what is compared is what is selected: its answer may be on its way. */
  isCompared = $derived(this.beside.isOf(this.view.areas));
  readonly intervals = new PictureIntervals();
  readonly ordering = new Ordering();
  readonly targets = new Targets();
  readonly playing = new Playing(this);
  readonly places = new Places();
  readonly whereabouts = new Whereabouts();
  readonly sketch = new Sketch();
  #neighbourhood = new Neighbourhood();

  #picture = latest();
  #lead = new Lead<Picture>((picture) => this.#arrive(picture));
  #others = latest();
  readonly #following = new Following(this);
  readonly finding = new Finding(this, this.#following, {
    choose: (view, notices) => this.#choose(view, notices),
    failed: (error, retry) => this.#failed(error, retry),
  });
  #ahead = new AbortController();
  #isDrawn = false;
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
      const { view, notices } = this.#addressed();
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
        period: beside.period ?? (keepsPeriod ? this.view.period : null),
      },
      geography === present
        ? []
        : [
            say("shown-elsewhere", {
              indicator: indicator.name,
              wanted: this.scene.geography.distinct_plural,
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

  /** A click selects the area; where areas overlap, the next click passes the selection on. */
  press(areas: readonly number[]): void {
    const { from, to } = this.pointing.press(areas);
    if (to === null) return;
    const isLetGo = from === null && this.selecting.has(to);
    if (from === null) this.selecting.toggle(to);
    else this.selecting.pass(from, to);
    // The card speaks no longer of what was let go.
    if (isLetGo) this.pointing.focused = null;
  }

  // Not choices.

  moved(at: Position | null): void {
    if (this.isLocked("at")) return;
    const next = { ...this.view, at };
    // An address that says nothing stays so while the map lies as it opened.
    if (!speaks(window.location.search) && writeView(next) === writeView(this.view)) return;
    this.view = next;
    replaceView(this.view);
  }

  /** Opens the newest edition, whose classes are of other figures, and whose first indicator may be another. */
  showNewest(): void {
    const { scene } = this;
    showNewest({ ...listed(this.view), ...(scene && { indicator: scene.indicator.id }) });
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
      this.waiting.failure = null;
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

  /** The neighbours of the shown geography, asked for once the keyboard is at the map. */
  needNeighbours(): Neighbours | null {
    const geography = this.picture?.scene.geography;
    return geography && this.atlas
      ? this.#neighbourhood.need(this.atlas.edition, geography.id)
      : null;
  }

  /** Where the areas lie, which otherwise waits until they are drawn. */
  needWhereabouts(): void {
    if (this.picture && this.atlas) this.whereabouts.need(this.atlas.edition, this.picture.scene);
  }

  #open(): void {
    this.waiting.begin();
    this.waiting.failure = null;
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
          const { view, notices } = this.#addressed();
          const gone = isMissing ? [say("edition-not-held", { id: view.edition ?? "" })] : [];
          this.#show({ ...view, edition: isMissing ? null : view.edition }, [...notices, ...gone]);
          // The address goes on naming no edition that there is not.
          if (isMissing) replaceView(this.view);
        },
        failed: (error) => this.#failed(error, () => this.#open()),
      },
    );
  }

  /** The view of the address. What opens first does so as far as there are files for it, and nobody asked for more. */
  #addressed(): { view: View; notices: string[] } {
    const { view, notices } = currentView(this.atlas?.view);
    return { view: speaks(window.location.search) ? view : withoutServer(view).view, notices };
  }

  #choose(wanted: View, notices: string[] = []): void {
    const { atlas, catalog, scene } = this;
    if (!atlas || !catalog || !scene) return;
    this.playing.stop();
    this.#following.cancel();
    this.finding.forget();
    this.selecting.hold();
    const { view, notices: refused } = withoutServer(wanted);
    const { notices: letGo, ...settled } = settledGroups(view, this.view);
    const next = held({ ...view, ...settled }, this.view);
    const said = [...notices, ...refused, ...letGo];
    const to = resolveScene(next, atlas, catalog).scene;
    const { view: moved, left } = elsewhere(next, scene.geography.id, to);
    if (left.size === 0) {
      this.#take(moved, said);
      return;
    }
    this.#following.carry(moved.areas, left, to.geography, {
      done: (areas, notices) => this.#take({ ...moved, areas }, [...said, ...notices]),
      failed: (error) => this.#failed(error, () => this.#choose(wanted, notices)),
    });
  }

  /** What was chosen is what is shown from now on. */
  #take(chosen: View, said: string[]): void {
    const { atlas, catalog } = this;
    if (!atlas || !catalog) return;
    this.#show(withoutDefaults(chosen, atlas, catalog), said);
    // The address says what is shown, with what these areas do not have set right.
    if (this.isFramed) replaceView(this.view);
    else pushView(this.view);
  }

  #show(wanted: View, said: string[]): void {
    this.#following.cancel();
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
      if (!this.#followsLink(resolved.scene)) this.#load(resolved.scene);
    } catch (error) {
      this.#failed(error, () => this.#open());
    }
  }

  /** Whether a link selects areas of a geography that the indicator is not published for: then others stand for them. */
  #followsLink(scene: Scene): boolean {
    const left = leftBehind(scene.areas, scene.indicator, scene.geography.id);
    if (left.size === 0) return false;
    this.#following.carry(scene.areas, left, scene.geography, {
      done: (areas, notices) => {
        this.#show({ ...this.view, areas }, [...this.notices, ...notices]);
        replaceView(this.view);
      },
      failed: (error) => this.#failed(error, () => this.#show(this.view, this.notices)),
    });
    return true;
  }

  #load(scene: Scene): void {
    const { atlas, view } = this;
    if (!atlas) return;
    this.waiting.failure = null;
    if (this.picture?.key === pictureKey(scene, view)) {
      // Whatever was on its way is no longer wanted.
      this.#picture.cancel();
      this.#lead.cancel();
      this.#standing = null;
      this.tint = this.picture;
      this.waiting.end();
      this.#orderSelection(this.picture);
      this.#bringGroups();
      this.#compare(atlas.edition, this.scene ?? scene);
      this.targets.select(atlas.edition, scene);
      return;
    }
    this.waiting.begin();
    this.#ahead.abort();
    const tinted = (tint: Tint) => {
      if (!this.picture) this.tint = tint;
    };
    this.#picture.run((signal) => loadPicture(scene, view, atlas, signal, tinted), {
      done: (picture) => {
        const view = withoutOutdated(this.view, picture.classes);
        if (view) this.#goOnWith(view, say("breaks-outdated"));
        else this.#paint(picture);
      },
      failed: (error) => {
        const view = withoutWhatIsRefused(this.view, error);
        if (view) this.#goOnWith(view, textOf(error));
        else if (this.#standing) this.#stay(this.#standing, scene, error);
        else this.#failed(error, () => this.#load(scene));
      },
    });
  }

  /** The view without something of it that cannot be shown; classes of the map that was asked for go with it. */
  #goOnWith(view: View, why: string): void {
    const { notices, ...settled } = settledGroups(view, this.view);
    this.#show({ ...view, ...settled }, [...this.notices, why, ...notices]);
    replaceView(this.view);
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
    const { failure } = this.waiting;
    if (failure && this.scene) {
      const instead = shownInstead(missed, this.scene, (scene) => this.timeOf(scene));
      this.waiting.failure = { ...failure, instead };
    }
  }

  /** Asks what passes the filter; one that the server refuses is left out. */
  #filter(edition: string, scene: Scene): void {
    this.filtering.need(edition, scene, {
      done: () => {
        if (this.#bringGroups() && this.scene) this.#compare(edition, this.scene);
      },
      failed: (error) => {
        const refused = refusedOf(error);
        // A place that there is not is told with the picture.
        if (refused === "within") return;
        if (refused !== "filter") {
          this.#failed(error, () => this.#filter(edition, scene));
          return;
        }
        const groups = this.view.groups.filter((group) => group !== "filter");
        const said = say("filter-not-applied", { why: textOf(error) });
        this.#show({ ...this.view, filter: null, groups }, [...this.notices, said]);
        replaceView(this.view);
      },
    });
  }

  /** Puts the selected areas into their order by what is shown, where they are many. */
  #orderSelection(picture: Picture): void {
    const areas = inOrder(this.view.areas, picture);
    if (areas !== this.view.areas) this.view = { ...this.view, areas };
  }

  /** Selects the areas of the groups that the link names, as far as they are known; whether that changed the selection. */
  #bringGroups(): boolean {
    const { picture, scene } = this;
    if (this.view.groups.length === 0 || !picture || !scene) return false;
    if (picture.key !== pictureKey(scene, this.view)) return false;
    // Without a filter nothing passes it.
    const passing = this.view.filter === null ? new Set<string>() : this.filtering.codes;
    const { areas, groups, notices } = withMembers(this.view, picture, passing);
    const isNew = areas !== this.view.areas;
    if (isNew || notices.length > 0) this.view = { ...this.view, areas, groups };
    if (notices.length > 0) this.notices = [...this.notices, ...notices];
    return isNew;
  }

  #paint(picture: Picture): void {
    this.waiting.end();
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
      this.pointing.leave();
    }
    this.picture = picture;
    this.#standing = null;
    this.#leaveOutUnknown(picture);
    this.finding.arrive(picture);
    this.#orderSelection(picture);
    if (this.#bringGroups() && this.view.scope === "selection") {
      // Classes of the selection: those that it was named by are no more, so that it lists its areas.
      this.#show(listed(this.view), this.notices);
      replaceView(this.view);
    }
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
    const shown = this.picture?.scene.geography.id;
    const { unknown, ...known } = withoutUnknown(this.view, isUnknown, geography, shown);
    if (unknown.length === 0) return;
    this.view = { ...this.view, ...known };
    this.notices = [...this.notices, unknownWords(unknown, this.#geographyName(geography))];
  }

  #geographyName(id: string): string {
    return this.catalog?.geographies.find((item) => item.id === id)?.distinct_plural ?? id;
  }

  #failed(error: unknown, retry: () => void): void {
    this.waiting.fail(error, retry, () => this.showNewest());
  }
}
