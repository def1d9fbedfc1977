import { describe, expect, it } from "vitest";
import { listed } from "../src/choosing/groups";
import type { Catalog, Classes, Indicator } from "../src/contract";
import {
  classQuery,
  forAnotherIndicator,
  scopeOf,
  withoutOutdated,
  withoutRefused,
} from "../src/legend/asked";
import { boundsOf, inRow, moved, typed } from "../src/legend/bounds";
import { cureOf } from "../src/legend/cure";
import { classesBelow, pairColours } from "../src/legend/pairs";
import { classesOf } from "../src/legend/said";
import { type ScopeChoice, scopeChoices } from "../src/legend/scopes";
import type { Picture } from "../src/picture";
import { sortEnds } from "../src/scale";
import { resolveScene, type Scene } from "../src/scene";
import { DEFAULT_VIEW, PAIRS, readView } from "../src/view";
import { lab } from "./lightness";

const METHODS = ["quantile", "equal", "jenks", "custom"];
const periods = { lsoa: ["2019"] };
const indicators = [
  {
    id: "decile",
    kind: "decile",
    ordered_by: "score",
    among: "areas in England",
    methods: ["published"],
    periods,
  },
  {
    id: "score",
    name: "Score",
    kind: "score",
    ordered_by: null,
    methods: METHODS,
    periods,
    decimals: 1,
  },
  { id: "crime", kind: "rate", ordered_by: null, methods: METHODS, periods, decimals: 1 },
].map((own) => ({ name: own.id, opens_at: "lsoa", ...own })) as unknown as Indicator[];
const catalog = {
  geographies: [
    { id: "lsoa", plural: "LSOAs", count: 9, parents: [{ geography: "lad", fit: "exact" }] },
    { id: "lad", plural: "districts", count: 3, parents: [] },
  ],
  indicators,
  comparators: [],
  themes: [],
  points: [],
  period_names: {},
} as unknown as Catalog;
const atlas = { people: [], view: { indicator: "crime" } } as never;
const resolve = (query: string) => resolveScene(readView(query).view, atlas, catalog);
const sceneOf = (query: string): Scene => resolve(query).scene;

describe("what the server is asked", () => {
  const asked = (query: string) =>
    Object.fromEntries(
      Object.entries(classQuery(sceneOf(query))).filter(([, value]) => value !== null),
    );

  it("is nothing for what opens first, nor for published classes", () => {
    expect(asked("")).toEqual({});
    expect(asked("?indicator=decile&method=jenks&k=7&centre=3&scope=selection&areas=A")).toEqual(
      {},
    );
  });

  it("names whose values make the classes where that says more than the view", () => {
    expect(asked("?scope=atlas")).toEqual({});
    expect(asked("?scope=within&within=lad:L")).toEqual({});
    expect(asked("?scope=atlas&within=lad:L")).toEqual({ scope: "atlas" });
    expect(asked("?scope=selection&areas=A,B,lad:L")).toEqual({ scope: "selection", areas: "A,B" });
  });

  it("has own breaks without what others need", () => {
    expect(asked("?method=custom&breaks=0,5,10&k=7&scope=selection&areas=A")).toEqual({
      method: "custom",
      breaks: "0,5,10",
    });
  });

  it("says what a link asks for in vain", () => {
    expect(resolve("?scope=selection").notices).toHaveLength(1);
    expect(sceneOf("?scope=selection").classes.scope).toBeNull();
    const { scene, notices } = resolve("?indicator=decile&breaks=0,5");
    expect(scene.classes).toMatchObject({ method: "quantile", breaks: null });
    expect(notices).toHaveLength(1);
  });
});

describe("a selection that is still to come", () => {
  it("makes the classes once its areas are known, and is not said to be missing", () => {
    const { scene, notices } = resolve("?areas=class:1&scope=selection");
    expect(scene.classes.scope).toBe("selection");
    expect(classQuery(scene)).toMatchObject({ scope: null, areas: null });
    expect(notices).toEqual([]);
  });

  it("lists its areas then: the classes that named them are no more", () => {
    const view = {
      ...DEFAULT_VIEW,
      areas: [
        { geography: null, code: "A", by: "class:1" },
        { geography: null, code: "B", by: "parent:lad:L" },
      ],
      groups: ["class:1", "parent:lad:L"],
    };
    const { areas, groups } = listed(view);
    expect(areas[0]).toEqual({ geography: null, code: "A" });
    expect(areas[1]).toEqual(view.areas[1]);
    expect(groups).toEqual(["parent:lad:L"]);
    // Those of a class that is still to come are not known yet.
    expect(listed({ ...view, groups: ["class:2"] }).groups).toEqual(["class:2"]);
  });
});

describe("a selection that is let go", () => {
  it("no longer makes the classes", () => {
    const areas = [{ geography: null, code: "A" }];
    expect(scopeOf({ scope: "selection", within: null, areas })).toBe("selection");
    expect(scopeOf({ scope: "selection", within: null, areas: [] })).toBeNull();
    expect(
      scopeOf({ scope: "selection", within: null, areas: [{ geography: "lad", code: "L" }] }),
    ).toBeNull();
  });
});

describe("breaks", () => {
  const own = { ...DEFAULT_VIEW, method: "custom", breaks: [0, 5], centre: 3 } as const;

  it("stay with their indicator", () => {
    expect(forAnotherIndicator(own)).toEqual({ method: "quantile", breaks: null, centre: null });
    expect(forAnotherIndicator({ ...DEFAULT_VIEW, method: "jenks" }).method).toBe("jenks");
  });

  it("that are refused are left out with their word", () => {
    expect(withoutRefused(own, "breaks")).toMatchObject({
      method: "quantile",
      breaks: null,
      centre: 3,
    });
    expect(withoutRefused(own, "centre")).toMatchObject({ method: "custom", centre: null });
    expect(withoutRefused(DEFAULT_VIEW, "breaks")).toBeNull();
    expect(withoutRefused(own, "period")).toBeNull();
  });

  it("that hold no area any more are left out", () => {
    const none = { method: "custom", n: 9, counts: [0, 0] };
    expect(withoutOutdated(own, none)).toMatchObject({ method: "quantile", breaks: null });
    expect(withoutOutdated(own, { ...none, counts: [0, 1] })).toBeNull();
    expect(withoutOutdated(own, { ...none, n: 0 })).toBeNull();
  });

  it("are read as people write them", () => {
    expect(boundsOf(["−1.5", "0", "1,388.5"])).toEqual({
      bounds: [-1.5, 0, 1388.5],
      problems: [null, null, null],
    });
    expect(boundsOf(["0", "0", "2"]).bounds).toEqual([0, 0, 2]);
  });

  it("say what is wrong, each beside its field", () => {
    const { bounds, problems } = boundsOf(["0", "ten", "5", "5", ""]);
    expect(bounds).toBeNull();
    expect(problems.map((problem) => problem !== null)).toEqual([false, true, false, true, true]);
    expect(problems[3]).toContain("5");
  });

  it("are typed with the decimals that are shown, and more only where they have more", () => {
    expect(typed(5, 1)).toBe("5.0");
    expect(typed(5.25, 1)).toBe("5.25");
    expect(typed(1.01, 2)).toBe("1.01");
    expect(typed(-1200, 0)).toBe("-1200");
  });

  it("move between their neighbours", () => {
    expect(moved([0, 5, 10], 1, 7, 1)).toEqual([0, 7, 10]);
    expect(moved([0, 5, 10], 1, 12, 1)).toEqual([0, 9.9, 10]);
    expect(moved([0, 5, 10], 1, -3, 0)).toEqual([0, 1, 10]);
    expect(moved([0, 0.05, 0.1], 1, 9, 1)).toEqual([0, 0.05, 0.1]);
  });

  it("have marks side by side where they are near to each other", () => {
    expect(inRow([5, 8, 60], 24, 100)).toEqual([5, 29, 60]);
    expect(inRow([90, 95, 99], 24, 100)).toEqual([52, 76, 100]);
    expect(inRow([], 24, 100)).toEqual([]);
  });
});

describe("colours by", () => {
  const names = { place: "Shire", within: "Leeds" };
  const choices = (query: string) => scopeChoices(sceneOf(query), catalog, names);
  const labels = (query: string) =>
    choices(query).map(({ label, isOn }) => (isOn ? `[${label}]` : label));

  const refused = (query: string) =>
    choices(query).flatMap(({ label, reason }) => (reason === null ? [] : label));

  it("offers the atlas, the place and the selection by their names", () => {
    expect(labels("")).toEqual(["[Shire]", "My selection"]);
    expect(labels("?within=lad:L")).toEqual(["Shire", "[Leeds]", "My selection"]);
    expect(labels("?within=lad:L&scope=atlas&areas=A,B")).toEqual([
      "[Shire]",
      "Leeds",
      "My selection",
    ]);
    expect(labels("?areas=A,B&scope=selection")).toEqual(["Shire", "[My selection]"]);
  });

  it("says of the selection why it cannot be chosen, until there are two areas", () => {
    expect(refused("")).toEqual(["My selection"]);
    expect(refused("?areas=A")).toEqual(["My selection"]);
    expect(refused("?areas=A,B")).toEqual([]);
    const [, selection] = choices("");
    expect(selection?.reason).toBe("Select 2 areas or more, and the colours can be by them.");
  });

  it("offers of a decile what puts its areas in order, and the way back", () => {
    expect(labels("?indicator=decile")).toEqual(["[Areas in England]", "Shire", "My selection"]);
    const [, shire] = choices("?indicator=decile");
    expect(shire?.change).toMatchObject({ indicator: "score", k: 10, scope: null });
    expect(shire?.notice).toBe("The map now shows Score, in ten classes by the areas of Shire.");
    expect(choices("?within=lad:L").every(({ notice }) => notice === null)).toBe(true);
    expect(labels("?indicator=score&k=10")).toEqual([
      "Areas in England",
      "[Shire]",
      "My selection",
    ]);
    expect(choices("?indicator=score&k=10")[0]?.change).toEqual({
      indicator: "decile",
      k: 5,
      scope: null,
    });
  });

  it("leads back from own classes, which are nobody's values", () => {
    expect(labels("?breaks=0,5")).toEqual(["Shire", "My selection"]);
    expect(labels("?breaks=0,5&within=lad:L")).toEqual(["Shire", "Leeds", "My selection"]);
    const [shire] = choices("?breaks=0,5&within=lad:L");
    expect(shire?.change).toEqual({ method: "quantile", breaks: null, scope: "atlas" });
  });
});

describe("a map of one class", () => {
  const crowded = { areas: 10, quantiles: null };
  const quantiles = [5, 5];
  const choice = (id: ScopeChoice["id"], isOn: boolean) =>
    ({ id, label: id, isOn, change: { scope: null } }) as ScopeChoice;

  it("offers the classes of the areas shown", () => {
    const cure = cureOf({ method: "quantile", crowded }, [
      choice("atlas", true),
      choice("within", false),
    ]);
    expect(cure).toEqual({ label: "Colours by within", change: { scope: null } });
  });

  it("offers classes of equal count in place of others", () => {
    const cure = cureOf({ method: "equal", crowded: { areas: 9, quantiles } }, []);
    expect(cure?.change).toEqual({ method: "quantile", breaks: null });
  });

  it("offers nothing where nothing is the matter, or nothing would help", () => {
    expect(cureOf({ method: "quantile", crowded }, [])).toBeNull();
    expect(cureOf({ method: "equal", crowded }, [])).toBeNull();
    expect(cureOf({ method: "equal", crowded: null }, [choice("within", false)])).toBeNull();
  });

  it("takes in the areas that own classes leave out", () => {
    const offered = { breaks: [2, 4, 5], more: null, fewer: null, reaching: [1.2, 4, 8.2] };
    const own = { method: "custom", offered, crowded: { areas: 9, quantiles } };
    expect(cureOf(own, [])?.change).toEqual({ breaks: [1.2, 4, 8.2] });
  });
});

describe("two colours that meet", () => {
  it.each(PAIRS)("of %s get darker on both sides", (palette) => {
    for (const [k, below] of [
      [5, 2],
      [6, 3],
      [4, 0],
      [4, 4],
      [2, 1],
      [12, 5],
    ] as const) {
      const colours = pairColours(palette, { k, below }, "high-is-bad", false);
      expect(new Set(colours).size).toBe(k);
      const lightness = colours.map((colour) => lab(colour));
      for (let i = 1; i < below; i += 1)
        expect(lightness[i]).toBeGreaterThan(lightness[i - 1] as number);
      for (let i = below + 1; i < k; i += 1)
        expect(lightness[i]).toBeLessThan(lightness[i - 1] as number);
    }
  });

  it.each(PAIRS)("of %s are warm for the worse side", (palette) => {
    const of = (polarity: "high-is-bad" | "high-is-good", reverse: boolean) =>
      pairColours(palette, { k: 4, below: 2 }, polarity, reverse);
    const warmth = (colour: string | undefined) => {
      const [red, , blue] = (colour?.match(/\d+/g) ?? []).map(Number);
      return (red ?? 0) - (blue ?? 0);
    };
    const [low, , , high] = of("high-is-bad", false);
    expect(warmth(high)).toBeGreaterThan(warmth(low) + 50);
    expect(of("high-is-good", true)).toEqual(of("high-is-bad", false));
    expect(of("high-is-good", false)).not.toEqual(of("high-is-bad", false));
  });

  it("meet at the class that ends there", () => {
    expect(classesBelow([0, 5, 10, 20], 10)).toBe(2);
    expect(classesBelow([0, 5, 10, 20], -1)).toBe(0);
    expect(classesBelow([0, 5, 10, 20], 99)).toBe(3);
  });
});

describe("in words", () => {
  const picture = (query: string, classes: Partial<Classes>) =>
    ({
      scene: sceneOf(query),
      classes: { n: 9, k: 5, requested_k: 5, scope_n: 2, breaks: [], ...classes },
    }) as Picture;

  it("classes say whose they are", () => {
    const of = (query: string, classes: Partial<Classes>) =>
      classesOf(picture(query, classes), "Shire");
    expect(of("", { method: "quantile", scope: "atlas" })).toBe(
      "9 areas in 5 classes of equal count",
    );
    expect(of("?within=lad:L", { method: "quantile", scope: "atlas" })).toBe(
      "9 areas in the classes of Shire",
    );
    expect(of("?areas=A,B", { method: "jenks", scope: "selection" })).toBe(
      "9 areas in the classes of the selection (2 areas)",
    );
    expect(of("?centre=3.25", { method: "quantile", scope: "atlas", breaks: [0, 3.25] })).toBe(
      "9 areas in 5 classes that part at 3.3",
    );
    expect(of("?breaks=0,5", { method: "custom", scope: "atlas", k: 1 })).toBe(
      "9 areas in 1 class of your own",
    );
  });

  it("orders are called by their ends", () => {
    const ends = { worst: "most deprived", best: "least deprived" };
    expect(sortEnds({ polarity: "high-is-good", ...ends })).toEqual(ends);
    expect(sortEnds({ polarity: "high-is-bad", worst: null, best: null })).toEqual({
      worst: "highest",
      best: "lowest",
    });
    expect(sortEnds({ polarity: "neutral", ...ends })).toEqual({
      worst: "highest",
      best: "lowest",
    });
  });
});
