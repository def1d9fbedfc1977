// What the one field answers to a few letters: fetched when somebody begins to write.

import { ApiError, findAreas, isAbort, locatePostcode } from "../api";
import { nameOf } from "../areas";
import { findThemes, fold, themeGroups } from "../choose/find";
import type { Atlas, Catalog, Geography } from "../contract";
import { countOf } from "../format";
import type { Page } from "../page.svelte";
import { periodName } from "../periods";
import { placesCalled } from "../places/order";
import { isPublishedFor, type Scene } from "../scene";
import { say } from "../words";
import { comeTo } from "./come";
import { beginsPostcode, isPostcode, postcodeGroup } from "./postcode";
import { exactFirst, groupSuggestions, placeSuggestions, type SuggestionGroup } from "./suggest";
import { findInTime } from "./timed";

export interface Answer {
  query: string;
  groups: readonly SuggestionGroup[];
  /** What stands below them once it has come: the places of layers, of which each is fetched as a whole. */
  later?: Promise<readonly SuggestionGroup[]>;
  /** What could not be searched. */
  failure: string | null;
  /** What is said where nothing was found. */
  nothing: string;
  /** What is done with what was chosen. */
  comeTo?: typeof comeTo;
}

const MOST_AREAS = 8;
const MOST_PLACES = 3;
/** Fewer letters would be in the names of too many. */
const LEAST_LETTERS = 3;
/** A larger layer would take long to come: it is searched where it is switched on (places/List.svelte). */
const MOST_IN_LAYER = 5000;
const MOST_INDICATORS = 5;
const MOST_THEMES = 3;

export async function answerTo(page: Page, query: string, signal: AbortSignal): Promise<Answer> {
  const { atlas, catalog, scene } = page;
  if (!atlas || !catalog || !scene)
    return { query, groups: [], failure: null, nothing: "", comeTo };
  const byTheme = themeGroups(catalog);
  const { parent } = scene;
  const parents = page.picture?.parentAreas ?? null;
  const known = {
    parent,
    parentNames: new Map(
      parents?.columns.code.map((code, i) => [code, nameOf(parents, i).first]) ?? [],
    ),
    whole: wholeCalled(page, scene, query),
    layers: catalog.points.filter(({ name }) => isCalled(name, query)).slice(0, MOST_PLACES),
    indicators: findInTime(
      byTheme,
      query,
      MOST_INDICATORS,
      scene.geography.id,
      catalog.period_names,
    ),
    periodName: (period: string) => periodName(period, catalog.period_names),
    themes: findThemes(byTheme, query, MOST_THEMES),
  };
  const nothing = nothingFound(query, catalog.postcodes);
  const find = async ({ id }: { id: string }) =>
    (await findAreas(atlas.edition, id, query, signal)).areas;
  const points = pointsCalled(page, atlas, catalog, query, known);
  try {
    const [areas, places, others, postcode] = await Promise.all([
      find(scene.geography),
      parent ? find(parent) : [],
      Promise.all(
        othersOf(scene, catalog, page).map(async (geography) => {
          // Without those of one, all others are still worth having.
          const areas = await find(geography).catch((error) => {
            if (isAbort(error)) throw error;
            return [];
          });
          return { geography, areas };
        }),
      ),
      located(atlas, catalog, query, signal),
    ]);
    const here = new Set(areas.map(({ code }) => code));
    const groups = groupSuggestions({
      ...known,
      areas: areas.slice(0, MOST_AREAS),
      hasMore: areas.length > MOST_AREAS,
      places: places.slice(0, MOST_PLACES),
      others: others.map(({ geography, areas }) => {
        // Of two vintages that both have an area, the one that is shown.
        const isShown = isPublishedFor(scene.indicator, geography.id);
        const rest = areas.filter(({ code }) => isShown || !here.has(code));
        return { geography, areas: rest.slice(0, MOST_PLACES) };
      }),
    });
    const all = postcode ? [postcodeGroup(postcode, scene.geography.id), ...groups] : groups;
    const found = exactFirst(all, query);
    if (found.length > 0)
      return { query, groups: found, later: points, failure: null, nothing, comeTo };
    return { query, groups: exactFirst(await points, query), failure: null, nothing, comeTo };
  } catch (error) {
    if (isAbort(error)) throw error;
    const groups = groupSuggestions({
      ...known,
      parent: null,
      areas: [],
      places: [],
      others: [],
    });
    const failure = error instanceof ApiError ? error.message : say("areas-not-searched");
    return { query, groups, failure, nothing, comeTo };
  }
}

/** Whether every word of a query begins a word of a name. */
function isCalled(name: string, query: string): boolean {
  const own = fold(name).split(" ");
  const words = fold(query).split(" ").filter(Boolean);
  return words.length > 0 && words.every((word) => own.some((other) => other.startsWith(word)));
}

/** All of the atlas, unless what is shown is locked to a part of it. */
function wholeCalled(page: Page, { geography }: Scene, query: string) {
  const name = page.atlas?.place ?? "";
  if (page.isLocked("within") || !isCalled(name, query)) return null;
  const { count, singular, plural } = geography;
  return { name, detail: countOf(count, singular, plural) };
}

const located = async (atlas: Atlas, catalog: Catalog, query: string, signal: AbortSignal) =>
  catalog.postcodes && isPostcode(query) ? locatePostcode(atlas.edition, query, signal) : null;

/** Places of every layer, by name. */
async function pointsCalled(
  page: Page,
  atlas: Atlas,
  catalog: Catalog,
  query: string,
  known: Parameters<typeof placeSuggestions>[2],
): Promise<SuggestionGroup[]> {
  const layers = catalog.points.filter(
    ({ count }) => query.length >= LEAST_LETTERS && count <= MOST_IN_LAYER,
  );
  const groups = await Promise.all(
    layers.map(async ({ id, name }) => {
      // Without them all else is still worth having.
      const places = await page.places.of(atlas.edition, id).catch(() => []);
      return placeSuggestions(name, placesCalled(places, query).slice(0, MOST_PLACES), known);
    }),
  );
  return groups.filter(({ items }) => items.length > 0);
}

/** The geographies of all other areas: theirs are shown in place of these, or the areas of these that stand for one. */
function othersOf(scene: Scene, catalog: Catalog, page: Page): Geography[] {
  if (page.isLocked("geography")) return [];
  return catalog.geographies.filter(
    ({ id, shape }) => shape && id !== scene.geography.id && id !== scene.parent?.id,
  );
}

function nothingFound(text: string, hasPostcodes: boolean): string {
  if (hasPostcodes && beginsPostcode(text)) return say("postcode-begun", { text });
  return isPostcode(text) ? say("no-postcodes", { text }) : say("nothing-found", { text });
}
