// How areas come to be selected and let go. What is selected stands in the view; each change is one step in
// the history.

import { joinedBy, tooMany, withoutGroup, worstFirst } from "./choosing/groups";
import type { Showing } from "./modes/showing";
import type { Page } from "./page.svelte";
import { isPacked, isTooMany, MOST_MEMBERS, writeGroup } from "./ref";
import { passed, toggled } from "./selection";
import { type AreaRef, DEFAULT_VIEW, sameRef, type View } from "./view";
import { say } from "./words";

export class Selecting {
  readonly #page: Page;
  readonly #choose: (view: View) => void;

  constructor(page: Page, choose: (view: View) => void) {
    this.#page = page;
    this.#choose = choose;
  }

  /** Indices of the selected areas that the map can show. */
  indices = $derived.by<number[]>(() => {
    const { picture, scene, view } = this.#page;
    if (!picture) return [];
    // Before its picture has come, the view may be of other areas than those on the map.
    return view.areas.flatMap((ref) =>
      (ref.geography ?? scene?.geography.id) === picture.scene.geography.id
        ? (picture.index.get(ref.code) ?? [])
        : [],
    );
  });
  /** Those that have an outline: the selected areas, and the members of the reader's sets. */
  outlined = $derived.by<number[]>(() => {
    const { picture, scene } = this.#page;
    const sets = scene?.sets.filter(({ geography }) => geography === picture?.scene.geography.id);
    if (!picture || !sets?.length) return this.indices;
    const members = sets.flatMap(({ codes }) =>
      codes.flatMap((code) => picture.index.get(code) ?? []),
    );
    return [...new Set([...this.indices, ...members])];
  });
  #known = $derived(new Set(this.indices));
  /** The code of the area that was selected last; of a set the worst. */
  #last = $state<string | null>(null);
  /** The one selected area that is spoken of where no area is pointed at. */
  foremost = $derived.by<number | null>(() => {
    const { picture, view } = this.#page;
    const last = this.#last === null ? null : picture?.index.get(this.#last);
    if (last != null && this.has(last)) return last;
    // The areas of a group stand worst first, and so do very many.
    const isOrdered = view.groups.length > 0 || isPacked(view.areas);
    return this.indices.at(isOrdered ? 0 : -1) ?? null;
  });

  /** The card goes on to speak of the same area, as long as that is selected. */
  hold(): void {
    const { foremost } = this;
    if (foremost !== null) this.#last = this.#page.codesOf([foremost])[0] ?? null;
  }

  has(index: number): boolean {
    return this.#known.has(index);
  }

  /** The number of a selected area: its place among all that are selected, also those of other geographies. */
  numberOf(index: number): number {
    const { view, scene, picture } = this.#page;
    const [code] = this.#page.codesOf([index]);
    const isOfPicture = ({ geography }: AreaRef) =>
      (geography ?? scene?.geography.id) === picture?.scene.geography.id;
    return view.areas.findIndex((ref) => ref.code === code && isOfPicture(ref)) + 1;
  }

  hasClass(index: number): boolean {
    return this.#page.view.groups.includes(writeGroup({ kind: "class", index }));
  }

  /** `beside` is what else is chosen with it. */
  toggle(index: number, beside: Partial<View> = {}): void {
    const ref = this.#refOf(index);
    if (ref) this.toggleRef(ref, beside);
  }

  toggleRef(ref: AreaRef, beside: Partial<View> = {}): void {
    if (this.#page.isLocked("areas")) return;
    const { view } = this.#page;
    const areas = toggled(view.areas, ref);
    if (isTooMany(areas)) {
      this.#page.notices = [say("at-most", { n: MOST_MEMBERS })];
      return;
    }
    this.#choose({ ...view, ...beside, areas });
    this.#last = areas.length > view.areas.length ? ref.code : null;
  }

  /** Selects an area, unless it is. */
  bring(code: string): void {
    const ref = { geography: null, code };
    if (!this.#page.view.areas.some((other) => sameRef(other, ref))) this.toggleRef(ref);
  }

  /** The selection goes from one area to another at the same place. */
  pass(from: number, to: number): void {
    const [before, after] = [this.#refOf(from), this.#refOf(to)];
    if (!before || !after) return;
    const { view } = this.#page;
    this.#choose({ ...view, areas: passed(view.areas, before, after) });
  }

  /**
   * Selects areas of the shown geography, the worst first, alone or beside those that are selected; `group`
   * is what the link may name in their place.
   */
  select(codes: readonly string[], group: string | null = null, adds = false): void {
    const { picture, view } = this.#page;
    if (!picture) return;
    const { areas, groups } = adds ? view : DEFAULT_VIEW;
    const ordered = worstFirst(codes, picture);
    const all = joinedBy(areas, ordered, group);
    if (isTooMany(all)) {
      this.#page.notices = [tooMany(all.length)];
      return;
    }
    this.#choose({ ...view, areas: all, groups: [...groups, ...(group ? [group] : [])] });
    this.#last = ordered[0] ?? null;
  }

  /** Selects areas of any geography, such as those of a set, in place of what is selected. */
  selectOf(geography: string, codes: readonly string[]): void {
    if (geography === this.#page.scene?.geography.id) {
      this.select(codes);
      return;
    }
    const areas = codes.map((code) => ({ geography, code }));
    this.#choose({ ...this.#page.view, areas, groups: [] });
  }

  /** Selects the areas of a class of the page's own map, or lets them go. */
  toggleClass(index: number, adds = false): void {
    const { view } = this.#page;
    const group = writeGroup({ kind: "class", index });
    if (!view.groups.includes(group)) this.#selectClass(this.#page, index, group, adds);
    else if (!this.#page.isLocked("areas")) this.#choose({ ...view, ...withoutGroup(view, group) });
  }

  /** Selects the areas of a class of another map. */
  selectClassOf(showing: Showing, index: number, adds = false): void {
    this.#selectClass(showing, index, null, adds);
  }

  clear(): void {
    const { view } = this.#page;
    if (view.areas.length + view.groups.length > 0)
      this.#choose({ ...view, areas: [], groups: [] });
  }

  #selectClass(
    { picture }: Pick<Showing, "picture">,
    index: number,
    group: string | null,
    adds: boolean,
  ): void {
    if (!picture || this.#page.isLocked("areas")) return;
    const { areas, classes } = picture;
    const codes = areas.columns.code.filter((_, i) => classes.classes[i] === index);
    // The card speaks of the class now.
    this.#page.pointing.focused = null;
    if (codes.length > 0) this.select(codes, group, adds);
  }

  #refOf(index: number): AreaRef | null {
    const { picture, scene } = this.#page;
    const code = picture?.areas.columns.code[index];
    if (!picture || code === undefined) return null;
    // What is clicked is of the areas on the map, whatever is on its way.
    const { id } = picture.scene.geography;
    return { geography: id === scene?.geography.id ? null : id, code };
  }
}
