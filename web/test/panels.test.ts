// The pure parts of the panels: what is drawn, from the numbers that the server gives.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { partsOf } from "../src/areas";
import { along, axisOf } from "../src/chart/axis";
import { extentOf, extentOfChanges, goesOn, placeOf } from "../src/chart/bar";
import { renamed, withoutSet } from "../src/choosing/naming";
import type {
  Against,
  AreaColumns,
  Catalog,
  Indicator,
  Polarity,
  ProfileEntry,
  TrendPoint,
} from "../src/contract";
import { besideOf, isOfSame } from "../src/modes/besides";
import { towardsWorst } from "../src/ordering.svelte";
import { comparable, searchable } from "../src/panels/areas/find";
import { headsOf } from "../src/panels/areas/heads";
import { absenceOf } from "../src/panels/compared/absence";
import { deprivationOf } from "../src/panels/deprivation/asked";
import { profileTable } from "../src/panels/profile/copied";
import { alike, fromLeft, middleHalf } from "../src/panels/profile/spine";
import { commonMeasure, measuredIn } from "../src/panels/profile/themes";
import { Spots } from "../src/panels/relation/nearest";
import { byTheme, candidates, missed, secondOf } from "../src/panels/relation/second";
import { apart, labelled, stretches, timeOf, timesOf } from "../src/panels/trend/lines";
import { verdictWords } from "../src/panels/verdict";
import type { Scene } from "../src/scene";
import { DEFAULT_VIEW } from "../src/view";

describe("a name that has to be cut", () => {
  it("keeps the end that tells it from its neighbours", () => {
    expect(partsOf("South Cambridgeshire 001A")).toEqual({
      start: "South Cambridgeshire",
      end: " 001A",
    });
    expect(partsOf("Cheshire West and Chester").end).toBe(" Chester");
  });

  it("is cut at its end where it has no such", () => {
    expect(partsOf("Stoke-on-Trent")).toEqual({ start: "Stoke-on-Trent", end: "" });
    expect(partsOf("The Llanfairpwllgwyngyllgogerych").end).toBe("");
  });
});

describe("deciles with what puts them in order", () => {
  const rank = { kind: "rank", polarity: "high-is-good" } as Indicator;
  const score = { kind: "score", polarity: "high-is-bad" } as Indicator;

  it("have their longest bar at the worst", () => {
    expect(towardsWorst(1, rank, 32844)).toBe(1);
    expect(towardsWorst(32844, rank, 32844)).toBeCloseTo(1 / 32844);
    expect(towardsWorst(76, score, 76)).toBe(1);
    expect(towardsWorst(19, score, 76)).toBe(0.25);
    expect(towardsWorst(19, { ...score, polarity: "high-is-good" }, 76)).toBe(0.75);
    expect(towardsWorst(0, score, 0)).toBe(0);
  });

  it("are headed by what tells them apart", () => {
    const named = (short: string, among: string | null = null) => ({ short, among }) as Indicator;
    const index = "Index of Multiple Deprivation";
    expect(headsOf(named(`${index} decile`), named(`${index} rank`, "areas in England"))).toEqual([
      "Decile",
      "Rank in England",
    ]);
    expect(headsOf(named("Decile"), named("Score", "schools"))).toEqual(["Decile", "Score"]);
    expect(headsOf(named("Income"), named("Income rank"))).toEqual(["Income", "Income rank"]);
  });
});

describe("bars", () => {
  it("start at nothing, or at the least value below it", () => {
    expect(placeOf(5, extentOf([2, 10, null]))).toBe(0.5);
    expect(placeOf(-5, extentOf([-5, 5]))).toBe(0);
    expect(placeOf(0, extentOf([0, null]))).toBe(0);
  });

  it("leave room for intervals, within reason", () => {
    expect(extentOf([10], [11, null])).toEqual({ least: 0, most: 11 });
    expect(extentOf([10], [400])).toEqual({ least: 0, most: 12.5 });
  });

  it("of changes leave room for intervals on either side of zero", () => {
    expect(extentOfChanges([8, -1, null], [-4, 9])).toEqual({ least: -4, most: 9 });
    expect(extentOfChanges([8, 2], [-400, 400])).toEqual({ least: -10, most: 10 });
    expect(extentOfChanges([8, 2], [1, 9])).toEqual({ least: 0, most: 9 });
    expect(extentOfChanges([-8, 2], [])).toEqual({ least: -8, most: 2 });
  });

  it("say of an interval where it goes on", () => {
    const extent = { least: 0, most: 12.5 };
    expect(goesOn({ lower: 2, upper: 12.5 }, extent)).toEqual({ below: false, above: false });
    expect(goesOn({ lower: -1, upper: 13 }, extent)).toEqual({ below: true, above: true });
  });
});

describe("an axis", () => {
  it("has round steps and holds both ends", () => {
    expect(axisOf(0, 248.7, 4)).toEqual({
      from: 0,
      to: 300,
      ticks: [0, 100, 200, 300],
      decimals: 0,
    });
    expect(axisOf(0.103, 0.31, 4).ticks).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(axisOf(-3, 3, 4).ticks).toEqual([-4, -2, 0, 2, 4]);
  });

  it("has a length where all values are one", () => {
    for (const value of [0, 7, -0.2]) {
      const { from, to } = axisOf(value, value, 4);
      expect(from).toBeLessThan(to);
      expect(from).toBeLessThanOrEqual(value);
      expect(to).toBeGreaterThanOrEqual(value);
    }
  });

  it("puts a value between two pixels", () => {
    expect(along({ from: 0, to: 10 }, 200, 0)(2.5)).toBe(150);
  });
});

const point = (value: number | null, status: string[] = []): TrendPoint => ({
  period: "2019",
  value,
  lower: null,
  upper: null,
  method: null,
  status,
});

describe("a line through time", () => {
  it("stands at the middle of each period", () => {
    expect(timeOf("2019")).toBe(2019.5);
    expect(timeOf("2018/19")).toBe(2018.75);
    expect(timeOf("2017-2019")).toBe(2018.5);
    expect(timeOf("2019-Q2")).toBe(2019.375);
    expect(timeOf("2019-07")).toBeCloseTo(2019.5417, 4);
    expect(timeOf("Michaelmas")).toBeNull();
  });

  it("keeps years that were left out apart, and takes steps where a period is unknown", () => {
    expect(timesOf(["2015", "2019"])).toEqual([2015.5, 2019.5]);
    expect(timesOf(["2015", "Michaelmas", "2019"])).toEqual([0, 1, 2]);
  });

  it("ends where a value is missing, and before one that cannot be compared", () => {
    const series = [point(1), point(2), point(null), point(3), point(4, ["break"]), point(5)];
    expect(stretches(series)).toEqual([[0, 1], [3], [4, 5]]);
    expect(stretches([point(null)])).toEqual([]);
  });

  it("names as many periods as have room, the newest always", () => {
    expect(labelled([0, 20, 40, 60, 80], [30, 30, 30, 30, 30])).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it("pushes numbers at its end apart, within the chart", () => {
    expect(apart([50, 52, 10], 18, 0, 100)).toEqual([50, 68, 10]);
    expect(apart([98, 99], 18, 0, 100)).toEqual([82, 100]);
  });
});

interface SpineCase {
  quartiles: [number, number, number, number, number];
  polarity: Polarity;
  places: [number, number][];
  alike: [number, number] | null;
}
const SPINES: SpineCase[] = JSON.parse(
  readFileSync(new URL("../../tests/both/spine.json", import.meta.url), "utf8"),
);

describe("the spine", () => {
  const of = ([
    minimum,
    lower_quartile,
    median,
    upper_quartile,
    maximum,
  ]: SpineCase["quartiles"]) => ({
    minimum,
    lower_quartile,
    median,
    upper_quartile,
    maximum,
  });

  it.each(SPINES)("of $quartiles, $polarity, is as on the pages without script", (spine) => {
    const quartiles = of(spine.quartiles);
    for (const [value, place] of spine.places)
      expect(fromLeft(value, quartiles, spine.polarity), String(value)).toBe(place);
    const common = alike(quartiles);
    expect(common && [common.quarters, common.value]).toEqual(spine.alike);
  });

  it("has the middle half of the areas from left to right", () => {
    expect(middleHalf(of([0, 1, 2, 10, 100]), "high-is-bad")).toEqual([0.25, 0.75]);
    expect(middleHalf(of([0, 0, 0, 1, 2]), "high-is-good")).toEqual([0, 0.5]);
  });
});

describe("the measures of a theme", () => {
  const names = { periodName: (period: string) => `July ${period}` };

  it("are said once", () => {
    expect(measuredIn({ period: "2018", unit: "per 1,000" }, names)).toBe("July 2018 · per 1,000");
    expect(measuredIn({ period: null, unit: "%" }, names)).toBe("");
    expect(commonMeasure(["a", "b", "b"])).toBe("b");
    expect(commonMeasure(["a"])).toBe("a");
    expect(commonMeasure(["a", "b"])).toBe("");
  });
});

describe("a verdict", () => {
  const held = (name: string, significance: Against["significance"]) =>
    ({ name, significance }) as Against;

  it("names together what it says alike", () => {
    expect(verdictWords([held("Leeds", "worse"), held("Yorkshire", "worse")])).toBe(
      "worse than Leeds and Yorkshire",
    );
    expect(verdictWords([held("Leeds", "better"), held("Yorkshire", "similar")])).toBe(
      "better than Leeds; similar to Yorkshire",
    );
    expect(verdictWords([held("Leeds", null)])).toBe("");
  });
});

describe("the nearest of many dots", () => {
  const spots = new Spots([
    { index: 0, x: 10, y: 10 },
    { index: 1, x: 20, y: 10 },
    { index: 2, x: -3, y: -2 },
  ]);

  it("is found across the cells, and only within reach", () => {
    expect(spots.nearest(14.9, 10)).toBe(0);
    expect(spots.nearest(15.1, 10)).toBe(1);
    expect(spots.nearest(1, 1)).toBe(2);
    expect(spots.nearest(60, 60)).toBeNull();
  });
});

describe("the list", () => {
  const columns = (geography: string, code: string[], local: (string | null)[], inside: string[]) =>
    ({
      geography,
      columns: {
        code,
        name: code.map((id) => `Name ${id}`),
        local_name: local,
        parents: { d: inside },
      },
    }) as unknown as AreaColumns;
  const areas = columns("a", ["A1", "A2"], ["Gorse Hill", null], ["W", "X"]);

  it("is searched by every name of an area, and by its parent's", () => {
    const parentAreas = columns("d", ["W"], [null], []);
    const words = searchable({ areas, parentAreas });
    const found = (text: string) =>
      words.flatMap((own, index) => (own.includes(comparable(text)) ? [index] : []));
    expect(found(" gorse ")).toEqual([0]);
    expect(found("NAME A1")).toEqual([0]);
    expect(found("name w")).toEqual([0]);
    expect(found("a2")).toEqual([1]);
    expect(found("undefined")).toEqual([]);
    expect(searchable({ areas, parentAreas: null })).toHaveLength(2);
  });
});

describe("the second indicator", () => {
  const indicator = (id: string, kind: string, here: string[], theme: string) =>
    ({
      id,
      kind,
      themes: [[theme]],
      periods: { lsoa: here, ward: ["2011"] },
    }) as unknown as Indicator;
  const indicators = [
    indicator("crime", "rate", ["2018", "2019"], "Crime"),
    indicator("sort", "category", ["2019"], "Crime"),
    indicator("robbery", "rate", ["2018", "2019", "2020"], "Crime"),
    indicator("strokes", "rate", [], "Health"),
    indicator("homes", "count", ["2011"], "Homes"),
  ];
  const catalog = { themes: [], indicators } as unknown as Catalog;
  const scene = {
    indicator: indicators[0],
    geography: { id: "lsoa" },
    period: "2019",
  } as unknown as Scene;
  const named = (asked: string | null) => {
    const second = secondOf(asked, scene, catalog);
    return second && `${second.indicator.id}@${second.period}`;
  };

  it("is published here, has an order and is another one", () => {
    expect(candidates(scene, catalog).map(({ id }) => id)).toEqual(["robbery", "homes"]);
    expect(byTheme(candidates(scene, catalog)).map(([theme]) => theme)).toEqual(["Crime", "Homes"]);
  });

  it("is of the period that is shown where it has it, or the newest", () => {
    expect(named(null)).toBe("robbery@2019");
    expect(named("homes")).toBe("homes@2011");
    expect(named("robbery@2018")).toBe("robbery@2018");
    expect(named("robbery@1999")).toBe("robbery@2019");
  });

  it("gives way to the next where it is not to be had here, and says so", () => {
    expect(named("strokes")).toBe("robbery@2019");
    const told = (asked: string | null) => {
      const shown = secondOf(asked, scene, catalog)?.indicator;
      return shown && missed(asked, shown, scene, catalog);
    };
    expect(told("strokes")).toContain("is not published for");
    expect(told("gone")).toContain("“gone” is not in this atlas; ");
    expect(told("homes@2011")).toBeNull();
    expect(told(null)).toBeNull();
  });

  it("is not what is made of the same, nor a count, unless a link asks for it", () => {
    const made = (id: string, kind: string, more: object = {}) =>
      ({ ...indicator(id, kind, ["2019"], ""), themes: [], unit: "", ...more }) as Indicator;
    const index = { deprivation: { geography: "lsoa", rank: "rank", score: "score" } };
    const crime = { unit: "per 1,000", themes: [["Crime"]] };
    const all = [
      made("decile", "decile", { ...index, ordered_by: "rank" }),
      made("rank", "rank", index),
      made("score", "score", index),
      made("people", "count"),
      made("crime", "rate", crime),
      made("arson", "rate", { ...crime, themes: [["Crime", "By type"]] }),
      made("children", "proportion"),
    ];
    const secondTo = (id: string, asked: string | null = null) => {
      const shown = { ...scene, indicator: all.find((item) => item.id === id) } as Scene;
      return secondOf(asked, shown, { ...catalog, indicators: all })?.indicator.id;
    };
    const isSame = (one: number, other: number) =>
      isOfSame(all[one] as Indicator, all[other] as Indicator);
    expect(secondTo("decile")).toBe("crime");
    expect(secondTo("score")).toBe("crime");
    expect(secondTo("crime")).toBe("children");
    expect(secondTo("decile", "rank")).toBe("rank");
    // So does the second of two maps, and where all are of the same it is the shown one in another period.
    const besideTo = (id: string, others = all) => {
      const shown = { ...scene, indicator: all.find((item) => item.id === id) } as Scene;
      const found = besideOf(null, shown, { ...catalog, indicators: others });
      return found && `${found.indicator.id}@${found.period}`;
    };
    expect(besideTo("decile")).toBe("crime@2019");
    const older = { ...all[1], periods: { lsoa: ["2015", "2019"] } } as Indicator;
    const shown = { ...scene, indicator: older };
    const beside = besideOf(null, shown, { ...catalog, indicators: [all[0] as Indicator, older] });
    expect([beside?.indicator, beside?.period]).toEqual([older, "2015"]);
    expect([isSame(0, 1), isSame(1, 0), isSame(0, 2), isSame(5, 4)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([isSame(0, 4), isSame(4, 6), isSame(3, 6)]).toEqual([false, false, false]);
  });

  it("is none where there is no other", () => {
    expect(secondOf(null, scene, { ...catalog, indicators: indicators.slice(0, 2) })).toBeNull();
  });
});

describe("larger areas by an index of deprivation", () => {
  const geography = (id: string, count: number, parents: string[] = []) => ({
    id,
    count,
    parents: parents.map((parent) => ({ geography: parent })),
  });
  const [lsoa, district, county] = [
    geography("lsoa", 364, ["district", "county"]),
    geography("district", 6),
    geography("county", 1),
  ];
  const score = { id: "score", deprivation: { geography: "lsoa", rank: "rank", score: "score" } };
  const rank = { id: "rank", periods: { lsoa: ["2019"] }, deprivation: null };
  const catalog = {
    geographies: [lsoa, district, county],
    indicators: [score, rank],
  } as unknown as Catalog;
  const asked = (shown: unknown, indicator: unknown = score, period = "2019") => {
    const scene = { indicator, geography: shown, parent: shown === lsoa ? district : null, period };
    return deprivationOf(scene as unknown as Scene, catalog);
  };

  it("are those on the map, or those around the small areas on it", () => {
    expect(asked(district)).toMatchObject({ rank: "rank", score: "score@2019", isShown: true });
    expect(asked(lsoa)).toMatchObject({ geography: "lsoa", of: district, isShown: false });
  });

  it("are those inside the area that the view is limited to", () => {
    const within = { geography: "district", code: "E1" };
    const scene = { indicator: score, geography: lsoa, parent: district, period: "2019" };
    const asked = (within: unknown) =>
      deprivationOf({ ...scene, within } as unknown as Scene, catalog)?.within;
    expect(asked(within)).toBe("district:E1");
    expect(asked({ geography: "ward", code: "W1" })).toBeNull();
    expect(asked(null)).toBeNull();
  });

  it("are not compared where there is one, or nothing was ranked", () => {
    expect(asked(county)).toBeNull();
    expect(asked(district, rank)).toBeNull();
    expect(asked(district, score, "2015")).toBeNull();
  });
});

describe("what is held against a set", () => {
  const north = { name: "North", geography: "lsoa", codes: ["a"] };
  const view = { ...DEFAULT_VIEW, set: [north], against: "set:North" };

  it("follows its name, and goes with it", () => {
    expect(renamed(view, "North", "Upper")).toEqual({
      set: [{ ...north, name: "Upper" }],
      against: "set:Upper",
    });
    expect(withoutSet(view, "North")).toEqual({ set: [], against: null });
    expect(withoutSet({ ...view, against: "parent" }, "North").against).toBe("parent");
  });
});

describe("what a selection is held against", () => {
  it("says why there is no figure, where that is known", () => {
    expect(absenceOf({ status: ["suppressed"] })).toBe("Hidden to protect privacy");
    expect(absenceOf({ status: [] })).toBe("no figure");
  });
});

describe("a profile as a table", () => {
  it("has a heading for each of its columns", () => {
    const entry = {
      indicator: "crime",
      short: "Crime",
      period: "2019",
      unit: "per 1,000 residents",
      decimals: 1,
      shown_for: null,
      sets: [],
      areas: [
        {
          value: 12.3,
          status: [],
          against: [{ against: "overall", name: "Yorkshire", value: 10, significance: "worse" }],
        },
      ],
    } as unknown as ProfileEntry;
    const names = { periodName: (period: string) => `in ${period}` };
    const { head, rows } = profileTable(
      [{ path: "Safety", rows: [entry] }],
      { indicators: [] } as unknown as Catalog,
      names,
      "Profile",
    );
    expect(head).toEqual([
      "Theme",
      "Indicator",
      "Period",
      "Unit",
      { figure: "Value" },
      { figure: "Yorkshire" },
      "How it compares",
    ]);
    expect(rows).toEqual([
      [
        "Safety",
        "Crime",
        "in 2019",
        "per 1,000 residents",
        { figure: "12.3" },
        { figure: "10.0" },
        "Worse than Yorkshire",
      ],
    ]);
  });
});
