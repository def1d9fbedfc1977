import { describe, expect, it } from "vitest";
import {
  filterGroups,
  findIndicators,
  findThemes,
  themeGroups,
  whereAndWhen,
} from "../src/choose/find";
import type { Catalog, Geography, Indicator } from "../src/contract";
import { groupSuggestions, placeSuggestions } from "../src/search/suggest";

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
  it("are grouped, local names first, empty groups left out", () => {
    const found = groupSuggestions({
      areas: [{ code: "E01", name: "Leeds 001A", local_name: "Otley", parents: { lad: "L1" } }],
      parent: { id: "lad", singular: "district" },
      parentNames: new Map([["L1", "Leeds"]]),
      places: [],
      others: [],
      indicators: [],
      themes: [],
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
      areas: [],
      parent: { id: "lad", singular: "district" },
      parentNames: new Map([["L1", "Leeds"]]),
      places: [],
      others: [
        {
          geography: ward,
          areas: [{ code: "W1", name: "Armley", local_name: null, parents: { lad: "L1" } }],
        },
      ],
      indicators: [],
      themes: [],
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
    const none = {
      parent: null,
      parentNames: new Map(),
      places: [],
      others: [],
      indicators: [],
      themes: [],
    };
    const kinds = (hasMore: boolean) =>
      groupSuggestions({ ...none, areas: [area], hasMore })[0]?.items.map((item) => item.kind);
    expect(kinds(false)).toEqual(["area"]);
    expect(kinds(true)).toEqual(["area", "told"]);
  });
});
