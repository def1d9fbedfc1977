// The view is the query string of the page (docs/api.md, "The view"). This module alone reads
// and writes the address; every other one is told.

import type { LonLat, Method } from "./contract";
import { boundsOf } from "./legend/bounds";
import {
  type AreaRef,
  isId,
  MOST_SETS,
  type NamedSet,
  parseRef,
  parseSelection,
  parseSet,
  writeRef,
  writeSelection,
  writeSet,
} from "./ref";
import { say } from "./words";

export { type AreaRef, sameRef, writeRef } from "./ref";

export interface Position {
  centre: LonLat;
  zoom: number;
}

export const SORTS = ["worst", "best", "name"] as const;
export type Sort = (typeof SORTS)[number];
export const METHODS: readonly Method[] = [
  "quantile",
  "equal",
  "jenks",
  "pretty",
  "stddev",
  "headtail",
  "custom",
];
export const MIN_CLASSES = 2;
export const MAX_CLASSES = 12;
export const PALETTES = ["blue", "purple", "orange", "grey"] as const;
/** For classes that part at a value: two colours, which meet there. */
export const PAIRS = ["orange-purple", "brown-teal", "red-blue"] as const;
export type PairName = (typeof PAIRS)[number];
export type PaletteName = (typeof PALETTES)[number] | PairName;
/** Whose values make the classes; unset, those of the areas that are shown. */
export const SCOPES = ["atlas", "within", "selection"] as const;
export type ScopeName = (typeof SCOPES)[number];
/** What stands beside the map. */
export const PANELS = ["areas", "trend", "relation", "profile"] as const;
export type PanelName = (typeof PANELS)[number];
export type ThemeName = "light" | "dark";
/** What the map shows of the indicator. */
export const MODES = ["map", "change", "double", "hotspots", "significance"] as const;
export type Mode = (typeof MODES)[number];
/** By which statistic hotspots are found, against how many permutations, and how rates are smoothed first. */
export const STATISTICS = ["gi-star", "local-moran"] as const;
export const PERMUTATIONS = ["99", "999", "9999"] as const;
export const SMOOTHINGS = ["global", "spatial"] as const;
/** What an embed can keep its readers from changing. */
export const LOCKS = [
  "indicator",
  "geography",
  "within",
  "period",
  "areas",
  "legend",
  "at",
  "mode",
] as const;
export type Lock = (typeof LOCKS)[number];

/** `null` is the default, which stays out of the address. */
export interface View {
  geography: string | null;
  indicator: string | null;
  period: string | null;
  within: AreaRef | null;
  /** What is selected. */
  areas: AreaRef[];
  /** `class:2`, `parent:GEO:CODE`, `filter`: groups that the link names; their areas join the others once they are known. */
  groups: string[];
  set: NamedSet[];
  /** `INDICATOR[@PERIOD]<=NUMBER and …`: the areas that are looked at. */
  filter: string | null;
  method: Method;
  k: number;
  /** Of custom classes: the minimum, then upper bounds. */
  breaks: readonly number[] | null;
  /** A value at which one class ends and the next begins. */
  centre: number | null;
  scope: ScopeName | null;
  palette: PaletteName;
  reverse: boolean;
  /** Whether the classes are the same for every period. */
  still: boolean;
  at: Position | null;
  /** Ids of the layers of places that are switched on. */
  layers: string[];
  sort: Sort;
  panel: PanelName;
  /** `INDICATOR[@PERIOD]`: what the relation and the second map hold the indicator beside. */
  second: string | null;
  mode: Mode;
  /** The period that a change begins with; `null` is the one before. */
  from: string | null;
  /** What areas are better or worse than, as the server names it; `null` is the whole. */
  against: string | null;
  hotspot: (typeof STATISTICS)[number];
  permutations: (typeof PERMUTATIONS)[number];
  seed: number;
  /** The part of the hotspots that may be chance. */
  fdr: number;
  smooth: (typeof SMOOTHINGS)[number] | null;
  theme: ThemeName | null;
  /** A pinned edition; `null` follows the newest. */
  edition: string | null;
  /** What the reader may not change. */
  lock: Lock[];
}

export const DEFAULT_VIEW: Readonly<View> = {
  geography: null,
  indicator: null,
  period: null,
  within: null,
  areas: [],
  groups: [],
  set: [],
  filter: null,
  method: "quantile",
  k: 5,
  breaks: null,
  centre: null,
  scope: null,
  palette: "blue",
  reverse: false,
  still: true,
  at: null,
  layers: [],
  sort: "worst",
  panel: "areas",
  second: null,
  mode: "map",
  from: null,
  against: null,
  hotspot: "gi-star",
  permutations: "999",
  seed: 1,
  fdr: 0.05,
  smooth: null,
  theme: null,
  edition: null,
  lock: [],
};

const LONGEST_FILTER = 1000;

/** How it looks, in which edition, and what its readers may change: nothing of what is shown. */
const ASIDE = ["theme", "lang", "edition", "lock"];

const isParameter = (name: string): boolean => name in DEFAULT_VIEW && name !== "groups";

/**
 * Whether a query string says something of what is shown. Then it speaks for itself; where it does not, the atlas opens as its publisher
 * wants it. The server has the same rule (`scene/opening.rs`).
 */
export function speaks(search: string): boolean {
  return [...new URLSearchParams(search)].some(
    ([name, text]) => text !== "" && isParameter(name) && !ASIDE.includes(name),
  );
}

/** Names that other sites and mail programs add to a link to see who follows it: they ask for nothing. */
const OF_TRACKING =
  /^(utm_\w*|mtm_\w*|pk_\w*|mc_[ce]id|_ga|_gl|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid)$/;

/** The view that a query string asks for, and what in it could not be read. */
export function readView(search: string): { view: View; notices: string[] } {
  const query = new URLSearchParams(search);
  const notices: string[] = [];

  function read<T>(name: string, parse: (text: string) => T | undefined, otherwise: T): T {
    const text = query.get(name);
    if (text === null || text === "") return otherwise;
    const value = parse(text);
    if (value !== undefined) return value;
    notices.push(say("link-unread", { name, text: shorten(text) }));
    return otherwise;
  }

  const view: View = {
    geography: read("geography", parseId, null),
    indicator: read("indicator", parseId, null),
    period: read("period", parsePeriod, null),
    within: read("within", parseWithin, null),
    ...read("areas", parseSelection, { areas: [], groups: [] }),
    set: readSets(query.getAll("set"), notices),
    filter: read("filter", parseFilter, null),
    method: read("method", oneOf(METHODS), DEFAULT_VIEW.method),
    k: read("k", parseK, DEFAULT_VIEW.k),
    breaks: read("breaks", parseBounds, null),
    centre: read("centre", parseNumber, null),
    scope: read("scope", oneOf(SCOPES), null),
    palette: read("palette", oneOf([...PALETTES, ...PAIRS]), DEFAULT_VIEW.palette),
    reverse: read("reverse", parseFlag, false),
    still: read("still", parseFlag, true),
    at: read("at", parseAt, null),
    layers: read("layers", parseIds, []),
    sort: read("sort", oneOf(SORTS), DEFAULT_VIEW.sort),
    panel: read("panel", oneOf(PANELS), DEFAULT_VIEW.panel),
    second: read("second", parseMeasure, null),
    mode: read("mode", oneOf(MODES), DEFAULT_VIEW.mode),
    from: read("from", parseFrom, null),
    against: read("against", parseAgainst, null),
    hotspot: read("hotspot", oneOf(STATISTICS), DEFAULT_VIEW.hotspot),
    permutations: read("permutations", oneOf(PERMUTATIONS), DEFAULT_VIEW.permutations),
    seed: read("seed", parseSeed, DEFAULT_VIEW.seed),
    fdr: read("fdr", parseRate, DEFAULT_VIEW.fdr),
    smooth: read("smooth", oneOf(SMOOTHINGS), null),
    theme: read("theme", oneOf<ThemeName>(["light", "dark"]), null),
    edition: read("edition", parseEdition, null),
    lock: read("lock", parseLocks, []),
  };
  // All words are English: those in Welsh are a draft, and not in use.
  read("lang", oneOf(["en"]), "en");
  // Breaks and the word for them go together.
  if (view.breaks && !query.get("method")) view.method = "custom";
  if (view.breaks && view.method !== "custom") {
    notices.push(say("link-unread", { name: "breaks", text: shorten(view.breaks.join(",")) }));
    view.breaks = null;
  }
  if (view.method === "custom" && !view.breaks) {
    if (!query.get("breaks")) notices.push(say("link-unread", { name: "method", text: "custom" }));
    view.method = DEFAULT_VIEW.method;
  }
  for (const name of new Set(query.keys())) {
    if (!isParameter(name) && name !== "lang" && !OF_TRACKING.test(name) && query.get(name) !== "")
      notices.push(say("link-unknown", { name: shorten(name) }));
  }
  for (const name of Object.keys(view)) {
    // Sets are said one by one.
    if (name !== "set" && isParameter(name) && query.getAll(name).length > 1)
      notices.push(say("link-repeated", { name }));
  }
  return { view, notices };
}

/** The query string of a view, with its `?`; empty for the defaults. */
export function writeView(view: View): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value !== null) query.set(name, value);
  };
  put("geography", view.geography);
  put("indicator", view.indicator);
  put("period", view.period);
  put("within", view.within && writeRef(view.within));
  put("areas", writeSelection(view.areas, view.groups) || null);
  for (const set of view.set) query.append("set", writeSet(set));
  put("filter", view.filter);
  put("method", view.method === DEFAULT_VIEW.method ? null : view.method);
  put("k", view.k === DEFAULT_VIEW.k ? null : String(view.k));
  put("breaks", view.breaks?.join(",") ?? null);
  put("centre", view.centre === null ? null : String(view.centre));
  put("scope", view.scope);
  put("palette", view.palette === DEFAULT_VIEW.palette ? null : view.palette);
  put("reverse", view.reverse ? "true" : null);
  put("still", view.still ? null : "false");
  put("at", view.at && writeAt(view.at));
  put("layers", view.layers.length > 0 ? view.layers.join(",") : null);
  put("sort", view.sort === DEFAULT_VIEW.sort ? null : view.sort);
  put("panel", view.panel === DEFAULT_VIEW.panel ? null : view.panel);
  put("second", view.second);
  const putUnlessDefault = (name: "mode" | "hotspot" | "permutations" | "seed" | "fdr") =>
    put(name, view[name] === DEFAULT_VIEW[name] ? null : String(view[name]));
  putUnlessDefault("mode");
  put("from", view.from);
  put("against", view.against);
  putUnlessDefault("hotspot");
  putUnlessDefault("permutations");
  putUnlessDefault("seed");
  putUnlessDefault("fdr");
  put("smooth", view.smooth);
  put("theme", view.theme);
  put("edition", view.edition);
  put("lock", view.lock.length > 0 ? view.lock.join(",") : null);
  // Colons, commas, slashes and at signs may stand in a query as they are: such a link can be read aloud.
  const text = query
    .toString()
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%2F", "/")
    .replaceAll("%40", "@")
    .replaceAll("%7E", "~");
  return text === "" ? "" : `?${text}`;
}

/** The view of the address; where that says nothing of what is shown, what the atlas opens with, once that is known. */
export function currentView(opening: Opening = {}): { view: View; notices: string[] } {
  const { search } = window.location;
  return speaks(search) ? readView(search) : openingView(opening, search);
}

/** What an atlas opens with: parameters of the view with what they say. */
export type Opening = Readonly<Record<string, string>>;

/** The view that it opens with; what a query string says beside it counts. */
export function openingView(opening: Opening, search = ""): { view: View; notices: string[] } {
  const query = new URLSearchParams(search);
  for (const [name, text] of Object.entries(opening)) {
    if (!query.get(name)) query.set(name, text);
  }
  return readView(query.toString());
}

/** A choice: one step that Back undoes. */
export function pushView(view: View): void {
  if (writeView(view) !== window.location.search) {
    window.history.pushState(null, "", address(view));
  }
}

/** Not a choice (the map was moved): the present step is amended. */
export function replaceView(view: View): void {
  window.history.replaceState(null, "", address(view));
}

/** Opens the page anew on the newest edition. */
export function showNewest(view: View): void {
  window.location.assign(address({ ...view, edition: null }));
}

/** Calls `listener` at Back and Forward; the answer stops it. */
export function onViewChange(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  return () => window.removeEventListener("popstate", listener);
}

function address(view: View): string {
  return window.location.pathname + writeView(view) + window.location.hash;
}

function parseId(text: string): string | undefined {
  return isId(text) ? text : undefined;
}

/** A period as the catalogue writes it, which of `2017-19` is `2017-2019`. */
function parsePeriod(text: string): string | undefined {
  const found = /^(\d{4})(?:\/(\d\d)|-q([1-4])|-(\d\d)|-(\d{4}))?$/i.exec(text.trim());
  if (!found) return undefined;
  const [whole, year = "", split, quarter, month, last] = found;
  if (quarter) return `${year}-Q${quarter}`;
  if (split) return (Number(year) + 1) % 100 === Number(split) ? whole : undefined;
  if (month && Number(month) <= 12) return month === "00" ? undefined : whole;
  const end = last ?? (month && year.slice(0, 2) + month);
  if (!end) return whole;
  return end > year ? `${year}-${end}` : undefined;
}

function parseIds(text: string): string[] | undefined {
  const ids = [...new Set(text.split(","))];
  return ids.every(isId) ? ids : undefined;
}

function parseEdition(text: string): string | undefined {
  return /^[0-9a-f]{16}$/.test(text) ? text : undefined;
}

/** What this page does not know how to lock stays open to the reader. */
function parseLocks(text: string): Lock[] | undefined {
  const names = text.split(",");
  const locks = LOCKS.filter((lock) => names.includes(lock));
  return locks.length > 0 ? locks : undefined;
}

function parseMeasure(text: string): string | undefined {
  const [id = "", ...periods] = text.split("@");
  if (!isId(id) || periods.length > 1) return undefined;
  const [period] = periods.map(parsePeriod);
  return period === undefined ? (periods.length === 0 ? id : undefined) : `${id}@${period}`;
}

/** `PERIOD`, or `INDICATOR@PERIOD`. */
function parseFrom(text: string): string | undefined {
  return text.includes("@") ? parseMeasure(text) : parsePeriod(text);
}

/** `overall`, `parent`, `target`, `GEO:CODE`, `set:NAME` or `period:P`; what is none of them in this atlas is said later. */
function parseAgainst(text: string): string | undefined {
  const isWord = ["overall", "parent", "target"].includes(text);
  return isWord || parseWithin(text) ? text : undefined;
}

/** The earlier period of a change: `P`, or `INDICATOR@P` where it is the indicator that is shown. */
export function earlierPeriod(from: string | null, indicator: string): string | null | undefined {
  if (from === null) return null;
  const [id = "", period, ...rest] = from.split("@");
  if (period === undefined) return from;
  return id === indicator && rest.length === 0 ? period : undefined;
}

function parseSeed(text: string): number | undefined {
  return isDigits(text) && Number(text) < 2 ** 32 ? Number(text) : undefined;
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}

/** A part of one: more than nothing and less than all. */
function parseRate(text: string): number | undefined {
  const rate = parseNumber(text) ?? 0;
  return rate > 0 && rate < 1 ? rate : undefined;
}

function parseWithin(text: string): AreaRef | undefined {
  const ref = parseRef(text);
  return ref?.geography ? ref : undefined;
}

/** What a filter means is the server's to say. */
function parseFilter(text: string): string | undefined {
  return text.length <= LONGEST_FILTER ? text : undefined;
}

/** Sets, each of a name of its own. */
function readSets(texts: readonly string[], notices: string[]): NamedSet[] {
  const sets: NamedSet[] = [];
  for (const text of texts.filter((text) => text !== "")) {
    const set = parseSet(text);
    const isNew = set !== undefined && sets.every(({ name }) => name !== set.name);
    if (isNew && sets.length < MOST_SETS) sets.push(set);
    else notices.push(say("link-unread", { name: "set", text: shorten(text) }));
  }
  return sets;
}

function parseK(text: string): number | undefined {
  const k = Number(text);
  return isDigits(text) && k >= MIN_CLASSES && k <= MAX_CLASSES ? k : undefined;
}

function parseBounds(text: string): readonly number[] | undefined {
  const bounds = boundsOf(text.split(",")).bounds ?? [];
  return bounds.length > 1 && bounds.length <= MAX_CLASSES + 1 ? bounds : undefined;
}

function parseNumber(text: string): number | undefined {
  const value = Number(text);
  return /^\s*[-+.\d][-+.\de]*\s*$/i.test(text) && Number.isFinite(value) ? value : undefined;
}

function parseFlag(text: string): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

function parseAt(text: string): Position | undefined {
  const [lon, lat, zoom, ...rest] = text.split(",").map(parseNumber);
  if (lon === undefined || lat === undefined || zoom === undefined || rest.length > 0)
    return undefined;
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return inside ? { centre: [lon, lat], zoom } : undefined;
}

function writeAt({ centre, zoom }: Position): string {
  // Five digits are about a metre.
  return [round(centre[0], 5), round(centre[1], 5), round(zoom, 2)].join(",");
}

function round(value: number, digits: number): number {
  // Adding zero turns −0 into 0.
  return Number(value.toFixed(digits)) + 0;
}

function oneOf<T extends string>(allowed: readonly T[]): (text: string) => T | undefined {
  return (text) => allowed.find((item) => item === text);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
