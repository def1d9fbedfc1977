import { describe, expect, it } from "vitest";
import { beginsPostcode, isPostcode, postcodeGroup } from "../src/search/postcode";

describe("a postcode", () => {
  it.each([
    "WR4 9PE",
    "wr49pe",
    " w r 4 9 p e ",
    "B14 5SL",
    "WR101AA",
    "m1 1ae",
    "EC1A 1BB",
    "W1A\u00a00AX",
    "WR4-9PE",
    "WR4\u20139PE",
  ])("is told by its form: %s", (text) => {
    expect(isPostcode(text)).toBe(true);
  });

  it.each([
    "",
    "WR4",
    "Worcester",
    "12345",
    "WR49P",
    "WRR4 9PE",
    "1R4 9PE",
    "WR4_9PE",
    "E01032122",
  ])("is not %s", (text) => {
    expect(isPostcode(text)).toBe(false);
  });
});

describe("the beginning of a postcode", () => {
  it.each(["wr4", "WR4 9", "wr49p", "B14 5S", "ec1a 1b", "m1"])("is told: %s", (text) => {
    expect(beginsPostcode(text)).toBe(true);
  });

  it.each(["wr", "worcester", "123", "wr49pe", "E01032122", ""])("is not %s", (text) => {
    expect(beginsPostcode(text)).toBe(false);
  });
});

describe("where a postcode lies", () => {
  const area = (geography: string, code: string, name: string, local: string | null = null) => ({
    geography,
    code,
    name,
    local_name: local,
  });
  const found = {
    postcode: "WR4 9PE",
    areas: [
      area("lsoa", "E01", "Worcester 002D", "Warndon"),
      area("lad", "L1", "Worcester"),
      area("cluster", "C1", "Tudor Grange"),
      area("cluster", "C2", "Nunnery Wood"),
    ],
    sentence: "WR4 9PE is in …",
  };

  it("is an area of the geography shown, with the others around it", () => {
    expect(postcodeGroup(found, "lsoa").items).toEqual([
      {
        kind: "area",
        code: "E01",
        label: "WR4 9PE",
        detail: "Warndon · Worcester · Tudor Grange · Nunnery Wood",
      },
    ]);
  });

  it("is each of several where areas overlap", () => {
    expect(
      postcodeGroup(found, "cluster").items.map((item) => "code" in item && item.code),
    ).toEqual(["C1", "C2"]);
  });

  it("is told in the server's words where there is none to choose", () => {
    const outside = { postcode: "AB1 1AA", areas: [], sentence: "AB1 1AA is outside." };
    expect(postcodeGroup(outside, "lsoa").items).toEqual([
      { kind: "told", label: "AB1 1AA is outside.", detail: "" },
    ]);
  });
});
