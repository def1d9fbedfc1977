// The themes as a tree that folds: what is open at first, and which rows of a long branch are drawn.

import type { Indicator } from "../contract";
import type { ThemeGroup } from "./find";

export interface Branch {
  /** Its own among all branches. */
  key: string;
  path: readonly string[];
  name: string;
  indicators: Indicator[];
  branches: Branch[];
  /** How many indicators are in it and below, each counted once. */
  count: number;
}

/** So few indicators are seen at once, with nothing folded. */
const FEW = 12;
/** So many rows are drawn before somebody asks for more. */
export const MANY = 100;

/** Names of themes have no such character. */
export const keyOf = (path: readonly string[]) => path.join("\n");

/** Groups in reading order as the tree that they come from. */
export function treeOf(groups: readonly ThemeGroup[]): Branch[] {
  const top: Branch[] = [];
  const known = new Map<string, Branch>();
  const branchAt = (path: readonly string[]): Branch => {
    const key = keyOf(path);
    let branch = known.get(key);
    if (!branch) {
      const name = path.at(-1) ?? "";
      branch = { key, path, name, indicators: [], branches: [], count: 0 };
      known.set(key, branch);
      const siblings = path.length > 1 ? branchAt(path.slice(0, -1)).branches : top;
      siblings.push(branch);
    }
    return branch;
  };
  for (const { path, indicators } of groups) branchAt(path).indicators.push(...indicators);
  for (const branch of top) count(branch);
  return top;
}

/** The keys of a branch and of those above it. */
export function keysTo(path: readonly string[]): string[] {
  return path.map((_, depth) => keyOf(path.slice(0, depth + 1)));
}

/** Where an indicator stands first. */
export function pathTo(branches: readonly Branch[], id: string | undefined): readonly string[] {
  for (const branch of branches) {
    if (branch.indicators.some((indicator) => indicator.id === id)) return branch.path;
    const below = pathTo(branch.branches, id);
    if (below.length > 0) return below;
  }
  return [];
}

/** Which branches are open before any is opened or closed: all where that is little, otherwise the way to one of them. */
export function openAtFirst(
  branches: readonly Branch[],
  to: readonly string[],
): ReadonlySet<string> {
  const all = branches.reduce((sum, branch) => sum + branch.count, 0);
  return all <= FEW ? openWithHits(branches) : new Set(keysTo(to));
}

/** Branches in their order, until there is as much as can be read at once. */
export function openWithHits(branches: readonly Branch[]): ReadonlySet<string> {
  const open = new Set<string>();
  let rows = 0;
  const visit = (branch: Branch) => {
    if (rows >= MANY) return;
    open.add(branch.key);
    rows += branch.indicators.length + branch.branches.length;
    branch.branches.forEach(visit);
  };
  branches.forEach(visit);
  return open;
}

/** Which rows of a branch are drawn: all, or those around one, and as many again for each time that somebody asked. */
export function drawnOf(
  count: number,
  around: number,
  asked: { before: number; after: number } = { before: 0, after: 0 },
): { first: number; end: number } {
  const start = count <= MANY ? 0 : Math.max(0, around - MANY / 2);
  return {
    first: Math.max(0, start - asked.before * MANY),
    end: Math.min(count, start + MANY * (1 + asked.after)),
  };
}

/** Gives each branch its count; an indicator may stand in several of those below. */
function count(branch: Branch): Set<string> {
  const ids = new Set(branch.indicators.map(({ id }) => id));
  for (const below of branch.branches) for (const id of count(below)) ids.add(id);
  branch.count = ids.size;
  return ids;
}
