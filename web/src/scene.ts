// What a view means in this atlas: its ids become the things that they name. What the atlas does
// not have degrades to the nearest thing it has, and is said.

import { ofAnotherMap, tooMany, withoutClasses } from "./choosing/groups";
import type { Atlas, Bbox, Catalog, Geography, Indicator, LonLat } from "./contract";
import { capitalise } from "./format";
import {
  type ClassChoice,
  choiceFor,
  forAnotherIndicator,
  isComing,
  scopeOf,
} from "./legend/asked";
import { periodName } from "./periods";
import { MOST_MEMBERS, type NamedSet } from "./ref";
import { type AreaRef, earlierPeriod, openingView, speaks, type View, writeView } from "./view";
import { say } from "./words";

export interface Scene {
  indicator: Indicator;
  geography: Geography;
  periods: string[];
  period: string;
  /** The period that the values are changes since; set where they are. */
  since?: string;
  /** The broadest geography above with more than one area: for an LSOA its district. */
  parent: Geography | null;
  /** What without shape has the indicator in the period: the country. */
  comparators: Catalog["comparators"];
  /** Always with its geography. */
  within: AreaRef | null;
  /** What counts the people of each area, where that is published for these. */
  people: string | null;
  /** The selection; areas of the scene's own geography have none written. */
  areas: AreaRef[];
  sets: NamedSet[];
  filter: string | null;
  /** The layers of places that are switched on. */
  layers: string[];
  classes: ClassChoice;
}

export function resolveScene(
  view: View,
  atlas: Atlas,
  catalog: Catalog,
): { scene: Scene; notices: string[] } {
  const notices: string[] = [];
  const indicator = findIndicator(view.indicator, atlas, catalog, notices);
  const geography = findGeography(view.geography, indicator, catalog, notices);
  const periods = indicator.periods[geography.id] ?? [];
  const newest = periods.at(-1) ?? "";
  const names = catalog.period_names;
  let period = view.period ?? newest;
  if (!periods.includes(period)) {
    notices.push(
      say("shown-elsewhere", {
        indicator: indicator.name,
        wanted: periodName(period, names),
        shown: periodName(newest, names),
      }),
    );
    period = newest;
  }
  let within = view.within;
  if (within && !geography.parents.some((parent) => parent.geography === within?.geography)) {
    notices.push(
      say("not-limited", {
        areas: capitalise(geography.distinct_plural),
        geography: within.geography ?? "",
      }),
    );
    within = null;
  }
  const { own, letGo } = ofShown(view, { indicator, geography, period, within });
  notices.push(...letGo);
  const layers = view.layers.filter((id) => {
    const known = catalog.points.some((layer) => layer.id === id);
    if (!known) notices.push(say("no-places", { id }));
    return known;
  });
  const from = earlierPeriod(view.from, indicator.id);
  if (from === undefined) notices.push(say("link-unread", { name: "from", text: view.from ?? "" }));
  const asked = view.geography ?? indicator.opens_at;
  const areas = view.areas
    .map((ref) => ({ ...ref, geography: ref.geography ?? asked }))
    .filter((ref) => {
      const known = catalog.geographies.some((other) => other.id === ref.geography);
      if (!known) notices.push(say("area-left-out", { geography: ref.geography, code: ref.code }));
      return known;
    })
    .map((ref) => localRef(ref, geography.id));
  const isTooMuch = areas.length > MOST_MEMBERS;
  if (isTooMuch) notices.push(tooMany(areas.length));
  const sets = view.set.filter(({ name, geography: id }) => {
    const of = catalog.geographies.find((other) => other.id === id);
    if (!of?.shape)
      notices.push(say("set-left-out", { name, geography: of?.distinct_plural ?? id }));
    return of?.shape;
  });
  const shown = { within, areas: isTooMuch ? [] : areas };
  return {
    scene: {
      indicator,
      geography,
      periods,
      period,
      parent: broadestParent(geography, catalog),
      people:
        atlas.people.find((id) =>
          catalog.indicators.some((item) => item.id === id && item.periods[geography.id]),
        ) ?? null,
      comparators: catalog.comparators.filter((other) =>
        indicator.periods[other.geography]?.includes(period),
      ),
      ...shown,
      sets,
      filter: view.filter,
      layers,
      classes: choiceFor(own, indicator, shown, notices),
    },
    notices,
  };
}

/** The view as it is shown, with what the atlas does not have set right. */
export function settledView(view: View, scene: Scene, atlas: Atlas, catalog: Catalog): View {
  return withoutDefaults(
    {
      ...ofShown(view, scene).own,
      indicator: scene.indicator.id,
      geography: scene.geography.id,
      period: view.period === null ? null : scene.period,
      within: scene.within,
      areas: scene.areas,
      set: scene.sets,
      layers: scene.layers,
      from: earlierPeriod(view.from, scene.indicator.id) ?? null,
      ...scene.classes,
    },
    atlas,
    catalog,
  );
}

/**
 * The view without what it says of another map than can be shown: a class of that would be other areas here, and breaks and a centre
 * are of one indicator. The server has the same rule (`scene/fitting.rs`).
 */
function ofShown(
  view: View,
  shown: Pick<Scene, "indicator" | "geography" | "period" | "within">,
): { own: View; letGo: string[] } {
  const is = (asked: string | null, id: string) => asked === null || asked === id;
  const isIndicator = is(view.indicator, shown.indicator.id);
  const isMap =
    isIndicator &&
    is(view.geography, shown.geography.id) &&
    is(view.period, shown.period) &&
    (view.within === null) === (shown.within === null);
  if (isMap) return { own: view, letGo: [] };
  const { groups, notices } = withoutClasses(view.groups);
  if (isIndicator) return { own: { ...view, groups }, letGo: notices };
  const parts = (["breaks", "centre"] as const).filter((name) => view[name] !== null);
  return {
    own: { ...view, ...forAnotherIndicator(view), groups },
    letGo: [...parts.map(ofAnotherMap), ...notices],
  };
}

/**
 * The view with everything that is this atlas's default left out. The address that says nothing is what the atlas opens with: where
 * that is something else, the indicator is named.
 */
export function withoutDefaults(view: View, atlas: Atlas, catalog: Catalog): View {
  const left = leftOut(view, atlas, catalog);
  const isNamed = speaks(writeView(left)) || !opensWithMore(atlas, catalog);
  return isNamed ? left : { ...left, indicator: defaultIndicator(atlas) };
}

/** Whether the atlas opens with more than its indicator, the geography of that and the newest period. */
function opensWithMore(atlas: Atlas, catalog: Catalog): boolean {
  return speaks(writeView(leftOut(openingView(atlas.view).view, atlas, catalog)));
}

function leftOut(view: View, atlas: Atlas, catalog: Catalog): View {
  const indicator = catalog.indicators.find(
    (item) => item.id === (view.indicator ?? defaultIndicator(atlas)),
  );
  if (!indicator) return view;
  const geography = view.geography ?? indicator.opens_at;
  const newest = indicator.periods[geography]?.at(-1) ?? null;
  const areas = view.areas.map((ref) => localRef(ref, geography));
  return {
    ...view,
    indicator: view.indicator === defaultIndicator(atlas) ? null : view.indicator,
    geography: view.geography === indicator.opens_at ? null : view.geography,
    period: view.period === newest ? null : view.period,
    areas,
    scope: isComing(view) ? view.scope : scopeOf({ ...view, areas }),
  };
}

/** The geography to show an indicator for: the present one if it is published there. */
export function geographyFor(indicator: Indicator, present: string): string {
  return isPublishedFor(indicator, present) ? present : indicator.opens_at;
}

export const isPublishedFor = (indicator: Indicator, geography: string): boolean =>
  (indicator.periods[geography]?.length ?? 0) > 0;

/** Indicators in the order of the chooser, each once. */
export function indicatorsInOrder(catalog: Catalog): Indicator[] {
  const ids = new Set<string>();
  const visit = (themes: Catalog["themes"]) => {
    for (const theme of themes) {
      for (const id of theme.indicators) ids.add(id);
      visit(theme.themes);
    }
  };
  visit(catalog.themes);
  for (const indicator of catalog.indicators) ids.add(indicator.id);
  const byId = new Map(catalog.indicators.map((indicator) => [indicator.id, indicator]));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

function findIndicator(
  id: string | null,
  atlas: Atlas,
  catalog: Catalog,
  notices: string[],
): Indicator {
  const wanted = catalog.indicators.find((item) => item.id === id);
  if (wanted) return wanted;
  const first =
    catalog.indicators.find((item) => item.id === defaultIndicator(atlas)) ?? catalog.indicators[0];
  if (!first) throw new Error(say("no-indicators"));
  if (id !== null) notices.push(say("not-in-atlas", { id, indicator: first.name }));
  return first;
}

function findGeography(
  id: string | null,
  indicator: Indicator,
  catalog: Catalog,
  notices: string[],
): Geography {
  const byId = (wanted: string) => catalog.geographies.find((item) => item.id === wanted);
  const fallback = byId(indicator.opens_at) ?? catalog.geographies[0];
  if (!fallback) throw new Error(say("no-geographies"));
  if (id === null) return fallback;
  const wanted = byId(id);
  if (wanted && indicator.periods[wanted.id]) return wanted;
  notices.push(
    wanted
      ? say("shown-elsewhere", {
          indicator: indicator.name,
          wanted: wanted.distinct_plural,
          shown: fallback.distinct_plural,
        })
      : say("not-a-geography", { id, areas: fallback.distinct_plural }),
  );
  return fallback;
}

function broadestParent(geography: Geography, catalog: Catalog): Geography | null {
  const parents = geography.parents
    .map((parent) => catalog.geographies.find((item) => item.id === parent.geography))
    .filter((parent) => parent !== undefined)
    .filter((parent) => parent.count > 1);
  return parents.reduce<Geography | null>(
    (broadest, parent) => (broadest && broadest.count <= parent.count ? broadest : parent),
    null,
  );
}

function defaultIndicator(atlas: Atlas): string {
  return atlas.view.indicator;
}

function localRef(ref: AreaRef, geography: string): AreaRef {
  return ref.geography === geography ? { ...ref, geography: null } : ref;
}

/** Whether a place lies in or around a box, no further from it than the box is wide. */
export function isNear([lon, lat]: LonLat, [west, south, east, north]: Bbox): boolean {
  const [across, down] = [east - west, north - south];
  return lon >= west - across && lon <= east + across && lat >= south - down && lat <= north + down;
}
