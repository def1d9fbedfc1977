import { describe, expect, it } from "vitest";
import type { Atlas, Catalog, Geography, Indicator } from "../src/contract";
import { MOST_MEMBERS } from "../src/ref";
import { geographyFor, indicatorsInOrder, resolveScene, withoutDefaults } from "../src/scene";
import { DEFAULT_VIEW, openingView, readView, writeView } from "../src/view";

const geography = (id: string, count: number, parents: string[]) =>
  ({
    id,
    name: `${id} areas`,
    singular: id,
    plural: `${id}s`,
    distinct_singular: id,
    distinct_plural: `${id}s`,
    count,
    shape: true,
    parents: parents.map((parent) => ({ geography: parent, fit: "exact" })),
  }) as Geography;
const indicator = (id: string, periods: Record<string, string[]>) =>
  ({
    id,
    name: id,
    periods,
    opens_at: Object.keys(periods)[0],
    methods: ["quantile", "custom"],
  }) as unknown as Indicator;

const atlas = {
  people: ["stroke"],
  view: { geography: "lsoa", indicator: "crime", period: "2018" },
} as Atlas;
const catalog: Catalog = {
  edition: "1",
  points: [],
  postcodes: false,
  period_names: { "2018": "the year 2018" },
  geographies: [
    geography("lsoa", 1388, ["msoa", "lad", "county"]),
    geography("msoa", 299, ["lad"]),
    geography("lad", 5, []),
    geography("county", 1, []),
  ],
  comparators: [],
  themes: [
    {
      name: "Health",
      indicators: ["stroke"],
      themes: [{ name: "Old", indicators: ["crime"], themes: [] }],
    },
  ],
  indicators: [
    indicator("crime", { lsoa: ["2016", "2018"], msoa: ["2018"] }),
    indicator("stroke", { msoa: ["2017-2019"], lad: ["2017-2019"] }),
  ],
};

const resolve = (query: string) => resolveScene(readView(query).view, atlas, catalog);

describe("a view in this atlas", () => {
  it("opens with the atlas's first indicator, its geography and the newest period", () => {
    const { scene, notices } = resolve("");
    expect([scene.indicator.id, scene.geography.id, scene.period]).toEqual([
      "crime",
      "lsoa",
      "2018",
    ]);
    expect(scene.parent?.id).toBe("lad");
    expect(notices).toEqual([]);
  });

  it("counts the people of areas only where that is published for them", () => {
    expect(resolve("").scene.people).toBeNull();
    expect(resolve("?geography=msoa").scene.people).toBe("stroke");
  });

  it.each([
    ["?indicator=crim", "crime", "lsoa"],
    ["?geography=ward", "crime", "lsoa"],
    ["?indicator=stroke&geography=lsoa", "stroke", "msoa"],
    ["?period=2017", "crime", "lsoa"],
    ["?within=ward:E05", "crime", "lsoa"],
    ["?areas=ward:E05", "crime", "lsoa"],
    ["?layers=wells", "crime", "lsoa"],
  ])("degrades %s with a notice", (query, indicatorId, geographyId) => {
    const { scene, notices } = resolve(query);
    expect(notices).toHaveLength(1);
    expect([scene.indicator.id, scene.geography.id]).toEqual([indicatorId, geographyId]);
    expect(scene.layers).toEqual([]);
    expect(scene.within).toBeNull();
    expect(scene.areas).toEqual([]);
  });

  it("keeps areas of the geography that a link spoke of, where it is shown for another", () => {
    const { scene } = resolve("?indicator=stroke&geography=lsoa&areas=E01");
    expect(scene.areas).toEqual([{ geography: "lsoa", code: "E01" }]);
  });

  it("names its own areas without their geography", () => {
    expect(resolve("?areas=lsoa:E01,lad:E08").scene.areas).toEqual([
      { geography: null, code: "E01" },
      { geography: "lad", code: "E08" },
    ]);
  });
});

describe("a link that selects too much", () => {
  const codes = Array.from({ length: MOST_MEMBERS + 1 }, (_, i) => `E${i}`);
  it("selects nothing, and says why", () => {
    const { scene, notices } = resolve(`?areas=${codes.join(",")}`);
    expect(scene.areas).toEqual([]);
    expect(notices).toEqual([
      "These are 12,001 areas; at most 12,000 can be selected at once. A filter holds any number.",
    ]);
  });
});

describe("an atlas that opens with more than its indicator", () => {
  const view = { ...atlas.view, period: "2016", k: "7", mode: "hotspots" };
  const opens = { ...atlas, view } as Atlas;
  const address = (query: string) =>
    writeView(withoutDefaults(readView(query).view, opens, catalog));

  it("says in its links what is shown, as in every atlas", () => {
    const opened = withoutDefaults(openingView(view).view, opens, catalog);
    expect(writeView(opened)).toBe("?period=2016&k=7&mode=hotspots");
    expect(address("?k=6")).toBe("?k=6");
  });

  it("names the indicator where a link would say nothing", () => {
    expect(address("?indicator=crime&geography=lsoa&period=2018")).toBe("?indicator=crime");
    expect(address("?theme=dark")).toBe("?indicator=crime&theme=dark");
    expect(writeView(withoutDefaults(DEFAULT_VIEW, atlas, catalog))).toBe("");
  });
});

describe("an address", () => {
  it("leaves out the defaults", () => {
    const full = readView("?indicator=crime&geography=lsoa&period=2018&areas=lsoa:E01").view;
    expect(writeView(withoutDefaults(full, atlas, catalog))).toBe("?areas=E01");
    expect(withoutDefaults(DEFAULT_VIEW, atlas, catalog)).toEqual(DEFAULT_VIEW);
  });

  it("keeps what differs", () => {
    const query = "?geography=msoa&indicator=crime&period=2016";
    const view = withoutDefaults(readView(query).view, atlas, catalog);
    expect([view.geography, view.indicator, view.period]).toEqual(["msoa", null, "2016"]);
  });
});

describe("changing the indicator", () => {
  it("keeps the geography where it can", () => {
    const [crime, stroke] = catalog.indicators as [Indicator, Indicator];
    expect(geographyFor(crime, "msoa")).toBe("msoa");
    expect(geographyFor(stroke, "lsoa")).toBe("msoa");
  });

  it("steps in the order of the themes", () => {
    expect(indicatorsInOrder(catalog).map((item) => item.id)).toEqual(["stroke", "crime"]);
  });
});
