import { describe, expect, it } from "vitest";
import {
  filterGroups,
  findIndicators,
  findThemes,
  themeGroups,
  whereAndWhen,
} from "../src/choose/find";
import type { Catalog, Geography, Indicator } from "../src/contract";
import { exactFirst, groupSuggestions, placeSuggestions } from "../src/search/suggest";
import { findInTime } from "../src/search/timed";

const indicator = (id: string, name: string, definition: string) =>
  ({ id, name, short: name, definition, themes: [] }) as unknown as Indicator;
const catalog = {
  indicators: [
    indicator("crime", "Recorded crime", "Crimes that the police recorded."),
    indicator("burglary", "Burglary", "Entering a house with the intention of stealing."),
    indicator("café", "Cafés", "Places to sit."),
  ],
  comparators: [],
  themes: [
    {
      name: "Crime",
      indicators: ["crime"],
      themes: [{ name: "By type", indicators: ["burglary"], themes: [] }],
    },
  ],
} as unknown as Catalog;
const groups = themeGroups(catalog);
const ids = (found: Indicator[]) => found.map((item) => item.id);

describe("finding indicators", () => {
  it("lists every one by theme, those without a theme last", () => {
    expect(groups.map((group) => group.path.join("/"))).toEqual([
      "Crime",
      "Crime/By type",
      "Other",
    ]);
  });

  it("looks at name, theme and definition, names first", () => {
    expect(ids(findIndicators(groups, "crime", 9))).toEqual(["crime", "burglary"]);
    expect(ids(findIndicators(groups, "house", 9))).toEqual(["burglary"]);
  });

  it("forgives a typing error where nothing is found otherwise", () => {
    for (const text of ["crme", "crimme", "crmie", "burglry", "burgalry", "burlgar"])
      expect(ids(findIndicators(groups, text, 9)), text).not.toEqual([]);
    expect(ids(findIndicators(groups, "burglry", 9))).toEqual(["burglary"]);
    expect(filterGroups(groups, "burglry").map(({ path }) => path)).toEqual([["Crime", "By type"]]);
    for (const text of ["crm", "creme brulee", "brgal"])
      expect(ids(findIndicators(groups, text, 9)), text).toEqual([]);
  });

  it("finds themes by their names", () => {
    expect(findThemes(groups, "type", 9)).toEqual([["Crime", "By type"]]);
    expect(findThemes(groups, "crme", 9)).toEqual([["Crime"], ["Crime", "By type"]]);
    expect(findThemes(groups, "house", 9)).toEqual([]);
  });

  it("wants every word, and does not mind case or accents", () => {
    expect(ids(findIndicators(groups, "CAFE", 9))).toEqual(["café"]);
    expect(findIndicators(groups, "cafe house", 9)).toEqual([]);
    expect(filterGroups(groups, "recorded crime")).toHaveLength(1);
  });

  it("without words shows all in the list and none in the field", () => {
    expect(filterGroups(groups, "  ")).toHaveLength(3);
    expect(findIndicators(groups, " ", 9)).toEqual([]);
  });

  it("says where and when", () => {
    const catalog = {
      period_names: {},
      geographies: [
        { id: "lsoa", singular: "LSOA" },
        { id: "lad", singular: "district" },
      ],
    } as unknown as Catalog;
    const periods = { lsoa: ["2016", "2018"], lad: ["2011"] };
    expect(whereAndWhen({ periods } as unknown as Indicator, catalog)).toBe(
      "LSOA · 2016 – 2018; district · 2011",
    );
  });

  it("name a kind of area once, whatever vintages there are", () => {
    const catalog = {
      geographies: [
        { id: "lsoa21", singular: "LSOA" },
        { id: "lad", singular: "district" },
        { id: "lsoa11", singular: "LSOA" },
      ],
      period_names: {},
    } as unknown as Catalog;
    const where = (periods: Record<string, string[]>) =>
      whereAndWhen({ periods } as unknown as Indicator, catalog);
    expect(where({ lsoa21: ["2019"], lad: ["2019"], lsoa11: ["2019"] })).toBe(
      "LSOA, district · 2019",
    );
    expect(where({ lsoa21: ["2020", "2021"], lsoa11: ["2015"] })).toBe("LSOA · 2015 – 2021");
  });
});

describe("suggestions", () => {
  const nothing = {
    parent: null,
    parentNames: new Map<string, string>(),
    areas: [],
    places: [],
    others: [],
    whole: null,
    layers: [],
    indicators: [],
    periodName: (period: string) => period,
    themes: [],
  };

  it("are grouped, local names first, empty groups left out", () => {
    const found = groupSuggestions({
      ...nothing,
      areas: [{ code: "E01", name: "Leeds 001A", local_name: "Otley", parents: { lad: "L1" } }],
      parent: { id: "lad", singular: "district" },
      parentNames: new Map([["L1", "Leeds"]]),
    });
    expect(found).toHaveLength(1);
    expect(found[0]?.items[0]).toMatchObject({
      label: "Otley",
      detail: "Leeds 001A · Leeds · E01",
    });
  });

  it("offers areas of other geographies under the name of these", () => {
    const ward = { id: "ward", distinct_plural: "wards" } as Geography;
    const found = groupSuggestions({
      ...nothing,
      parent: { id: "lad", singular: "district" },
      parentNames: new Map([["L1", "Leeds"]]),
      others: [
        {
          geography: ward,
          areas: [{ code: "W1", name: "Armley", local_name: null, parents: { lad: "L1" } }],
        },
      ],
    });
    const item = { kind: "elsewhere", geography: "ward", code: "W1" };
    expect(found).toEqual([
      { title: "Wards", items: [{ ...item, label: "Armley", detail: "Leeds · W1" }] },
    ]);
  });

  it("offers places under the name of their layer, with the larger area that each lies in", () => {
    const place = {
      layer: "schools",
      name: "Otley Primary",
      at: [-1.7, 53.9] as [number, number],
      areas: { lad: ["L1"] },
      attributes: {},
    };
    const known = {
      parent: { id: "lad", singular: "district" },
      parentNames: new Map([["L1", "Leeds"]]),
    };
    const item = { kind: "point", place, label: "Otley Primary", detail: "Leeds" };
    expect(placeSuggestions("Schools", [place], known)).toEqual({
      title: "Schools",
      items: [item],
    });
  });

  it("says when there are further areas", () => {
    const area = { code: "E01", name: "Leeds 001A", local_name: null, parents: {} };
    const kinds = (hasMore: boolean) =>
      groupSuggestions({ ...nothing, areas: [area], hasMore })[0]?.items.map((item) => item.kind);
    expect(kinds(false)).toEqual(["area"]);
    expect(kinds(true)).toEqual(["area", "told"]);
  });

  it("offers the whole, layers of places and an indicator in a period by their names", () => {
    const layer = { id: "gp", name: "GP surgeries", count: 1210 };
    const found = groupSuggestions({
      ...nothing,
      whole: { name: "West Yorkshire", detail: "1,388 LSOAs" },
      layers: [layer],
      indicators: [{ indicator: indicator("crime", "Crime", ""), period: "2018" }],
    });
    expect(found.map(({ title }) => title)).toEqual([
      "The whole",
      "Places on the map",
      "Indicators",
    ]);
    expect(found.flatMap(({ items }) => items)).toMatchObject([
      { kind: "whole", label: "West Yorkshire", detail: "1,388 LSOAs" },
      { kind: "layer", id: "gp", label: "GP surgeries", detail: "1,210" },
      { kind: "indicator", id: "crime", period: "2018", label: expect.stringContaining("2018") },
    ]);
  });

  it("puts first what is called exactly as the query", () => {
    const areas = ["Spot 17", "Spot 7"].map((name) => {
      return { code: name, name, local_name: null, parents: {} };
    });
    const indicators = [{ indicator: indicator("spots", "Spots", ""), period: null }];
    const labels = (query: string) =>
      exactFirst(groupSuggestions({ ...nothing, areas, indicators }), query).flatMap(({ items }) =>
        items.map(({ label }) => label),
      );
    expect(labels("spot-7")).toEqual(["Spot 7", "Spot 17", "Spots"]);
    expect(labels("SPOTS")).toEqual(["Spots", "Spot 17", "Spot 7"]);
    expect(labels("spot")).toEqual(["Spot 17", "Spot 7", "Spots"]);
  });
});

describe("an indicator and a period", () => {
  const timed = (id: string, name: string, periods: string[]) =>
    ({ ...indicator(id, name, ""), periods: { lsoa: periods }, opens_at: "lsoa" }) as Indicator;
  const groups = [
    {
      path: ["Deprivation"],
      indicators: [
        timed("imd", "IMD score", ["2010", "2015", "2019"]),
        timed("idaci", "IDACI", ["2019"]),
        timed("crime", "Crime", ["2017-07", "2018-05", "2018-07"]),
        timed("census", "Census 2011 residents", ["2011"]),
      ],
    },
  ];
  const names = { "2017-07": "July 2017", "2018-05": "May 2018", "2018-07": "July 2018" };
  const found = (query: string) =>
    findInTime(groups, query, 5, "lsoa", names).map(({ indicator: { id }, period }) => [
      id,
      period,
    ]);

  it("are found together, whichever comes first", () => {
    expect(found("imd 2015")).toEqual([["imd", "2015"]]);
    expect(found("2019 imd")).toEqual([["imd", "2019"]]);
    expect(found("crime july 2017")).toEqual([["crime", "2017-07"]]);
    expect(found("crime 2018")).toEqual([["crime", "2018-07"]]);
    expect(found("crime may")).toEqual([["crime", "2018-05"]]);
  });

  it("are no more than the indicator where no period is named, and nothing where it has none of it", () => {
    expect(found("imd")).toEqual([["imd", null]]);
    expect(found("imd 2018")).toEqual([]);
    expect(found("2019")).toEqual([]);
    expect(found("census 2011")).toEqual([["census", "2011"]]);
  });

  it("of an exact name comes before others that have it in theirs", () => {
    const more = [
      {
        path: ["Income"],
        indicators: [timed("a", "Income of pensioners", []), timed("b", "Income", [])],
      },
    ];
    expect(findIndicators(more, "income", 1).map(({ id }) => id)).toEqual(["b"]);
  });
});
