// Where what is shown comes from, in the words that stand below every copy, picture and print.

import { readFilter } from "../choosing/conditions";
import type { Atlas } from "../contract";
import { formatDate } from "../format";
import { MAX_PINS } from "../map";
import { mapsOf, type Showing } from "../modes/showing";
import type { Page } from "../page.svelte";
import { isOfFiles, pageOf } from "../site";
import { type View, writeView } from "../view";
import { say } from "../words";
import { sentence, sourcesOf } from "./sources";

/** What is shown, in one line: the indicator and its period; of two maps those of each. */
export function subjectOf(page: Page): string {
  return mapsOf(page)
    .map((showing) => subjectOfMap(page, showing))
    .join(" · ");
}

export function subjectOfMap(page: Page, { picture }: Showing): string {
  const scene = picture?.scene;
  return scene
    ? say("subject", { indicator: scene.indicator.name, period: page.timeOf(scene) })
    : "";
}

/** What the areas are filtered by, with what was found. */
export function filterOf(page: Page): string[] {
  return page.filtering.found ? [page.filtering.found.sentence] : [];
}

/** What is selected: how many areas lie where, with their people, and of few what each has. */
export function selectionWords({ beside: { comparison }, isCompared }: Page): string[] {
  if (!comparison || !isCompared) return [];
  const { areas, spread, sentence } = comparison;
  const where = areas.length > 1 ? spread?.sentence : undefined;
  const each = areas.length > MAX_PINS ? undefined : sentence;
  return [where, each].flatMap((words) => words || []);
}

/** The finding, and what is selected of it. */
export function sentenceOf(page: Page): string {
  return [page.sentence, ...selectionWords(page)].join(" ");
}

/** The ids of the indicators of the list of areas beside that of the map. */
export function besideOf({ ordering }: Page): string[] {
  return ordering.indicator ? [ordering.indicator.id] : [];
}

/** The ids of the indicators that these words count people by. */
export function countedIn(page: Page): readonly string[] {
  return selectionWords(page).length > 0 ? (page.atlas?.people ?? []) : [];
}

/**
 * The source of the figures, what the licences ask for, and which edition of which atlas. `beside`: the ids of indicators that
 * stand there beside those of the map and its filter.
 */
export function sourceLines(page: Page, beside: readonly string[] = []): string[] {
  const { atlas, catalog, picture } = page;
  if (!atlas || !picture) return [];
  const filtered = page.filtering.found ? (readFilter(page.view.filter ?? "") ?? []) : [];
  const others = new Set([...beside, ...filtered.map(({ indicator }) => indicator)]);
  const sources = [
    ...mapsOf(page).flatMap(({ picture }) => picture?.before ?? picture?.scene.indicator ?? []),
    ...(catalog?.indicators.filter(({ id }) => others.has(id)) ?? []),
  ];
  return [
    ...sourcesOf(sources),
    ...atlas.attribution.map(sentence),
    say("copied-from", {
      atlas: atlas.title,
      edition: atlas.edition,
      built: builtOn(atlas),
      address: pinnedAddress(page),
    }),
  ];
}

/** When the edition that is shown was built, in words. */
export function builtOn(atlas: Atlas): string {
  const built = atlas.editions.find((edition) => edition.id === atlas.edition)?.built;
  return built ? formatDate(built.slice(0, 10)) : "";
}

/** The address of this view: it follows the newest edition. */
export function liveAddress(page: Page): string {
  return addressOf("", writeView({ ...spokenOf(page), edition: null, lock: [] }));
}

/**
 * The address of this view in this edition, for ever. What is left out of a view follows from the
 * atlas, which may change; here everything is said.
 */
export function pinnedAddress(page: Page): string {
  return addressOf("", writeView({ ...saidInFull(page), lock: [] }));
}

/** The view of the page with the area that a tap or the keyboard is at: card and panels speak of it as of one that is selected. */
function spokenOf({ view, pointing, selecting, picture }: Page): View {
  const { focused } = pointing;
  const code =
    focused === null || selecting.has(focused) ? null : picture?.areas.columns.code[focused];
  return code ? { ...view, areas: [...view.areas, { geography: null, code }] } : view;
}

/** The view of the page with nothing left to a default of the atlas, in this edition. */
export function saidInFull(page: Page): View {
  const { scene, atlas } = page;
  const view = spokenOf(page);
  if (!scene || !atlas) return view;
  return {
    ...view,
    edition: atlas.edition,
    indicator: scene.indicator.id,
    geography: scene.geography.id,
    period: scene.period,
  };
}

/** An address below the atlas, with the query string of a view. */
export function addressOf(path: string, query: string): string {
  const root = new URL(".", window.location.href);
  return new URL(`${path}${query}`, root).href;
}

/** A page that needs no script, in the edition that the view is pinned to. */
function plainPage(path: string, parameters: URLSearchParams, { view }: Page): string {
  if (isOfFiles()) return addressOf(pageOf(path, parameters), "");
  if (view.edition) parameters.set("edition", view.edition);
  const query = parameters.toString();
  return addressOf(path, query && `?${query}`);
}

/** The page of an area. */
export function areaAddress(page: Page, geography: string, code: string): string {
  const path = `areas/${[geography, code].map(encodeURIComponent).join("/")}`;
  return plainPage(path, new URLSearchParams(), page);
}

/** The table of what is shown. */
export function tableAddress(page: Page): string {
  const { scene, view } = page;
  if (!isOfFiles() || !scene) return addressOf("table", writeView({ ...view, lock: [] }));
  const { geography, indicator } = scene;
  const parameters = new URLSearchParams({ geography: geography.id, indicator: indicator.id });
  return plainPage("table", parameters, page);
}
