// Groups of areas that a link names instead of listing them: a class of the map, what lies in a larger
// area, what passes the filter. Their areas are selected one by one; the name stays in the link for as
// long as it says the same.

import { formatCount } from "../format";
import type { Picture } from "../picture";
import {
  type AreaRef,
  type Group,
  isPacked,
  isTooMany,
  MOST_MEMBERS,
  parseGroup,
  sameRef,
} from "../ref";
import type { View } from "../view";
import { say } from "../words";

/** What the areas of a group depend on. */
const BASIS: readonly (keyof View)[] = [
  "indicator",
  "geography",
  "period",
  "within",
  "filter",
  "method",
  "k",
  "breaks",
  "centre",
  "scope",
  "still",
  "mode",
  "from",
  "against",
  "hotspot",
  "permutations",
  "seed",
  "fdr",
  "smooth",
];

/** What a group's areas are found in. */
export type Ground = Pick<Picture, "areas" | "classes">;

/** The codes of a group's areas; `null` while it is not known which pass the filter. */
export function membersOf(
  group: Group,
  { areas, classes }: Ground,
  passing: ReadonlySet<string> | null,
): string[] | null {
  const { code, parents } = areas.columns;
  switch (group.kind) {
    case "class":
      return code.filter((_, i) => classes.classes[i] === group.index);
    case "parent":
      return code.filter((_, i) => parents[group.geography]?.[i] === group.code);
    case "filter":
      return passing && code.filter((own) => passing.has(own));
  }
}

/** Codes of areas in the order of their ranks, those without one last: a set has no order of its own. */
export function worstFirst(codes: readonly string[], { areas, classes }: Ground): string[] {
  const wanted = new Set(codes);
  const ranked = areas.columns.code.flatMap((code, i) =>
    wanted.has(code) ? { code, rank: classes.rank.values[i] ?? Number.POSITIVE_INFINITY } : [],
  );
  // Not their difference: that of two infinities is no number.
  return ranked
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank < b.rank ? -1 : 1))
    .map(({ code }) => code);
}

/** So many areas that a link keeps no order of them stand worst first, however they came to be selected. */
export function inOrder(areas: AreaRef[], ground: Ground): AreaRef[] {
  if (!isPacked(areas)) return areas;
  const own = new Map(areas.flatMap((ref) => (ref.geography === null ? [[ref.code, ref]] : [])));
  const ordered = worstFirst([...own.keys()], ground).flatMap((code) => own.get(code) ?? []);
  return [...ordered, ...areas.filter(({ geography }) => geography !== null)];
}

/** The selection with the areas of the groups that are known now; what there is none of, or too much, is said. */
export function withMembers(
  view: Pick<View, "areas" | "groups">,
  ground: Ground,
  passing: ReadonlySet<string> | null,
): { areas: AreaRef[]; groups: string[]; notices: string[] } {
  let areas = view.areas;
  const groups: string[] = [];
  const notices: string[] = [];
  for (const text of view.groups) {
    const group = parseGroup(text);
    const isThere = areas.some(({ by }) => by === text);
    const members = group && !isThere ? membersOf(group, ground, passing) : null;
    if (!members) {
      groups.push(text);
      continue;
    }
    const joined = joinedBy(areas, worstFirst(members, ground), text);
    if (members.length === 0) notices.push(say("group-empty", { group: text }));
    else if (isTooMany(joined)) notices.push(tooMany(members.length));
    else {
      areas = joined;
      groups.push(text);
    }
  }
  return { areas, groups, notices };
}

/** The view with the areas of selected classes listed one by one, as far as they are known. */
export function listed(view: View): View {
  const known = new Set(view.areas.map(({ by }) => by));
  const classes = view.groups.filter((text) => isClass(text) && known.has(text));
  const areas = view.areas.map((ref) =>
    ref.by && classes.includes(ref.by) ? { geography: ref.geography, code: ref.code } : ref,
  );
  return { ...view, areas, groups: view.groups.filter((text) => !classes.includes(text)) };
}

/** The selection with further areas, each once. */
export function joinedBy(
  areas: readonly AreaRef[],
  codes: readonly string[],
  by: string | null,
): AreaRef[] {
  const known = new Set(areas.flatMap(({ geography, code }) => (geography === null ? code : [])));
  const own = (code: string): AreaRef =>
    by === null ? { geography: null, code } : { geography: null, code, by };
  return [...areas, ...codes.filter((code) => !known.has(code)).map(own)];
}

/**
 * What remains of the groups when something else is chosen: a group that no longer says its areas lists them. Where they are not
 * known yet, it is let go, which is said.
 */
export function settledGroups(
  next: View,
  present: View,
): Pick<View, "areas" | "groups"> & { notices: string[] } {
  const isOfThis = BASIS.every((name) => isAlike(next[name], present[name]));
  // Classes that are made of the selection need its areas before there is a picture.
  const isSame = next.scope !== "selection" && isOfThis;
  const count = (areas: readonly AreaRef[], group: string) =>
    areas.filter(({ by }) => by === group).length;
  const isWhole = (group: string) => count(next.areas, group) >= count(present.areas, group);
  const isComing = (group: string) => count([...next.areas, ...present.areas], group) === 0;
  const groups = next.groups.filter((group) =>
    isSame ? isWhole(group) : isComing(group) && (isOfThis || parseGroup(group)?.kind === "parent"),
  );
  const letGo = isOfThis
    ? []
    : next.groups.filter((group) => isComing(group) && !groups.includes(group));
  const areas = next.areas.map((ref) =>
    ref.by === undefined || groups.includes(ref.by)
      ? ref
      : { geography: ref.geography, code: ref.code },
  );
  return { areas, groups, notices: letGo.map(ofAnotherMap) };
}

/** The groups without classes of the map, which are of another than is shown; each is said. */
export function withoutClasses(groups: readonly string[]): { groups: string[]; notices: string[] } {
  return {
    groups: groups.filter((group) => !isClass(group)),
    notices: groups.filter(isClass).map(ofAnotherMap),
  };
}

/** That a part of a link was made for a map that cannot be shown. */
export function ofAnotherMap(name: string): string {
  return say("of-another-map", { name });
}

/** The selection without a group and its areas. */
export function withoutGroup(view: View, group: string): Pick<View, "areas" | "groups"> {
  return {
    areas: view.areas.filter(({ by }) => by !== group),
    groups: view.groups.filter((other) => other !== group),
  };
}

export function isSelected(areas: readonly AreaRef[], ref: AreaRef): boolean {
  return areas.some((other) => sameRef(other, ref));
}

export function tooMany(n: number): string {
  return say("too-many", { n, count: formatCount(n), most: formatCount(MOST_MEMBERS) });
}

function isClass(group: string): boolean {
  return parseGroup(group)?.kind === "class";
}

function isAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
