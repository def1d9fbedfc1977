import { describe, expect, it } from "vitest";
import { isMissing } from "../src/sheets";

const withRules = (cssRules: () => CSSRuleList) =>
  ({
    sheet: {
      get cssRules() {
        return cssRules();
      },
    },
  }) as unknown as HTMLLinkElement;

describe("a sheet of style", () => {
  it("is there once its rules are", () => {
    expect(isMissing(withRules(() => [] as unknown as CSSRuleList))).toBe(false);
  });

  it("is missing where it has not come, and where a browser has an empty one in its place", () => {
    expect(isMissing({ sheet: null })).toBe(true);
    const refused = withRules(() => {
      throw new DOMException("Cannot access rules", "SecurityError");
    });
    expect(isMissing(refused)).toBe(true);
  });
});
