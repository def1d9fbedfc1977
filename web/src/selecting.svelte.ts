// How areas come to be selected and let go. What is selected stands in the view; each change is one step in
// the history.

import { joinedBy, tooMany, withoutGroup } from "./choosing/groups";
import type { Showing } from "./modes/showing";
import type { Page } from "./page.svelte";
import { isTooMany, MOST_MEMBERS, writeGroup } from "./ref";
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
    const { picture, view } = this.#page;
    if (!picture) return [];
    return view.areas.flatMap((ref) =>
      (ref.geography ?? picture.scene.geography.id) === picture.scene.geography.id
        ? (picture.index.get(ref.code) ?? [])
        : [],
    );
  });
  #known = $derived(new Set(this.indices));

  has(index: number): boolean {
    return this.#known.has(index);
  }

  hasClass(index: number): boolean {
    return this.#page.view.groups.includes(writeGroup({ kind: "class", index }));
  }

  toggle(index: number): void {
    const ref = this.#refOf(index);
    if (ref) this.toggleRef(ref);
  }

  toggleRef(ref: AreaRef): void {
    if (this.#page.isLocked("areas")) return;
    const { view } = this.#page;
    const areas = toggled(view.areas, ref);
    if (isTooMany(areas)) {
      this.#page.notices = [say("at-most", { n: MOST_MEMBERS })];
      return;
    }
    this.#choose({ ...view, areas });
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
   * Selects areas of the shown geography, alone or beside those that are selected; `group` is what the
   * link may name in their place.
   */
  select(codes: readonly string[], group: string | null = null, adds = false): void {
    const { view } = this.#page;
    const { areas, groups } = adds ? view : DEFAULT_VIEW;
    const all = joinedBy(areas, codes, group);
    if (isTooMany(all)) this.#page.notices = [tooMany(all.length)];
    else this.#choose({ ...view, areas: all, groups: [...groups, ...(group ? [group] : [])] });
  }

  /** Selects areas of any geography, such as those of a set, in place of what is selected. */
  selectOf(geography: string, codes: readonly string[]): void {
    const own = geography === this.#page.scene?.geography.id ? null : geography;
    const areas = codes.map((code) => ({ geography: own, code }));
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
    if (codes.length > 0) this.select(codes, group, adds);
  }

  #refOf(index: number): AreaRef | null {
    const code = this.#page.picture?.areas.columns.code[index];
    return code === undefined ? null : { geography: null, code };
  }
}
