// Every request of the page. Answers are kept in memory by address: what an edition said once it
// says for ever.

import { decodeCompact } from "./compact";
import type {
  AreaColumns,
  AreaRows,
  Atlas,
  Catalog,
  Classes,
  Compare,
  Located,
  Neighbours,
  PlacesAnswer,
  Positions,
  TileJson,
  Values,
} from "./contract";
import { Keeping } from "./keeping";
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
const AREA_FIELDS = "code,name,local_name,parents,notes";
const POSITION_FIELDS = "centroid,label_point,bbox";
/** In bytes, unpacked: catalogue, names and places of a country twice over. */
const MAX_KEPT = 16_000_000;
/** Values and classes of a country some seven times, of a county all that anybody looks at: the browser's own cache has the rest. */
const MAX_COLUMNS = 3_000_000;

const kept = new Keeping(MAX_KEPT);
const columns = new Keeping(MAX_COLUMNS);

export const getAtlas = (signal?: AbortSignal) => ask<Atlas>(apiUrl("atlas"), signal);

export const getCatalog = (edition: string, signal?: AbortSignal) =>
  ask<Catalog>(apiUrl(`${edition}/catalog`), signal);

export const getAreas = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<AreaColumns>(apiUrl(`${edition}/areas/${geography}`, { fields: AREA_FIELDS }), signal);

export const getPositions = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Positions>(apiUrl(`${edition}/areas/${geography}`, { fields: POSITION_FIELDS }), signal);

export const findAreas = (edition: string, geography: string, q: string, signal?: AbortSignal) =>
  ask<AreaRows>(apiUrl(`${edition}/areas/${geography}`, { q }), signal);

export const locatePostcode = (edition: string, postcode: string, signal?: AbortSignal) =>
  ask<Located>(apiUrl(`${edition}/locate`, { postcode }), signal);

export const getNeighbours = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Neighbours>(apiUrl(`${edition}/neighbours/${geography}`), signal);

export const getShapes = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Shapes>(apiUrl(`${edition}/layers/${geography}.geojson`, { zoom: SHAPE_ZOOM }), signal);

export const getTileJson = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<TileJson>(rootUrl(`tiles/${edition}/${geography}.json`), signal);

/** The areas of a vector tile; no bytes where there is nothing to see. Whoever asks keeps it. */
export async function getTile(
  edition: string,
  geography: string,
  { z, x, y }: { z: number; x: number; y: number },
): Promise<ArrayBuffer> {
  const url = rootUrl(`tiles/${edition}/${geography}/${z}/${x}/${y}.mvt`);
  const response = await fetchAnswer(`${url}?layers=areas`);
  return read(response, (body) => body.arrayBuffer());
}

export const getPlaces = (edition: string, layer: string, signal?: AbortSignal) =>
  ask<PlacesAnswer>(apiUrl(`${edition}/layers/${layer}.geojson`), signal);

export const getValues = (
  edition: string,
  geography: string,
  indicator: string,
  period: string | null,
  signal?: AbortSignal,
) =>
  ask<Values>(
    apiUrl(`${edition}/values/${geography}/${indicator}.bin`, { period }),
    signal,
    async (response) => {
      const buffer = await response.arrayBuffer();
      return { answer: decodeCompact(buffer), weight: buffer.byteLength };
    },
    columns,
  );

export const getClasses = (
  edition: string,
  geography: string,
  indicator: string,
  params: { period: string; within: string | null; method: string | null; k: number | null },
  signal?: AbortSignal,
) =>
  ask<Classes>(
    apiUrl(`${edition}/classes/${geography}/${indicator}`, params),
    signal,
    json,
    columns,
  );

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
  const url = new URL(rootUrl(`api/v1/${path}`, base));
  for (const [name, value] of Object.entries(params)) {
    if (value !== null) url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** The address of a path below the page's own. */
function rootUrl(path: string, base = document.baseURI): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), base).href;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

interface Read {
  answer: unknown;
  /** In bytes. */
  weight: number;
}

async function ask<T>(url: string, signal?: AbortSignal, how = json, keeping = kept): Promise<T> {
  const known = keeping.get(url);
  if (known !== undefined) return known as T;
  const { answer, weight } = await read(await fetchAnswer(url, signal), how);
  keeping.set(url, answer, weight);
  return answer as T;
}

async function json(response: Response): Promise<Read> {
  const text = await response.text();
  return { answer: JSON.parse(text), weight: text.length };
}

async function fetchAnswer(url: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal: signal ?? null });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(say("not-reached"), null);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function read<T>(response: Response, how: (body: Response) => Promise<T>): Promise<T> {
  try {
    return await how(response);
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
