import { describe, expect, it } from "vitest";
import { titleOf } from "../src/written";

describe("the title", () => {
  it("is the finding without its full stop, and the atlas", () => {
    expect(titleOf("Need, 2020: highest in Leeds.", "Atlas")).toBe(
      "Need, 2020: highest in Leeds · Atlas",
    );
  });

  it("is the first part of a long finding", () => {
    const finding = `18 of 364 are among the worst; 8 of them are in ${"Worcester ".repeat(12)}.`;
    expect(titleOf(finding, "Atlas")).toBe("18 of 364 are among the worst · Atlas");
  });

  it("ends a long part with a whole word", () => {
    const title = titleOf(`${"word ".repeat(40)} is a name`, "Atlas");
    expect(title).toMatch(/^word .* word… · Atlas$/);
    expect(title.length).toBeLessThan(155);
  });
});
