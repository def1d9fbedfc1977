import { describe, expect, it } from "vitest";
import { packed, unpacked } from "../src/packed";
import { parseSelection, writeSelection } from "../src/ref";

describe("many codes in a few characters", () => {
  it("are the first, and the distances to those that follow", () => {
    const codes = ["E01000009", "E01000010", "E01000043", "E01000046"];
    expect(packed(codes)).toEqual(["E01000009*AgBC"]);
    expect(unpacked("E01000009*AgBC")).toEqual(codes);
  });

  it("begin anew where codes are numbered otherwise", () => {
    expect(packed(["W01000002", "E01000009", "TOWN", "E01000010", "A9"])).toEqual([
      "A9",
      "E01000009*A",
      "TOWN",
      "W01000002",
    ]);
  });

  it("come back as they were, however far apart", () => {
    const codes = [0, 1, 31, 32, 33, 64, 65, 1100, 40_000, 1_048_577, 99_999_999].map(
      (n) => `S${String(n).padStart(8, "0")}`,
    );
    expect(packed(codes).flatMap((text) => unpacked(text))).toEqual(codes);
    expect(packed(codes)).toHaveLength(1);
  });

  it("cannot be read where they are not written so", () => {
    for (const text of ["A98*AA", "A08*!", "A08*g", "TOWN*A", "*A", "A08*ggggggggA", "A08*é"]) {
      expect(unpacked(text), text).toBeUndefined();
    }
    expect(parseSelection("A08*!")).toBeUndefined();
  });
});

describe("a selection in a link", () => {
  const own = (n: number) => ({ geography: null, code: `E${10_000 + n}` });

  it("lists a few areas in their order, and packs many", () => {
    const few = [own(3), own(1)];
    expect(writeSelection(few, [])).toBe("E10003,E10001");
    const many = Array.from({ length: 350 }, (_, i) => own(4 * i));
    const text = writeSelection([...many, { geography: "lad", code: "L1" }], ["class:2"]);
    expect(text).toBe(`class:2,E10000*${"D".repeat(349)},lad:L1`);
    const read = parseSelection(text);
    expect(read?.groups).toEqual(["class:2"]);
    expect(read?.areas).toEqual([...many, { geography: "lad", code: "L1" }]);
  });
});
