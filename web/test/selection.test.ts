import { describe, expect, it } from "vitest";
import type { AreaColumns } from "../src/contract";
import { carried, passed, toggled } from "../src/selection";

const LSOAS = {
  geography: "lsoa",
  columns: { code: ["E01", "E02", "E03"], parents: { lad: ["L1", "L1", "L2"] } },
} as unknown as AreaColumns;
const own = (code: string) => ({ geography: null, code });

describe("a selection", () => {
  it("gains and loses areas", () => {
    expect(toggled([own("E01")], own("E02"))).toEqual([own("E01"), own("E02")]);
    expect(toggled([own("E01"), own("E02")], own("E01"))).toEqual([own("E02")]);
  });

  it("goes up to the parents, each once, and says so", () => {
    const { areas, notice } = carried([own("E01"), own("E02"), own("E03")], LSOAS, {
      id: "lad",
      singular: "district",
      plural: "districts",
    });
    expect(areas).toEqual([own("L1"), own("L2")]);
    expect(notice).toContain("3 areas lie in 2 districts");
  });

  it("is let go on the way down, and says so", () => {
    const { areas, notice } = carried([own("E01")], LSOAS, {
      id: "oa",
      singular: "output area",
      plural: "output areas",
    });
    expect(areas).toEqual([]);
    expect(notice).toContain("1 selected area has no counterpart");
  });

  it("keeps areas that were of the other geography already", () => {
    const { areas } = carried([{ geography: "lad", code: "L2" }], LSOAS, {
      id: "lad",
      singular: "district",
      plural: "districts",
    });
    expect(areas).toEqual([own("L2")]);
  });

  it("has nothing to say when empty", () => {
    expect(
      carried([], LSOAS, { id: "lad", singular: "district", plural: "districts" }).notice,
    ).toBeNull();
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
