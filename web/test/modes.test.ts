import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Catalog, Change, Classes, Hotspots, Indicator } from "../src/contract";
import { formatFigure } from "../src/format";
import { DIMMED } from "../src/map/stepped-back";
import { type Answer, shownAs } from "../src/modes/answer";
import { askedOf, modeKey } from "../src/modes/asked";
import { kindColours, kindOfName } from "../src/modes/kinds";
import { areaLines, evidenceOf } from "../src/modes/lines";
import { reasonAgainst } from "../src/modes/possible";
import { notableKind, ownBenchmark } from "../src/modes/words";
import type { Picture, Tint } from "../src/picture";
import { classWords, coloursOf, divergingColours, endWords } from "../src/scale";
import type { Scene } from "../src/scene";
import { deliverFiles } from "../src/site";
import { DEFAULT_VIEW, type View } from "../src/view";
import { lab } from "./lightness";

const indicator = {
  id: "crime",
  name: "Recorded crime",
  short: "Crime",
  kind: "rate",
  unit: "per 1,000 residents",
  decimals: 1,
  polarity: "high-is-bad",
  modes: ["change", "hotspots", "significance"],
  targets: [],
  tenths: [],
  categories: [],
  periods: { lsoa: ["2016", "2017", "2018"] },
} as unknown as Indicator;
const scene = {
  indicator,
  geography: { id: "lsoa", singular: "LSOA", plural: "LSOAs", shape: true, tiling: true },
  periods: ["2016", "2017", "2018"],
  period: "2018",
  parent: null,
  within: null,
  sets: [],
} as unknown as Scene;
const classes = {
  k: 2,
  method: "quantile",
  breaks: [0, 5, 9],
  counts: [1, 1],
  classes: [0, 1, null],
  rank: {
    values: [2, 1, null],
    n: 2,
    first: "highest",
    called: "highest",
    called_last: "lowest",
    scope: "Here",
  },
  sentence: "The values.",
} as unknown as Classes;
const tint: Tint = {
  scene,
  values: { values: [3, 9, null], status: {}, origin: "supplied" },
  classes,
  answer: null,
  before: null,
};
const view = (part: Partial<View>): View => ({ ...DEFAULT_VIEW, ...part });

const kinds = { names: ["high-group", "none"], counts: [1, 1], people: [], classes: [1, 0, null] };
const hotspots: Answer = {
  mode: "hotspots",
  found: {
    hotspot: "gi-star",
    statistic: [0.2, 3.456, null],
    p: [0.5, 0.004, null],
    p_normal: [0.84, 0.0004, null],
    kinds,
    kinds_by: "normal",
    sentence: "One group.",
  } as unknown as Hotspots,
};
const change: Answer = {
  mode: "change",
  change: {
    from: "2016",
    period: "2018",
    unit: "per 1,000 residents",
    decimals: 1,
    values: [-2, 4.04, null],
    earlier: [5, 4.96, 1],
    later: [3, 9, null],
    beyond_chance: [false, true, null],
    status: { "2": ["suppressed"] },
    method: "symmetrical",
    k: 2,
    breaks: [-4, 0, 4],
    counts: [1, 1],
    people: [],
    classes: [0, 1, null],
    rank: {
      values: [2, 1, null],
      n: 2,
      first: "highest",
      called: "largest rise",
      called_last: "largest fall",
      scope: "Here",
    },
    sentence: "Up in 1.",
  } as unknown as Change,
};

describe("what a mode asks", () => {
  it("says its defaults, and asks for nothing where values are shown", () => {
    expect(askedOf(view({}), scene)).toBeNull();
    expect(askedOf(view({ mode: "double" }), scene)).toBeNull();
    expect(askedOf(view({ mode: "change" }), scene)?.params).toEqual({ from: "2017" });
    expect(askedOf(view({ mode: "change", from: "2016" }), scene)?.params).toEqual({
      from: "2016",
    });
    expect(askedOf(view({ mode: "significance" }), scene)?.params).toEqual({
      against: null,
      set: [],
    });
    const set = { name: "North", geography: "lsoa11", codes: ["E1", "E2"] };
    const against = view({ mode: "significance", against: "set:North" });
    expect(askedOf(against, { ...scene, sets: [set] })?.params).toEqual({
      against: "set:North",
      set: ["North~lsoa11:E1,E2"],
    });
    expect(askedOf(view({ mode: "hotspots", fdr: 0.1 }), scene)?.params).toEqual({
      hotspot: "gi-star",
      permutations: "999",
      seed: 1,
      fdr: 0.1,
      smooth: null,
    });
  });

  it("is told apart from any other question", () => {
    const keys = [
      {},
      { mode: "change" },
      { mode: "change", from: "2016" },
      { mode: "hotspots" },
    ].map((part) => modeKey(view(part as Partial<View>), scene));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has a reason where it cannot be had", () => {
    const catalog = { indicators: [indicator] } as unknown as Catalog;
    const why = (mode: View["mode"], part: Partial<Scene> = {}) =>
      reasonAgainst(mode, { ...scene, ...part }, catalog);
    expect(
      ["map", "change", "hotspots", "significance"].map((mode) => why(mode as View["mode"])),
    ).toEqual([null, null, null, null]);
    expect(why("change", { period: "2016" })).toBe("nothing earlier");
    expect(why("hotspots", { geography: { ...scene.geography, tiling: false } })).toBe(
      "no neighbours",
    );
    expect(why("change", { indicator: { ...indicator, modes: [] } })).toBe("not for such values");
    deliverFiles(true);
    expect(why("hotspots")).toBe("needs a server");
    deliverFiles(false);
  });
});

describe("what a mode shows", () => {
  it("puts kinds in the place of classes, and leaves values and ranks", () => {
    const shown = shownAs({ ...tint, answer: hotspots }, hotspots);
    expect(shown.values).toBe(tint.values);
    expect(shown.classes.rank).toBe(classes.rank);
    expect([shown.classes.k, shown.classes.counts, shown.classes.sentence]).toEqual([
      2,
      [1, 1],
      "One group.",
    ]);
    expect(classWords(shown.classes, 0, indicator)).toBe("Group of high values");
    const picture = shown as unknown as Picture;
    expect([0, 1, 2].map((area) => notableKind(picture, area))).toEqual([
      null,
      "Group of high values",
      null,
    ]);
    expect(areaLines(picture, 1, (id) => id)).toEqual([
      "With its neighbours: Gi* 3.46 (p < 0.001)",
    ]);
    expect(areaLines(picture, 2, (id) => id)).toEqual([]);
  });

  it("shows changes with their sign, and both values on the card", () => {
    const shown = shownAs({ ...tint, answer: change, before: indicator }, change);
    expect(shown.values.values).toEqual([-2, 4.04, null]);
    expect(shown.scene.since).toBe("2016");
    expect([-2, 4.04, 0].map((value) => formatFigure(value, shown.scene.indicator))).toEqual([
      "−2.0",
      "+4.0",
      "0.0",
    ]);
    expect(classWords(shown.classes, 0, shown.scene.indicator)).toBe("−4.0 to 0.0");
    expect(endWords(shown.scene.indicator)).toEqual({ low: "fall", high: "rise: worse" });
    expect(areaLines(shown as unknown as Picture, 1, (id) => id)).toEqual([
      "5.0 in 2016, 9.0 in 2018",
      "More than chance would explain.",
    ]);
    expect(areaLines(shown as unknown as Picture, 2, (id) => id)[0]).toBe(
      "1.0 in 2016, no figure in 2018",
    );
  });

  it("says in the list what an area is held against, where that differs", () => {
    const said = (benchmark: number | null) => {
      const held = { name: "their target", benchmark, benchmarks: [8, 9.5, null] };
      const picture = { ...tint, answer: { mode: "significance", held } } as unknown as Picture;
      return [0, 1, 2].map((area) => ownBenchmark(picture, area));
    };
    expect(said(null)).toEqual(["their target: 8.0", "their target: 9.5", null]);
    expect(said(8)).toEqual([null, null, null]);
  });

  it("is the map of values without an answer", () => {
    expect(shownAs(tint, null)).toBe(tint);
  });
});

describe("colours", () => {
  it("are orange for the worse end of a change, with a pale middle", () => {
    const bad = divergingColours(5, "high-is-bad", false);
    expect(divergingColours(5, "high-is-good", false)).toEqual([...bad].reverse());
    expect(divergingColours(5, "high-is-bad", true)).toEqual([...bad].reverse());
    expect(bad[2]).toBe("#f7f7f7");
    expect(bad[4]).toBe("#e66101");
    expect(
      coloursOf(
        { k: 5, method: "symmetrical", breaks: [] },
        { indicator, classes: { centre: null } },
        { palette: "blue", reverse: false },
      ),
    ).toEqual(bad);
  });

  it("have the worse as the darkest of what is held against something", () => {
    const light = (name: string) =>
      (kindOfName(name).colour.match(/[0-9a-f]{2}/g) ?? [])
        .map((channel) => Number.parseInt(channel, 16))
        .reduce((sum, channel, i) => sum + channel * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
    expect(light("worse")).toBeLessThan(light("better") - 60);
    expect(light("better")).toBeLessThan(light("similar"));
  });

  it("of what says nothing stand apart from what a filter leaves out, in light and in dark", () => {
    const tokens = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8");
    const lands = new Set([...tokens.matchAll(/--land: (#\w+);/g)].map(([, land]) => land ?? ""));
    expect(lands.size).toBe(2);
    const channels = (colour: string) =>
      [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const names = ["none", "untested", "similar", "not-compared"];
    for (const { colour, isPlain, name } of names.map(kindOfName)) {
      expect(isPlain).toBe(true);
      for (const land of lands) {
        const below = channels(land);
        const left = channels(colour).map((channel, i) =>
          Math.round(DIMMED * channel + (1 - DIMMED) * (below[i] ?? 0)),
        );
        const apart = Math.abs(lab(colour) - lab(`rgb(${left.join(" ")})`));
        expect(apart, `${name} on ${land}`).toBeGreaterThan(8);
      }
    }
  });

  it("of kinds turn with the end that is good", () => {
    const [group] = kindColours(["high-group"], false);
    expect(kindColours(["low-group"], true)).toEqual([group]);
    expect(kindColours(["worse"], true)).toEqual(kindColours(["worse"], false));
    expect(kindOfName("of a later server").name).toBe("of a later server");
  });
});

describe("how certain a hotspot is", () => {
  const found = {
    statistic: [3.456, 1.2, null],
    p: [0.0004, 0.04, 0.5],
    p_normal: [0.01, 0.02, 0.5],
    kinds_by: "permutation" as const,
  };

  it("is its statistic and its p", () => {
    expect(evidenceOf(found, 0)).toEqual({ statistic: "3.46", p: "< 0.001" });
    expect(evidenceOf(found, 1)).toEqual({ statistic: "1.20", p: "0.040" });
    expect(evidenceOf(found, 2)).toBeNull();
  });

  it("is that of the normal where the kinds are by it", () => {
    expect(evidenceOf({ ...found, kinds_by: "normal" }, 1)?.p).toBe("0.020");
  });
});
