// Every request of the page. Answers are kept in memory by address: what an edition said once it
// says for ever.

import { decodePositions, decodeValues } from "./compact";
import type {
  AreaColumns,
  AreaRows,
  Atlas,
  Catalog,
  Change,
  Classes,
  Compare,
  Deprivation,
  Filtered,
  Hotspots,
  Located,
  Neighbours,
  PeriodIntervals,
  PlacesAnswer,
  Positions,
  Profile,
  Relation,
  TileJson,
  Trends,
  Values,
  Verdicts,
} from "./contract";
import { Keeping } from "./keeping";
import type { ClassQuery } from "./legend/asked";
import { areasNamed } from "./search/here";
import { fileOf, isOfFiles } from "./site";
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

/** The answer to what plain files do not have; asking again will not help. */
export class NeedsServer extends ApiError {
  constructor() {
    super(say("needs-server"), null);
    this.name = "NeedsServer";
  }
}

/** A list stands once for each of its texts. */
type Params = Record<string, string | number | null | readonly string[]>;

// Half a pixel at zoom 12 is 11 m: two pixels at the zoom where one small area fills the screen,
// and less than the borders' own generalisation.
const SHAPE_ZOOM = 12;
const AREA_FIELDS = "code,name,local_name,parents,notes";
/** In bytes, unpacked: catalogue, names and places of a country twice over. */
const MAX_KEPT = 16_000_000;
/** Values and classes of a country some seven times, of a county all that anybody looks at: the browser's own cache has the rest. */
const MAX_COLUMNS = 3_000_000;

const kept = new Keeping(MAX_KEPT);
const columns = new Keeping(MAX_COLUMNS);

export const getAtlas = (signal?: AbortSignal) => ask<Atlas>(apiUrl("atlas"), signal);

/** The same as it is now, past what the page and the browser keep of it. */
export async function getAtlasNow(signal?: AbortSignal): Promise<Atlas> {
  const { answer } = await read(await fetchAnswer(apiUrl("atlas"), signal, "reload"), json);
  return answer as Atlas;
}

export const getAtlasOf = (edition: string, signal?: AbortSignal) =>
  ask<Atlas>(apiUrl(`${edition}/atlas`), signal);

/** Which edition is the newest now; `null` where that cannot be told. */
export async function newestEdition(): Promise<string | null> {
  const method = isOfFiles() ? "GET" : "HEAD";
  const url = sourceOf(apiUrl("atlas"));
  const answer = await fetch(url, { method, cache: "no-cache" }).catch(() => null);
  if (!answer?.ok) return null;
  const named = answer.headers.get("Tessera-Edition");
  if (named !== null || !isOfFiles()) return named;
  const atlas: { edition?: string } = await answer.json().catch(() => ({}));
  return atlas.edition ?? null;
}

export const getCatalog = (edition: string, signal?: AbortSignal) =>
  ask<Catalog>(apiUrl(`${edition}/catalog`), signal);

export const getAreas = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<AreaColumns>(apiUrl(`${edition}/areas/${geography}`, { fields: AREA_FIELDS }), signal);

/** The codes of the areas inside one that may overlap others; of plain files nobody knows them. */
export const getMembers = async (
  edition: string,
  geography: string,
  within: string,
  signal?: AbortSignal,
): Promise<readonly string[]> => {
  if (isOfFiles()) return [];
  const inside = { within, fields: "code" };
  const { columns } = await ask<AreaColumns>(
    apiUrl(`${edition}/areas/${geography}`, inside),
    signal,
  );
  return columns.code;
};

/** How an answer in the compact form is read. */
function compactAs<T>(decode: (buffer: ArrayBuffer) => T) {
  return async (response: Response) => {
    const buffer = await response.arrayBuffer();
    return { answer: decode(buffer), weight: buffer.byteLength };
  };
}

export const getPositions = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Positions>(apiUrl(`${edition}/areas/${geography}.bin`), signal, compactAs(decodePositions));

export async function findAreas(
  edition: string,
  geography: string,
  q: string,
  signal?: AbortSignal,
): Promise<AreaRows> {
  // Plain files cannot search; the page has all names.
  if (isOfFiles()) return areasNamed(await getAreas(edition, geography, signal), q);
  return ask<AreaRows>(apiUrl(`${edition}/areas/${geography}`, { q }), signal);
}

/** The areas that pass a filter, with what is said of them. */
export const getFiltered = (
  edition: string,
  geography: string,
  params: { filter: string; within: string | null },
  signal?: AbortSignal,
) =>
  compute<Filtered>(apiUrl(`${edition}/areas/${geography}`, { ...params, fields: "code" }), signal);

export const locatePostcode = (edition: string, postcode: string, signal?: AbortSignal) =>
  compute<Located>(apiUrl(`${edition}/locate`, { postcode }), signal);

export const getNeighbours = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Neighbours>(apiUrl(`${edition}/neighbours/${geography}`), signal);

export const getShapes = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<Shapes>(apiUrl(`${edition}/layers/${geography}.geojson`, { zoom: SHAPE_ZOOM }), signal);

/** Borders as a drawing needs them: generalised for a zoom of a web map. */
export const getOutlines = (
  edition: string,
  geography: string,
  zoom: number,
  signal?: AbortSignal,
) => ask<Shapes>(outlinesUrl(edition, geography, zoom), signal);

/** The same where nothing may wait, as when the browser is about to print: the page stands still for it. */
export function getOutlinesAtOnce(edition: string, geography: string, zoom: number): Shapes {
  const url = outlinesUrl(edition, geography, zoom);
  const known = kept.get(url);
  if (known !== undefined) return known as Shapes;
  const request = new XMLHttpRequest();
  request.open("GET", sourceOf(url), false);
  request.send();
  if (request.status !== 200) throw new ApiError(say("not-reached"), request.status);
  return JSON.parse(request.responseText);
}

function outlinesUrl(edition: string, geography: string, zoom: number): string {
  // Plain files have one generalisation.
  const asked = isOfFiles() ? SHAPE_ZOOM : zoom;
  return apiUrl(`${edition}/layers/${geography}.geojson`, { zoom: asked });
}

export const getTileJson = (edition: string, geography: string, signal?: AbortSignal) =>
  ask<TileJson>(rootUrl(`tiles/${edition}/${geography}.json`), signal);

/** The areas of a vector tile; no bytes where there is nothing to see. Whoever asks keeps it. */
export async function getTile(
  edition: string,
  geography: string,
  { z, x, y }: { z: number; x: number; y: number },
): Promise<ArrayBuffer> {
  const url = rootUrl(`tiles/${edition}/${geography}/${z}/${x}/${y}.bin`);
  try {
    const response = await fetchAnswer(url);
    return await read(response, (body) => body.arrayBuffer());
  } catch (error) {
    // Of a tile that shows nothing there is no file.
    if (error instanceof NeedsServer) return new ArrayBuffer(0);
    throw error;
  }
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
    compactAs(decodeValues),
    columns,
  );

export const getIntervals = (
  edition: string,
  geography: string,
  indicator: string,
  period: string,
  signal?: AbortSignal,
) =>
  compute<{ periods: Record<string, PeriodIntervals> }>(
    apiUrl(`${edition}/values/${geography}/${indicator}`, { period, fields: "lower,upper" }),
    signal,
  );

export const getTrend = (
  edition: string,
  geography: string,
  indicator: string,
  params: { areas: string | null; set: readonly string[] },
  signal?: AbortSignal,
) => compute<Trends>(apiUrl(`${edition}/trend/${geography}/${indicator}`, params), signal);

export const getRelation = (
  edition: string,
  geography: string,
  params: { x: string; y: string; within: string | null },
  signal?: AbortSignal,
) => compute<Relation>(apiUrl(`${edition}/relate/${geography}`, params), signal);

export const getProfile = (
  edition: string,
  geography: string,
  code: string,
  signal?: AbortSignal,
) => compute<Profile>(apiUrl(`${edition}/profile/${geography}/${code}`), signal);

/** The profile of areas as one, by the set that they are. */
export const getProfileOfSet = (edition: string, set: string, signal?: AbortSignal) =>
  compute<Profile>(apiUrl(`${edition}/profile`, { set: [set] }), signal);

export const getClasses = (
  edition: string,
  geography: string,
  indicator: string,
  params: { period: string; within: string | null } & ClassQuery,
  signal?: AbortSignal,
) =>
  ask<Classes>(
    apiUrl(`${edition}/classes/${geography}/${indicator}`, params),
    signal,
    json,
    columns,
  );

export const getHotspots = (
  edition: string,
  geography: string,
  indicator: string,
  params: Params,
  signal?: AbortSignal,
) => compute<Hotspots>(apiUrl(`${edition}/hotspots/${geography}/${indicator}`, params), signal);

export const getVerdicts = (
  edition: string,
  geography: string,
  indicator: string,
  params: {
    period: string;
    within: string | null;
    against: string | null;
    set: readonly string[];
  },
  signal?: AbortSignal,
) => compute<Verdicts>(apiUrl(`${edition}/significance/${geography}/${indicator}`, params), signal);

export const getChange = (
  edition: string,
  geography: string,
  indicator: string,
  params: { period: string; within: string | null; from: string },
  signal?: AbortSignal,
) => compute<Change>(apiUrl(`${edition}/change/${geography}/${indicator}`, params), signal);

export const getDeprivation = (
  edition: string,
  geography: string,
  rank: string,
  params: { period: string; score: string | null; of: string; within: string | null },
  signal?: AbortSignal,
) => compute<Deprivation>(apiUrl(`${edition}/deprivation/${geography}/${rank}`, params), signal);

export const getCompare = (
  edition: string,
  params: {
    geography: string | null;
    areas: string | null;
    set: readonly string[];
    indicators: string;
    period: string | null;
    against: string | null;
  },
  signal?: AbortSignal,
) => compute<Compare>(apiUrl(`${edition}/compare`, params), signal);

/** The address of a route below the page's own; parameters that are `null` are left out. */
export function apiUrl(path: string, params: Params = {}, base = document.baseURI): string {
  const url = new URL(rootUrl(`api/v1/${path}`, base));
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) for (const text of value) url.searchParams.append(name, text);
    else if (value !== null) url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** Where an address is fetched from: a server, or the file that stands for it. */
export function sourceOf(url: string): string {
  if (!isOfFiles()) return url;
  const root = new URL(".", document.baseURI);
  const { pathname, searchParams } = new URL(url);
  return new URL(fileOf(pathname.slice(root.pathname.length), searchParams), root).href;
}

/** The address of a path below the page's own. */
function rootUrl(path: string, base = document.baseURI): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), base).href;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** Asks for what is worked out for this reader: plain files cannot have it. */
async function compute<T>(url: string, signal?: AbortSignal): Promise<T> {
  if (isOfFiles()) throw new NeedsServer();
  return ask(url, signal);
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

async function fetchAnswer(
  url: string,
  signal?: AbortSignal,
  cache: RequestCache = "default",
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(sourceOf(url), { signal: signal ?? null, cache });
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

/** Programs read what the API calls `so`; readers get “so”. */
function quoted(text: string): string {
  return text.replace(/`([^`]*)`/g, "“$1”");
}

async function refusal(response: Response): Promise<ApiError> {
  if (response.status === 404 && isOfFiles()) return new NeedsServer();
  const problem: unknown = await response.json().catch(() => null);
  const { detail, title, parameter } = (problem ?? {}) as Record<string, unknown>;
  const said = typeof detail === "string" ? detail : typeof title === "string" ? title : null;
  const text = said === null ? null : quoted(said);
  return new ApiError(
    text ?? say("answered-with", { status: String(response.status) }),
    response.status,
    typeof parameter === "string" ? parameter : null,
  );
}
