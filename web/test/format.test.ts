import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { placeWords, standingWords } from "../src/areas";
import {
  absenceWords,
  asShown,
  countOf,
  formatDate,
  formatDifference,
  formatFigure,
  formatNumber,
  formatOrdinal,
  formatPeople,
  formatValue,
  standingUnit,
  unitAbove,
} from "../src/format";

interface Case {
  value: number;
  decimals: number;
  unit: string;
  figure: string;
  with_unit: string;
}
const CASES: Case[] = JSON.parse(
  readFileSync(new URL("../../tests/both/figures.json", import.meta.url), "utf8"),
);

describe("figures", () => {
  it.each(CASES)("are written as the server writes them: $with_unit", (written) => {
    const { value, ...measure } = written;
    expect(formatFigure(value, measure)).toBe(written.figure);
    expect(formatValue(value, measure)).toBe(written.with_unit);
  });

  it.each([
    [-0.5, 0, "−1"],
    [-1.005, 2, "−1.01"],
    [0, 0, "0"],
    [1e-7, 2, "0.00"],
  ])("%d with %i decimals is %s: half goes away from zero", (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });

  it.each([
    [1.005, 2, 1.01],
    [-1234.56, 1, -1234.6],
    [-0.04, 1, 0],
  ])("%d with %i decimals is the number %d", (value, decimals, number) => {
    expect(asShown(value, decimals)).toBe(number);
  });

  it.each([
    ["£ per week", "per week", "£ per week"],
    ["per 1,000 residents", "per 1,000 residents", "per 1,000 residents"],
    ["%", "", ""],
    ["£", "", ""],
  ])("in %s stand before %j, and below %j", (unit, after, above) => {
    expect([standingUnit(unit), unitAbove(unit)]).toEqual([after, above]);
  });

  it.each([
    ["Population", "1,138 people"],
    ["Resident population", "1,138 people"],
    ["Population aged 16 to 64", "1,138 people aged 16 to 64"],
    ["Population density", "1,138 population density"],
    ["Residents", "1,138 residents"],
  ])("the people that the atlas calls %s are %s", (name, text) => {
    expect(formatPeople(1138, name)).toBe(text);
  });

  it("stand alone where the unit is said elsewhere", () => {
    expect(formatFigure(12.3, { decimals: 1, unit: "per 1,000 residents" })).toBe("12.3");
    expect(formatFigure(12.3, { decimals: 1, unit: "%" })).toBe("12.3%");
  });

  it("of categories are their names, and their numbers where a name is missing", () => {
    const categories = { decimals: 0, unit: "", categories: ["Urban", "Rural"] };
    expect([1, 2, 3].map((value) => formatFigure(value, categories))).toEqual([
      "Urban",
      "Rural",
      "3",
    ]);
    expect(formatValue(2, { ...categories, unit: "class" })).toBe("Rural");
  });

  it("differ with a sign, unless by nothing", () => {
    expect([1.26, -1.26, 0, 0.01, -0.01].map((value) => formatDifference(value, 1))).toEqual([
      "+1.3",
      "−1.3",
      "0.0",
      "0.0",
      "0.0",
    ]);
  });

  it("count things", () => {
    expect(countOf(1, "area")).toBe("1 area");
    expect(countOf(1388, "area")).toBe("1,388 areas");
  });
});

describe("ranks", () => {
  it("have English ordinals", () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 112, 1003].map(formatOrdinal)).toEqual([
      "1st",
      "2nd",
      "3rd",
      "4th",
      "11th",
      "12th",
      "13th",
      "21st",
      "112th",
      "1,003rd",
    ]);
  });

  it("are counted from the nearer end", () => {
    const rank = {
      values: [1, 2, 3, 4, 5, null],
      n: 5,
      first: "highest" as const,
      called: "most deprived",
      called_last: "least deprived",
      scope: "Here",
    };
    expect(rank.values.map((_, area) => placeWords(rank, area))).toEqual([
      "most deprived",
      "2nd most deprived",
      "3rd most deprived",
      "2nd least deprived",
      "least deprived",
      "",
    ]);
    expect(standingWords(rank, 3)).toBe("2nd least deprived of 5 in Here");
    const shared = { ...rank, values: [1, 2, 2, 4, 4, null] };
    expect(placeWords(shared, 1)).toBe("joint 2nd most deprived");
    expect(placeWords(shared, 4)).toBe("joint least deprived");
  });
});

describe("dates of the metadata", () => {
  it.each([
    ["2018-09-30", "30 September 2018"],
    ["2018-09", "September 2018"],
    ["2018", "2018"],
    ["2018-13", "2018-13"],
    ["yearly", "yearly"],
  ])("%s reads %s", (date, text) => {
    expect(formatDate(date)).toBe(text);
  });
});

describe("absence", () => {
  it("has a reason or at least a word", () => {
    expect(absenceWords(["suppressed"])).toBe("Hidden to protect privacy");
    expect(absenceWords([])).toBe("No data");
  });
});
