// What the search found is come to: an area, one of another geography, or what stands for it where nothing is published
// there, or a place.

import { nameOf } from "./areas";
import type { Geography } from "./contract";
import type { Following } from "./following";
import { countOf } from "./format";
import type { Page } from "./page.svelte";
import type { Picture } from "./picture";
import { NEAR_ZOOM, type Place } from "./places/places.svelte";
import { isTooMany, MOST_MEMBERS } from "./ref";
import { isPublishedFor, type Scene } from "./scene";
import { type AreaRef, sameRef, type View } from "./view";
import { say } from "./words";

/** What the page does for it. */
interface Doing {
  choose(view: View, notices?: string[]): void;
  failed(error: unknown, retry: () => void): void;
}

export class Finding {
  readonly #page: Page;
  readonly #following: Following;
  readonly #doing: Doing;
  /** What is come to once its picture is there. */
  #sought: AreaRef | null = null;

  constructor(page: Page, following: Following, doing: Doing) {
    this.#page = page;
    this.#following = following;
    this.#doing = doing;
  }

  /** An area on the map: shown there, and selected. */
  area(code: string): void {
    const { picture, view } = this.#page;
    const index = picture?.index.get(code);
    if (!picture || index === undefined) return;
    if (this.#page.isInside(index)) {
      this.#page.selecting.bring(code);
      this.#comeTo(index);
      return;
    }
    const areas = this.#besides([{ geography: null, code }]);
    if (!areas) return;
    this.#doing.choose({ ...view, ...this.#widened([index]), areas }, this.#outside([index]));
    this.#sought = { geography: picture.scene.geography.id, code };
  }

  /**
   * The same of an area of another geography, which is then shown; the map and the card come to it with its picture.
   * Where what is shown is not published there, the areas of this geography that stand for it are found.
   */
  elsewhere(geography: string, code: string): void {
    const { catalog, scene, view } = this.#page;
    const found = { geography, code };
    const of = catalog?.geographies.find(({ id }) => id === geography);
    if (scene && of && !isPublishedFor(scene.indicator, geography)) {
      this.#instead(found, of, scene);
      return;
    }
    const areas = this.#besides([found]);
    if (!areas) return;
    this.#doing.choose({ ...view, geography, areas });
    this.#sought = found;
  }

  /** One of a layer of places: the layer is switched on, and the map goes there. */
  place(place: Place): void {
    const { layers } = this.#page.view;
    if (!layers.includes(place.layer)) this.#page.change({ layers: [...layers, place.layer] });
    this.#page.places.marked = place;
    const at = { centre: place.at, zoom: NEAR_ZOOM };
    this.#page.goTo = { at };
    // Going there is no movement of the reader's: the link would not have it.
    this.#page.moved(at);
    const { picture } = this.#page;
    const areas = (picture && place.areas[picture.scene.geography.id]) ?? [];
    const around = areas.flatMap((code) => picture?.index.get(code) ?? []);
    const [area] = around;
    if (area === undefined) return;
    this.#page.pointing.hovered = null;
    this.#page.pointing.arriveAt(area, around);
    this.#page.pointing.told = { area, place: place.name };
  }

  /** Another choice was made meanwhile. */
  forget(): void {
    this.#sought = null;
  }

  /** A picture has come: perhaps that of what is sought. */
  arrive({ scene, index }: Picture): void {
    const sought = this.#sought;
    // The picture of what was chosen before may be on its way, too.
    if (sought?.geography !== scene.geography.id) return;
    this.#sought = null;
    const area = index.get(sought.code);
    if (area === undefined) return;
    if (this.#page.isInside(area)) this.#comeTo(area);
    else this.area(sought.code);
  }

  #instead(found: AreaRef, of: Geography, scene: Scene): void {
    const { indicator, geography } = scene;
    this.#following.carry([found], new Set([of.id]), geography, {
      done: (instead, notices) => {
        this.#page.waiting.end();
        const areas = this.#besides(instead);
        if (!areas) return;
        const n = instead.length;
        const told = say("found-instead", {
          indicator: indicator.name,
          wanted: of.distinct_plural,
          areas: countOf(n, geography.distinct_singular, geography.distinct_plural),
        });
        const indices = instead.flatMap(({ code }) => this.#page.picture?.index.get(code) ?? []);
        this.#doing.choose({ ...this.#page.view, ...this.#widened(indices), areas }, [
          ...(n > 0 ? [told] : notices),
          ...this.#outside(indices),
        ]);
        const [first, ...others] = indices;
        if (first !== undefined && others.length === 0) this.#comeTo(first);
        else if (first !== undefined) this.#page.goTo = { around: indices };
      },
      failed: (error) => this.#doing.failed(error, () => this.#instead(found, of, scene)),
    });
  }

  /** What is selected, and others; `null`, and said, where that is too much. */
  #besides(found: readonly AreaRef[]): AreaRef[] | null {
    const { areas } = this.#page.view;
    const isNew = (ref: AreaRef) => !areas.some((other) => sameRef(other, ref));
    const all = [...areas, ...found.filter(isNew)];
    if (!isTooMany(all)) return all;
    this.#page.notices = [say("at-most", { n: MOST_MEMBERS })];
    return null;
  }

  /** No longer limited to a place that what is found does not lie in: it would be grey, and without rank. */
  #widened(found: readonly number[]): Partial<View> {
    return found.every((area) => this.#page.isInside(area)) ? {} : { within: null };
  }

  /** That the view is no longer limited. */
  #outside(found: readonly number[]): string[] {
    const { picture, atlas } = this.#page;
    const area = found.find((index) => !this.#page.isInside(index));
    if (!picture || area === undefined) return [];
    return [
      say("found-outside", {
        area: nameOf(picture.areas, area).first,
        place: picture.classes.rank.scope,
        whole: atlas?.place ?? "",
      }),
    ];
  }

  /** The card speaks of the area, and the map goes there. */
  #comeTo(area: number): void {
    this.#page.pointing.hovered = null;
    this.#page.pointing.arriveAt(area, [area]);
    this.#page.pointing.told = { area };
    this.#page.goTo = { area };
  }
}
