import { describe, expect, it } from "vitest";
import type { ThemeGroup } from "../src/choose/find";
import {
  type Branch,
  drawnOf,
  keyOf,
  MANY,
  openAtFirst,
  openWithHits,
  pathTo,
  treeOf,
} from "../src/choose/tree";
import type { Indicator } from "../src/contract";

const group = (path: string, ...ids: string[]): ThemeGroup => ({
  path: path.split("/"),
  indicators: ids.map((id) => ({ id }) as Indicator),
});
const many = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

/** A tree in one line: each branch with what it counts and what it holds. */
const shape = (branches: readonly Branch[]): string =>
  branches
    .map(
      ({ name, count, branches }) =>
        `${name} ${count}${branches.length > 0 ? ` (${shape(branches)})` : ""}`,
    )
    .join(", ");

const tree = treeOf([
  group("Health/Children", "weight", "births"),
  group("Health/Adults", "weight"),
  group("Homes", "births", ...many("home", 20)),
]);

describe("the tree of themes", () => {
  it("has branches that hold only branches, and counts an indicator of two once", () => {
    expect(shape(tree)).toBe("Health 2 (Children 2, Adults 1), Homes 21");
  });

  it("opens at the present indicator, where it stands first", () => {
    expect(pathTo(tree, "births")).toEqual(["Health", "Children"]);
    expect(pathTo(tree, "home7")).toEqual(["Homes"]);
    expect(pathTo(tree, undefined)).toEqual([]);
    expect([...openAtFirst(tree, ["Health", "Children"])]).toEqual([
      "Health",
      keyOf(["Health", "Children"]),
    ]);
  });

  it("folds nothing where there is little", () => {
    const few = treeOf([group("Health/Children", "weight"), group("Homes", "rooms")]);
    expect([...openAtFirst(few, [])]).toEqual(["Health", keyOf(["Health", "Children"]), "Homes"]);
  });

  it("opens the branches with hits, until there is as much as can be read", () => {
    const found = treeOf([
      group("A", ...many("a", 60)),
      group("B", ...many("b", 60)),
      group("C", "c"),
    ]);
    expect([...openWithHits(found)]).toEqual(["A", "B"]);
  });
});

describe("the rows of a long branch", () => {
  it("are all of a short one", () => {
    expect(drawnOf(MANY, 90)).toEqual({ first: 0, end: MANY });
  });

  it("lie around the present one, and are as many again when they are asked for", () => {
    expect(drawnOf(10_000, -1)).toEqual({ first: 0, end: MANY });
    expect(drawnOf(10_000, 5000)).toEqual({ first: 4950, end: 5050 });
    expect(drawnOf(10_000, 5000, { before: 1, after: 2 })).toEqual({ first: 4850, end: 5250 });
    expect(drawnOf(10_000, 9999, { before: 0, after: 1 })).toEqual({ first: 9949, end: 10_000 });
  });
});
