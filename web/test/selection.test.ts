import { describe, expect, it } from "vitest";
import { carried, type Known } from "../src/carried";
import type { AreaColumns, Geography, Indicator } from "../src/contract";
import { leftBehind, passed, toggled } from "../src/selection";

function known(
  id: string,
  singular: string,
  names: Record<string, string>,
  parents: Record<string, (string | null)[]> = {},
  vintage = "",
): Known {
  const [code, name] = [Object.keys(names), Object.values(names)];
  const called = {
    distinct_singular: singular + vintage,
    distinct_plural: `${singular}s${vintage}`,
  };
  return {
    geography: { id, singular, ...called } as Geography,
    areas: {
      geography: id,
      columns: { code, name, local_name: code.map(() => null), parents },
    } as unknown as AreaColumns,
  };
}

// B was divided into B1 and B2, C went, and D is in no lookup.
const OLD = known(
  "old",
  "LSOA",
  { A: "Acre", B: "Beck", C: "Croft", D: "Dale" },
  { lad: ["L1", "L1", "L2", "L2"] },
  " of 2011",
);
const NEW = known(
  "new",
  "LSOA",
  { A: "Acre", B1: "Beck 1", B2: "Beck 2", D: "Dale" },
  { old: ["A", "B", "B", null] },
  " of 2021",
);
const DISTRICTS = known("lad", "district", { L1: "Leeds", L2: "Luton" });
const of = (geography: string | null, ...codes: string[]) =>
  codes.map((code) => ({ geography, code }));
const own = (code: string) => ({ geography: null, code });

describe("a selection", () => {
  it("follows clusters by their areas, each once", () => {
    const clusters: Known = {
      ...known("cluster", "cluster", { K: "Kirk", L: "Lane", M: "Moor" }),
      members: {
        base: OLD,
        of: new Map([
          ["K", ["A", "B"]],
          ["L", ["B"]],
          ["M", ["C"]],
        ]),
      },
    };
    const { areas, notices } = carried(of("cluster", "K", "L", "M"), [clusters], NEW);
    expect(areas).toEqual(of(null, "A", "B1", "B2"));
    expect(notices).toEqual([
      "Your selection moved with you from 2 clusters to 3 LSOAs of 2021.",
      "Moor has no counterpart among LSOAs of 2021 and was let go.",
    ]);
    expect(carried(of("cluster", "K"), [clusters], OLD).areas).toEqual(of(null, "A", "B"));
  });

  it("gains and loses areas", () => {
    expect(toggled([own("E01")], own("E02"))).toEqual([own("E01"), own("E02")]);
    expect(toggled([own("E01"), own("E02")], own("E01"))).toEqual([own("E02")]);
  });

  it("goes up to the parents, each once, and says so", () => {
    const { areas, notices } = carried(of("old", "A", "B", "C"), [OLD], DISTRICTS);
    expect(areas).toEqual(of(null, "L1", "L2"));
    expect(notices).toEqual(["Your selection moved with you from 3 LSOAs of 2011 to 2 districts."]);
  });

  it("goes down to all that lie in an area", () => {
    const { areas, notices } = carried(of("lad", "L1"), [DISTRICTS], OLD);
    expect(areas).toEqual(of(null, "A", "B"));
    expect(notices).toEqual(["Your selection moved with you from 1 district to 2 LSOAs of 2011."]);
  });

  it("follows from vintage to vintage by the lookup, else by the code, and names what it lets go", () => {
    const { areas, notices } = carried(of("old", "A", "B", "C", "D"), [OLD], NEW);
    expect(areas).toEqual(of(null, "A", "B1", "B2", "D"));
    expect(notices).toEqual([
      "Your selection moved with you from 3 LSOAs of 2011 to 4 LSOAs of 2021.",
      "Croft has no counterpart among LSOAs of 2021 and was let go.",
    ]);
    expect(carried(of("new", "B2", "D"), [NEW], OLD).areas).toEqual(of(null, "B", "D"));
  });

  it("does not take equal codes of another kind of area for the same", () => {
    const wards = known("ward", "ward", { A: "Ash", E05000001: "Elm" });
    const others = known("town", "town", { A: "Ayr", E05000001: "Elm" });
    const { areas, notices } = carried(of("ward", "A", "E05000001"), [wards], others);
    expect(areas).toEqual(of(null, "E05000001"));
    expect(notices[1]).toBe("Ash has no counterpart among towns and was let go.");
  });

  it("names a few of many that it lets go", () => {
    const many = Object.fromEntries(Array.from("abcdefgh", (code) => [code, `Area ${code}`]));
    const { notices } = carried(of("w", ...Object.keys(many)), [known("w", "ward", many)], NEW);
    expect(notices).toEqual([
      "Area a, Area b, Area c, Area d, Area e and 3 more have no counterpart among LSOAs of 2021 and were let go.",
    ]);
  });

  it("keeps areas of other geographies, and those that are of the new one already", () => {
    const areas = [...of("lad", "L2"), ...of("old", "A"), ...of("new", "D")];
    expect(carried(areas, [OLD], NEW).areas).toEqual([
      ...of("lad", "L2"),
      ...of(null, "A"),
      ...of(null, "D"),
    ]);
  });

  it("leaves the geographies behind that an indicator is not published for", () => {
    const indicator = {
      periods: { new: ["2025"], lad: ["2025"], old: [] },
    } as unknown as Indicator;
    const areas = [...of("old", "A"), ...of("lad", "L1"), own("A"), ...of("gone", "X")];
    expect([...leftBehind(areas, indicator, "new")]).toEqual(["old", "gone"]);
  });
});

describe("where areas overlap", () => {
  const ref = (code: string) => ({ geography: null, code });

  it("the selection passes from one to the next, selected or not", () => {
    expect(passed([ref("A"), ref("B")], ref("A"), ref("C"))).toEqual([ref("B"), ref("C")]);
    expect(passed([], ref("A"), ref("C"))).toEqual([ref("C")]);
    expect(passed([ref("A"), ref("C")], ref("A"), ref("C"))).toEqual([ref("C")]);
  });
});
