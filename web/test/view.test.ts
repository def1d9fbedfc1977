import { describe, expect, it } from "vitest";
import links from "../../tests/links.json";
import { isId } from "../src/ref";
import {
  DEFAULT_VIEW,
  LOCKS,
  METHODS,
  MODES,
  openingView,
  PAIRS,
  PALETTES,
  PANELS,
  PERMUTATIONS,
  readView,
  SCOPES,
  SMOOTHINGS,
  SORTS,
  STATISTICS,
  speaks,
  type View,
  writeView,
} from "../src/view";

/** A small generator with a fixed seed, so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

function anyView(next: () => number): View {
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T;
  const maybe = <T>(value: T) => (next() < 0.5 ? null : value);
  const ref = (geography: string | null) => ({ geography, code: `E0${Math.floor(next() * 1e7)}` });
  const method = pick(METHODS);
  return {
    panel: PANELS[Math.floor(next() * PANELS.length)] ?? "areas",
    second: next() < 0.5 ? null : next() < 0.5 ? "income" : "income@2019",
    layers: next() < 0.5 ? [] : ["schools", "gps"].slice(0, 1 + Math.floor(next() * 2)),
    geography: maybe(pick(["lsoa11", "msoa11", "school-clusters_2"])),
    indicator: maybe(pick(["crime", "imd.decile", "a-b"])),
    period: maybe(pick(["2019", "2018-07", "2019-Q2", "2018/19", "2017-2019"])),
    within: maybe(ref("lad11")),
    areas: Array.from({ length: Math.floor(next() * 4) }, () => ref(maybe("lad11"))),
    groups: ["class:2", "parent:lad11:E08000035", "filter"].filter(() => next() < 0.2),
    set: ["North side", "St John’s & +1"]
      .filter(() => next() < 0.3)
      .map((name) => ({ name, geography: "lsoa11", codes: ["E01", "E02"] })),
    filter: maybe("imd-decile<=2 and idaci@2018/19>0.333"),
    method,
    k: 2 + Math.floor(next() * 11),
    breaks:
      method === "custom" ? [-1.5, -1.5, 0, 12.25].slice(0, 2 + Math.floor(next() * 3)) : null,
    centre: maybe(pick([0, -2.5, 13.8])),
    scope: maybe(pick(SCOPES)),
    palette: pick([...PALETTES, ...PAIRS]),
    reverse: next() < 0.5,
    still: next() < 0.5,
    at: maybe({
      centre: [
        Math.round((next() * 360 - 180) * 1e5) / 1e5,
        Math.round((next() * 170 - 85) * 1e5) / 1e5,
      ],
      zoom: Math.round(next() * 2200) / 100,
    }),
    sort: pick(SORTS),
    mode: pick(MODES),
    from: maybe("2018-07"),
    against: maybe(pick(["parent", "target", "lad11:E08000035", "period:2016-07"])),
    hotspot: pick(STATISTICS),
    permutations: pick(PERMUTATIONS),
    seed: Math.floor(next() * 1e9),
    fdr: Math.floor(1 + next() * 99) / 100,
    smooth: maybe(pick(SMOOTHINGS)),
    theme: maybe(pick(["light", "dark"] as const)),
    edition: maybe("3f9a0c1d22e4b567"),
    lock: LOCKS.filter(() => next() < 0.3),
  };
}

describe("the view in the address", () => {
  it("comes back as it was written", () => {
    const next = random(20190926);
    for (let i = 0; i < 500; i += 1) {
      const view = anyView(next);
      expect(readView(writeView(view))).toEqual({ view, notices: [] });
    }
  });

  it("is empty for what opens first", () => {
    expect(writeView(DEFAULT_VIEW)).toBe("");
    expect(readView("")).toEqual({ view: DEFAULT_VIEW, notices: [] });
  });

  it("can be read aloud", () => {
    const { view } = readView(
      "?indicator=crime&period=2018/19&within=lad11:E08000035&areas=E01,lad11:E02",
    );
    expect(writeView(view)).toBe(
      "?indicator=crime&period=2018/19&within=lad11:E08000035&areas=E01,lad11:E02",
    );
  });

  it("ignores what it does not know", () => {
    expect(readView("?utm_source=mail&fbclid=1")).toEqual({ view: DEFAULT_VIEW, notices: [] });
  });

  it("says what this page does not show", () => {
    const { view, notices } = readView("?mode=nothing&lang=cy&fdr=");
    expect(view).toEqual(DEFAULT_VIEW);
    expect(notices).toEqual([
      "This link’s “mode” could not be read (nothing), so it was left out.",
      "This link’s “lang” could not be read (cy), so it was left out.",
    ]);
  });

  it("takes the language that all words are in, and leaves it out of links", () => {
    const { view, notices } = readView("?lang=en");
    expect({ view, notices }).toEqual({ view: DEFAULT_VIEW, notices: [] });
    expect(writeView(view)).toBe("");
  });

  it("says names that it does not know, but for those of who counts visits", () => {
    const known = "indicator=imd&utm_source=mail&fbclid=x&gclid=y&foo=";
    expect(readView(`?${known}`).notices).toEqual([]);
    expect(readView("?INDICATOR=imd&foo=1&foo=2").notices).toEqual([
      "“INDICATOR” is nothing that a link can say here, so it was left out.",
      "“foo” is nothing that a link can say here, so it was left out.",
    ]);
  });

  it("takes the first of what is said twice, and says so", () => {
    const { view, notices } = readView("?indicator=a&indicator=b");
    expect(view.indicator).toBe("a");
    expect(notices).toEqual(["The link says “indicator” more than once; the first was taken."]);
  });

  it("locks what it knows how to lock", () => {
    expect(readView("?lock=at,moon,legend").view.lock).toEqual(["legend", "at"]);
    expect(readView("?lock=moon").notices).toHaveLength(1);
  });

  it.each([
    "k=40",
    "k=5.5",
    "k=many",
    "method=nearest",
    "palette=rainbow",
    "reverse=maybe",
    "at=1,2",
    "at=,53.8,9",
    "at=-1.5,153.8,9",
    "within=E08000035",
    "areas=,E01",
    "sort=shoe-size",
    "method=custom",
    "method=custom&breaks=5",
    "breaks=0,5,5",
    "breaks=0,five",
    "breaks=0,1,2,3,4,5,6,7,8,9,10,11,12,13",
    "centre=zero",
    "scope=moon",
    "theme=sepia",
    "geography=../etc",
    "mode=globe",
    "hotspot=kulldorff",
    "permutations=5",
    "seed=-1",
    "fdr=1",
    "smooth=much",
    "against=somebody",
  ])("leaves out %s and says so", (query) => {
    const { view, notices } = readView(`?${query}`);
    expect(view).toEqual(DEFAULT_VIEW);
    expect(notices).toHaveLength(1);
    expect(query).toContain(notices[0]?.match(/“(\w+)”/)?.[1]);
  });

  it("has breaks for no other classes", () => {
    const { view, notices } = readView("?method=equal&breaks=0,5");
    expect(view).toEqual({ ...DEFAULT_VIEW, method: "equal" });
    expect(notices).toHaveLength(1);
  });

  it("takes breaks for classes of one's own", () => {
    expect(readView("?breaks=0,5,10").view).toMatchObject({ method: "custom", breaks: [0, 5, 10] });
  });

  it("holds an area once", () => {
    expect(readView("?areas=E01,E02,E01").view.areas.map((ref) => ref.code)).toEqual([
      "E01",
      "E02",
    ]);
  });
});

describe("what a link says", () => {
  const cases = Object.entries(links.parameters).flatMap(([name, { read, unread }]) => [
    ...read.map((text) => [name, text, true] as const),
    ...unread.map((text) => [name, text, false] as const),
  ]);
  it.each(cases)("%s=%s can be read: %s", (name, text, isRead) => {
    const { notices } = readView(`?${new URLSearchParams({ [name]: text })}`);
    expect(notices).toEqual(isRead ? [] : [expect.stringContaining(`“${name}” could not be read`)]);
  });

  it("ids are those that an atlas may have", () => {
    for (const id of links.ids.read) expect([id, isId(id)]).toEqual([id, true]);
    for (const id of links.ids.unread) expect([id, isId(id)]).toEqual([id, false]);
  });

  it.each([
    ["2017-19", "2017-2019"],
    ["2017-2019", "2017-2019"],
    ["2019-q2", "2019-Q2"],
    [" 2018/19", "2018/19"],
    ["1999/00", "1999/00"],
    ["2010-12", "2010-12"],
    ["2019", "2019"],
  ])("the period %s is %s", (text, period) => {
    const { view } = readView(`?${new URLSearchParams({ period: text, second: `a@${text}` })}`);
    expect([view.period, view.second]).toEqual([period, `a@${period}`]);
  });

  it("is of what is shown, or beside it", () => {
    for (const aside of [
      "",
      "?",
      "?k=",
      "?theme=dark&lang=en&lock=at",
      "?edition=1",
      "?utm_source=a",
    ])
      expect([aside, speaks(aside)]).toEqual([aside, false]);
    for (const link of ["?k=5", "?areas=A1", "?panel=trend", "?set=x", "?k=&k=7", "?mode=moon"])
      expect([link, speaks(link)]).toEqual([link, true]);
  });

  it("of an atlas that opens with something else counts what is said beside it", () => {
    const opening = { indicator: "a", geography: "b", period: "2019", k: "7", theme: "dark" };
    const { view, notices } = openingView(opening, "?theme=light&k=");
    expect(view).toEqual({
      ...DEFAULT_VIEW,
      indicator: "a",
      geography: "b",
      period: "2019",
      k: 7,
      theme: "light",
    });
    expect(notices).toEqual([]);
  });
});
