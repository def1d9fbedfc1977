// How a link names areas: by their codes, by what they have in common, and as sets with a name.

import { packed, unpacked } from "./packed";

/** An area as a link names it; without a geography it is of the view's own. */
export interface AreaRef {
  geography: string | null;
  code: string;
  /** The group that brought it into the selection, which the link then names in its place. */
  by?: string;
}

/** Areas that a reader looks at as one, under a name. */
export interface NamedSet {
  name: string;
  geography: string;
  codes: string[];
}

/** What the interface takes (docs/api.md, "Areas, sets and filters"): so many areas, named by so many entries. */
export const MOST_MEMBERS = 12_000;
export const MOST_NAMED = 300;
/** So many areas are answered one by one. */
export const MOST_BESIDE = 300;
/** A link lists so many areas one by one; more are packed. */
const MOST_LISTED = 50;
export const LONGEST_NAME = 80;
/** More would be a table of their own; each is a line of every panel. */
export const MOST_SETS = 6;

/** Dots alone are the way up in an address. */
const ID = /^(?!\.+$)[\w.-]{1,64}$/;

/** Whether a text may be the id of something: the program has the same rule (`manifest/validate.rs`). */
export function isId(text: string): boolean {
  return ID.test(text);
}

export function sameRef(a: AreaRef, b: AreaRef): boolean {
  return a.geography === b.geography && a.code === b.code;
}

/** `GEO:CODE`, or `CODE` for an area of the view's own geography. */
export function writeRef(ref: AreaRef): string {
  return ref.geography === null ? ref.code : `${ref.geography}:${ref.code}`;
}

export function parseRef(text: string): AreaRef | undefined {
  const colon = text.indexOf(":");
  const geography = colon < 0 ? null : text.slice(0, colon);
  const code = text.slice(colon + 1);
  if (code === "" || (geography !== null && !isId(geography))) return undefined;
  return { geography, code };
}

/** The entries that name areas: each its own, or of many as few as possible. */
export function writeRefs(areas: readonly AreaRef[]): string[] {
  if (!isPacked(areas)) return areas.map(writeRef);
  const codes = new Map<string | null, string[]>();
  for (const { geography, code } of areas) {
    const own = codes.get(geography);
    if (own) own.push(code);
    else codes.set(geography, [code]);
  }
  return [...codes].flatMap(([geography, own]) =>
    packed(own).map((code) => writeRef({ geography, code })),
  );
}

/** The areas that an entry names. */
function parseRefs(text: string): AreaRef[] | undefined {
  const ref = parseRef(text);
  return ref && unpacked(ref.code)?.map((code) => ({ geography: ref.geography, code }));
}

/** Whether a link names them in as few characters as possible, which keeps no order. */
export function isPacked(areas: readonly AreaRef[]): boolean {
  return areas.length > MOST_LISTED;
}

/** Whether the interface takes so many areas in one selection or set. */
export function isTooMany(areas: readonly AreaRef[]): boolean {
  return areas.length > MOST_MEMBERS || writeRefs(areas).length > MOST_NAMED;
}

/** `class:2` (counted from 1), `parent:GEO:CODE`, `filter`: areas that a link need not list. */
export type Group =
  | { kind: "class"; index: number }
  | { kind: "parent"; geography: string; code: string }
  | { kind: "filter" };

export function parseGroup(text: string): Group | undefined {
  if (text === "filter") return { kind: "filter" };
  const [kind, first = "", ...rest] = text.split(":");
  if (kind === "class" && rest.length === 0 && /^[1-9]\d?$/.test(first)) {
    return { kind: "class", index: Number(first) - 1 };
  }
  const code = rest.join(":");
  return kind === "parent" && isId(first) && code !== ""
    ? { kind: "parent", geography: first, code }
    : undefined;
}

export function writeGroup(group: Group): string {
  switch (group.kind) {
    case "class":
      return `class:${group.index + 1}`;
    case "parent":
      return `parent:${group.geography}:${group.code}`;
    case "filter":
      return "filter";
  }
}

/** The value of `areas`: groups first, then the areas that none of them brings. */
export function writeSelection(areas: readonly AreaRef[], groups: readonly string[]): string {
  return [...groups, ...writeRefs(areas.filter(({ by }) => by === undefined))].join(",");
}

export function parseSelection(text: string): { areas: AreaRef[]; groups: string[] } | undefined {
  const areas = new Map<string, AreaRef>();
  const groups = new Set<string>();
  for (const part of text.split(",")) {
    if (parseGroup(part)) {
      groups.add(part);
      continue;
    }
    const refs = parseRefs(part);
    if (!refs || refs.some(({ geography }) => geography === "class" || geography === "parent"))
      return undefined;
    for (const ref of refs) areas.set(writeRef(ref), ref);
  }
  return { areas: [...areas.values()], groups: [...groups] };
}

/** `NAME~GEO:CODE,CODE…`; what a set is, are its areas, so they come in order and once. */
export function writeSet({ name, geography, codes }: NamedSet): string {
  const entries = writeRefs(codes.map((code) => ({ geography: null, code })));
  return `${name}~${geography}:${entries.join(",")}`;
}

export function parseSet(text: string): NamedSet | undefined {
  const tilde = text.indexOf("~");
  const name = text.slice(0, tilde).trim();
  const [first = "", ...others] = text.slice(tilde + 1).split(",");
  const ref = parseRef(first);
  if (tilde < 0 || !isSetName(name) || !ref?.geography) return undefined;
  const { geography } = ref;
  // The geography may stand before every code.
  const entries = others.map((other) =>
    other.startsWith(`${geography}:`) ? other.slice(geography.length + 1) : other,
  );
  const all = [ref.code, ...entries].flatMap((entry) => unpacked(entry) ?? [""]);
  const codes = [...new Set(all)].sort();
  const isRead = codes.every((code) => code !== "" && !code.includes(":"));
  return isRead && codes.length <= MOST_MEMBERS ? { name, geography, codes } : undefined;
}

/** What a set is called where areas are held against it. */
export function againstSet(name: string): string {
  return `set:${name}`;
}

/** A comma would end the name where a set is held against. */
export function isSetName(name: string): boolean {
  const length = [...name].length;
  return length > 0 && length <= LONGEST_NAME && !/[,~]/.test(name);
}
