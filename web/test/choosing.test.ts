import { describe, expect, it } from "vitest";
import { notInPercent, readFilter, spelled, writeFilter } from "../src/choosing/conditions";
import {
  type Ground,
  inOrder,
  joinedBy,
  membersOf,
  settledGroups,
  withMembers,
  withoutGroup,
  worstFirst,
} from "../src/choosing/groups";
import { whyNoName, whyNoRoom } from "../src/choosing/naming";
import { distanceKm, pointsAround, pointsInside } from "../src/choosing/nearby";
import { steppedBack } from "../src/map/stepped-back";
import { parseGroup, parseSelection, parseSet, writeGroup, writeSet } from "../src/ref";
import { DEFAULT_VIEW, readView, type View } from "../src/view";

const own = (code: string, by?: string) =>
  by === undefined ? { geography: null, code } : { geography: null, code, by };

const GROUND = {
  areas: {
    columns: { code: ["E01", "E02", "E03", "E04"], parents: { lad: ["L1", "L1", "L2", null] } },
  },
  classes: { classes: [0, 1, 1, null], rank: { values: [null, null, null, null] } },
} as unknown as Ground;
const RANKED = {
  ...GROUND,
  classes: { ...GROUND.classes, rank: { values: [3, 2, 1, null] } },
} as Ground;

describe("groups of areas in a link", () => {
  it.each(["class:1", "class:12", "parent:lad11:E08000035", "filter"])("%s is one", (text) => {
    const group = parseGroup(text);
    expect(group && writeGroup(group)).toBe(text);
  });

  it.each(["class:0", "class:x", "class:1:2", "parent:lad11", "parent:lad11:", "filters", "E01"])(
    "%s is none",
    (text) => expect(parseGroup(text)).toBeUndefined(),
  );

  it("stand beside codes, each once", () => {
    expect(parseSelection("class:2,E01,class:2,E01,lad:L1")).toEqual({
      areas: [own("E01"), { geography: "lad", code: "L1" }],
      groups: ["class:2"],
    });
    expect(parseSelection("class:none")).toBeUndefined();
    expect(parseSelection("parent:lad11")).toBeUndefined();
  });

  it("have the areas of the picture", () => {
    const members = (text: string, passing: string[] | null = null) => {
      const group = parseGroup(text);
      return group && membersOf(group, GROUND, passing && new Set(passing));
    };
    expect(members("class:2")).toEqual(["E02", "E03"]);
    expect(members("class:3")).toEqual([]);
    expect(members("parent:lad:L1")).toEqual(["E01", "E02"]);
    expect(members("parent:ward:L1")).toEqual([]);
    expect(members("filter")).toBeNull();
    expect(members("filter", ["E03", "E01"])).toEqual(["E01", "E03"]);
  });

  it("join what is selected, and are said where they are empty", () => {
    const found = withMembers(
      { areas: [own("E02")], groups: ["class:2", "class:9", "filter"] },
      GROUND,
      null,
    );
    expect(found.areas).toEqual([own("E02"), own("E03", "class:2")]);
    expect(found.groups).toEqual(["class:2", "filter"]);
    expect(found.notices).toEqual(["The link selects “class:9”, and no area here belongs to it."]);
    // Once they are there, they are not brought again.
    expect(withMembers(found, GROUND, null).areas).toBe(found.areas);
  });

  it("stand worst first, and those without a value last", () => {
    const found = withMembers({ areas: [], groups: ["parent:lad:L1"] }, RANKED, null);
    expect(found.areas.map(({ code }) => code)).toEqual(["E02", "E01"]);
    expect(worstFirst(["E04", "E01", "E03", "E02"], RANKED)).toEqual(["E03", "E02", "E01", "E04"]);
    // Few are named in a link as they were selected, and stay so.
    const few = ["E04", "E03"].map((code) => ({ geography: null, code }));
    expect(inOrder(few, RANKED)).toBe(few);
    const others = Array.from({ length: 50 }, (_, i) => ({ geography: "lad", code: `L${i}` }));
    const many = inOrder([...others, ...few], RANKED);
    expect(many.slice(0, 2)).toEqual(few.toReversed());
    expect(many).toHaveLength(52);
  });

  it("are let go where they are too many to select", () => {
    const code = Array.from({ length: 12_001 }, (_, i) => `E${10_000 + i}`);
    const ground = {
      areas: { columns: { code, parents: {} } },
      classes: { classes: code.map(() => 0), rank: { values: [] } },
    } as unknown as Ground;
    const found = withMembers({ areas: [own("E1")], groups: ["class:1"] }, ground, null);
    expect([found.areas, found.groups]).toEqual([[own("E1")], []]);
    expect(found.notices[0]).toContain("12,001 areas; at most 12,000");
  });

  it("stay in the link while they say the selection, and are listed otherwise", () => {
    const present: View = {
      ...DEFAULT_VIEW,
      areas: [own("E09"), own("E02", "class:2"), own("E03", "class:2")],
      groups: ["class:2"],
    };
    const listed = {
      areas: ["E09", "E02", "E03"].map((code) => own(code)),
      groups: [],
      notices: [],
    };
    expect(settledGroups({ ...present, palette: "grey" }, present).groups).toEqual(["class:2"]);
    expect(settledGroups({ ...present, k: 4 }, present)).toEqual(listed);
    expect(settledGroups({ ...present, period: "2018" }, present)).toEqual(listed);
    const circular = { ...present, scope: "selection" as const };
    expect(settledGroups(circular, circular)).toEqual(listed);
    const fewer = { ...present, areas: present.areas.slice(0, 2) };
    expect(settledGroups(fewer, present)).toMatchObject({
      areas: [own("E09"), own("E02")],
      groups: [],
    });
    // A code that stands beside them may go.
    const others = { ...present, areas: present.areas.slice(1) };
    expect(settledGroups(others, present).groups).toEqual(["class:2"]);
    expect(withoutGroup(present, "class:2")).toEqual({ areas: [own("E09")], groups: [] });
  });

  it("do not name a selection that their classes are made of", () => {
    const present: View = { ...DEFAULT_VIEW, scope: "selection" };
    const next = { ...present, areas: [own("E02", "class:2")], groups: ["class:2"] };
    expect(settledGroups(next, present)).toMatchObject({ areas: [own("E02")], groups: [] });
  });

  it("are let go, and said, where another map is shown before their areas are known", () => {
    const groups = ["class:2", "parent:lad:L1"];
    const present: View = { ...DEFAULT_VIEW, areas: [own("E09")], groups };
    expect(settledGroups({ ...present, palette: "grey" }, present).groups).toEqual(groups);
    expect(settledGroups({ ...present, period: "2018" }, present)).toEqual({
      areas: [own("E09")],
      groups: ["parent:lad:L1"],
      notices: ["This link’s “class:2” is of a map that is not shown, so it was left out."],
    });
  });

  it("do not bring an area twice", () => {
    expect(joinedBy([own("E01")], ["E01", "E02"], null)).toEqual([own("E01"), own("E02")]);
  });
});

describe("sets", () => {
  it("are their areas, in order and once, under a name", () => {
    const set = parseSet("North side~lsoa:E02,E01,lsoa:E02");
    expect(set).toEqual({ name: "North side", geography: "lsoa", codes: ["E01", "E02"] });
    expect(set && writeSet(set)).toBe("North side~lsoa:E01,E02");
  });

  it.each([
    "~lsoa:E01",
    "North",
    "North~",
    "North~E01",
    "A, B~lsoa:E01",
    "North~lsoa:E01,lad:E02",
    `${"N".repeat(81)}~lsoa:E01`,
    `North~lsoa:${Array.from({ length: 12_001 }, (_, i) => `E${i}`).join(",")}`,
  ])("%.40s is none", (text) => expect(parseSet(text)).toBeUndefined());

  it("stand in the address one by one, each of another name", () => {
    const { view, notices } = readView("?set=A~lsoa:E01&set=B~lsoa:E02&set=A~lsoa:E03");
    expect(view.set.map(({ name }) => name)).toEqual(["A", "B"]);
    expect(notices).toHaveLength(1);
  });

  it("have names that can be told apart", () => {
    const sets = [{ name: "A", geography: "lsoa", codes: ["E01"] }];
    expect(whyNoName("B", sets)).toBeNull();
    expect(whyNoName("A", sets)).toContain("already");
    expect(whyNoName("", sets)).toContain("1 to 80");
    expect(whyNoName("A~B", sets)).toContain("1 to 80");
  });

  it("are as many as a link can hold", () => {
    const set = (name: string, n: number) => ({
      name,
      geography: "lsoa",
      codes: Array.from({ length: n }, (_, i) => `E${10_000 + i}`),
    });
    const few = ["A", "B", "C", "D", "E", "F"].map((name) => set(name, 1));
    expect(whyNoRoom(few)).toBeNull();
    expect(whyNoRoom([...few, set("G", 1)])).toContain("6 sets");
    expect(whyNoRoom([set("A", 4000), set("B", 4000), set("C", 1000)])).toBeNull();
    expect(whyNoRoom([set("A", 4000), set("B", 4000), set("C", 4000)])).not.toBeNull();
  });
});

describe("a filter in fields", () => {
  it("comes back as it was written", () => {
    const text = "imd-decile<=2 and idaci@2019>0.3333";
    const conditions = readFilter(text);
    expect(conditions).toEqual([
      { indicator: "imd-decile", period: null, sign: "<=", bound: "2" },
      { indicator: "idaci", period: "2019", sign: ">", bound: "0.3333" },
    ]);
    expect(writeFilter(conditions ?? [])).toBe(text);
  });

  it("is read as people type it", () => {
    const read = (text: string) => writeFilter(readFilter(text) ?? []);
    expect(read("decile ≤ 2 AND crime ≥ 1,000.5")).toBe("decile<=2 and crime>=1000.5");
    expect(read("share > 33%")).toBe("share>33");
    expect(read("change < −5")).toBe("change<-5");
    expect(spelled(" a ≤ 2 ")).toBe("a <= 2");
  });

  it("is nothing for fields where it is no list of conditions", () => {
    expect(readFilter("decile 2")).toBeNull();
    expect(readFilter("")).toBeNull();
    expect(readFilter("a<=2 and ")).toBeNull();
  });

  it("says where a percentage is given for something else", () => {
    const units: Record<string, string> = { share: "%", rate: "per 1,000 residents", idaci: "" };
    const wrong = (text: string) => notInPercent(readFilter(text) ?? [], (id) => units[id]);
    expect(wrong("share>33% and rate>5")).toBeNull();
    expect(wrong("share>33% and idaci>33%")?.indicator).toBe("idaci");
    expect(wrong("other>33%")).toBeNull();
  });
});

describe("areas around a place", () => {
  it("are as far as the sphere has it", () => {
    // Leeds to Bradford, about 13.5 km; a degree of latitude is 111.195 km on this sphere.
    expect(distanceKm([0, 50], [0, 51])).toBeCloseTo(111.195, 2);
    expect(distanceKm([-1.5491, 53.8008], [-1.7594, 53.796])).toBeCloseTo(13.82, 1);
    expect(distanceKm([179.9, 0], [-179.9, 0])).toBeCloseTo(22.24, 1);
  });

  it("are those whose point is near enough", () => {
    const points = [[0, 50], [0, 50.01], null, [0, 50.1]] as const;
    expect(pointsAround(points as never, [0, 50], 2)).toEqual([0, 1]);
    expect(pointsAround(points as never, [0, 50], 12)).toEqual([0, 1, 3]);
  });

  it("are those inside a line, wherever it begins and whichever way it goes", () => {
    const points = [[1, 1], [3, 1], null, [1, 3]] as never;
    const corners: [number, number][] = [
      [0, 0],
      [2, 0],
      [2, 4],
      [0, 4],
    ];
    expect(pointsInside(points, corners)).toEqual([0, 3]);
    expect(pointsInside(points, [...corners].reverse())).toEqual([0, 3]);
    // One that turns in on itself.
    expect(
      pointsInside(points, [
        [0, 0],
        [4, 0],
        [4, 2],
        [2, 0.5],
        [0, 2],
      ]),
    ).toEqual([0, 1]);
    expect(pointsInside(points, corners.slice(0, 2))).toEqual([]);
  });
});

describe("a filtered map", () => {
  const paints = [
    { fill: { colour: "red" }, dimmed: false },
    { fill: "no-data" as const, dimmed: false },
  ];
  const colouring = { paints, ofArea: Uint8Array.of(0, 1, 0) };

  it("dims what does not pass, in its own colour", () => {
    const { paints, ofArea } = steppedBack(colouring, [true, true, false]);
    expect([...ofArea].map((paint) => paints[paint])).toEqual([
      { fill: { colour: "red" }, dimmed: false },
      { fill: "no-data", dimmed: false },
      { fill: { colour: "red" }, dimmed: true },
    ]);
  });

  it("is as it was without a filter", () => {
    expect(steppedBack(colouring, null)).toEqual(colouring);
  });
});
