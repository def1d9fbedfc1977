import { describe, expect, test } from "vitest";
import { isolated, say } from "../src/words";

describe("say", () => {
  test("figures have separators and choose the form", () => {
    expect(say("area-count", { n: 1 })).toBe("1 area");
    expect(say("area-count", { n: 1388 })).toBe("1,388 areas");
  });
  test("names stand in sentences as they are, unless they would turn them", () => {
    expect(say("whole", { place: "Leeds" })).toBe("All of Leeds");
    expect(say("whole", { place: "\u202ex" })).toBe("All of \u2068\u202ex\u2069");
  });
});

// The same cases as in crates/tessera-atlas/src/words.rs.
test("a name turns nothing around it", () => {
  for (const [name, said] of [
    ['Ynys Môn, "(2)"', 'Ynys Môn, "(2)"'],
    ["a\u202eb", "\u2068a\u202eb\u2069"],
    ["a\u2069\u202eb", "\u2068a\u202eb\u2069"],
    ["\u2067שם", "\u2068שם\u2069"],
    ["\u2067שם\u2069", "\u2068\u2067שם\u2069\u2069"],
    ["ש\n\u202eb", "\u2068ש \u202eb\u2069"],
  ] as const) {
    expect(isolated(name)).toBe(said);
  }
});
