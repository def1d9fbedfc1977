// Every request of the page. Answers are kept in memory by address: what an edition said once it
// says for ever.

import type {
  AreaColumns,
  AreaRows,
  Atlas,
  Catalog,
  Classes,
  Compare,
  Located,
  Neighbours,
  PeriodIntervals,
  PlacesAnswer,
  Profile,
  Relation,
  Trends,
  Values,
} from "./contract";
import { say } from "./words";

export type Shapes = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon>;

/** What a reader can be told about a request that failed. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number | null,
    readonly parameter: string | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

type Params = Record<string, string | number | null>;

// Half a pixel at zoom 12 is 11 m: two pixels at the zoom where one small area fills the screen,
// and less than the borders' own generalisation.
const SHAPE_ZOOM = 12;
const AREA_FIELDS = "code,name,local_name,parents,centroid,label_point,bbox,notes";
const MAX_KEPT = 400;

const kept = new Map<string, unknown>();

export const getAtlas = (signal?: AbortSignal) => ask<Atlas>(apiUrl("atlas"), signal);

export const getCatalog = (edition: string, signal?: AbortSignal) =>
  ask<Catalog>(apiUrl(`${edition}/catalog`), signal);

export const getAreas = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<AreaColumns>(apiUrl(`${edition}/areas/${geography}`, { fields: AREA_FIELDS }), signal);

export const findAreas = (edition: string, geography: string, q: string, signal?: AbortSignal) =>
  ask<AreaRows>(apiUrl(`${edition}/areas/${geography}`, { q }), signal);

export const locatePostcode = (edition: string, postcode: string, signal?: AbortSignal) =>
  ask<Located>(apiUrl(`${edition}/locate`, { postcode }), signal);

export const getNeighbours = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Neighbours>(apiUrl(`${edition}/neighbours/${geography}`), signal);

export const getShapes = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Shapes>(apiUrl(`${edition}/layers/${geography}.geojson`, { zoom: SHAPE_ZOOM }), signal);

export const getPlaces = (edition: string, layer: string, signal?: AbortSignal) =>
  ask<PlacesAnswer>(apiUrl(`${edition}/layers/${layer}.geojson`), signal);

export const getValues = (
  edition: string,
  geography: string,
  indicator: string,
  period: string | null,
  signal?: AbortSignal,
) => ask<Values>(apiUrl(`${edition}/values/${geography}/${indicator}`, { period }), signal);

export const getIntervals = (
  edition: string,
  geography: string,
  indicator: string,
  period: string,
  signal?: AbortSignal,
) =>
  ask<{ periods: Record<string, PeriodIntervals> }>(
    apiUrl(`${edition}/values/${geography}/${indicator}`, { period, fields: "lower,upper" }),
    signal,
  );

export const getTrend = (
  edition: string,
  geography: string,
  indicator: string,
  areas: string | null,
  signal?: AbortSignal,
) => ask<Trends>(apiUrl(`${edition}/trend/${geography}/${indicator}`, { areas }), signal);

export const getRelation = (
  edition: string,
  geography: string,
  params: { x: string; y: string; within: string | null },
  signal?: AbortSignal,
) => ask<Relation>(apiUrl(`${edition}/relate/${geography}`, params), signal);

export const getProfile = (
  edition: string,
  geography: string,
  code: string,
  signal?: AbortSignal,
) => ask<Profile>(apiUrl(`${edition}/profile/${geography}/${code}`), signal);

export const getClasses = (
  edition: string,
  geography: string,
  indicator: string,
  params: { period: string; within: string | null; method: string | null; k: number | null },
  signal?: AbortSignal,
) => ask<Classes>(apiUrl(`${edition}/classes/${geography}/${indicator}`, params), signal);

export const getCompare = (
  edition: string,
  params: {
    geography: string | null;
    areas: string;
    indicators: string;
    period: string | null;
    against: string | null;
  },
  signal?: AbortSignal,
) => ask<Compare>(apiUrl(`${edition}/compare`, params), signal);

/** The address of a route below the page's own; parameters that are `null` are left out. */
export function apiUrl(path: string, params: Params = {}, base = document.baseURI): string {
  const url = new URL(`api/v1/${path.split("/").map(encodeURIComponent).join("/")}`, base);
  for (const [name, value] of Object.entries(params)) {
    if (value !== null) url.searchParams.set(name, String(value));
  }
  return url.href;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

async function ask<T>(url: string, signal?: AbortSignal): Promise<T> {
  const known = kept.get(url);
  if (known !== undefined) return known as T;
  const answer = await fetchJson(url, signal);
  // The oldest goes first: a Map keeps the order of insertion.
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(url, answer);
  return answer as T;
}

async function fetchJson(url: string, signal?: AbortSignal): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, { signal: signal ?? null });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(say("not-reached"), null);
  }
  if (!response.ok) throw await refusal(response);
  try {
    return await response.json();
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(say("cut-short"), response.status);
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const problem: unknown = await response.json().catch(() => null);
  const { detail, title, parameter } = (problem ?? {}) as Record<string, unknown>;
  const text = typeof detail === "string" ? detail : typeof title === "string" ? title : null;
  return new ApiError(
    text ?? say("answered-with", { status: String(response.status) }),
    response.status,
    typeof parameter === "string" ? parameter : null,
  );
}
