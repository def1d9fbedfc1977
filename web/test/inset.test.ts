import { describe, expect, it } from "vitest";
import type { Bbox } from "../src/contract";
import { isEnlarged } from "../src/map/inset";

const COUNTY: Bbox = [-2.7, 52.0, -1.7, 52.5];
const TOWN: Bbox = [-2.3, 52.15, -2.15, 52.25];
const MAP = { width: 600, height: 600 };
const INSET = { width: 200, height: 150 };

describe("a place", () => {
  it("is drawn again where that shows it larger", () => {
    expect(isEnlarged(TOWN, INSET, COUNTY, MAP)).toBe(true);
  });

  it("is not where the map has it as large", () => {
    expect(isEnlarged(COUNTY, INSET, COUNTY, MAP)).toBe(false);
    // A fifth larger is not worth a second drawing.
    const half: Bbox = [-2.5, 52.0, -2.23, 52.1];
    expect(isEnlarged(half, INSET, COUNTY, MAP)).toBe(false);
  });

  it("is held against the side that limits it", () => {
    // As wide as the whole and as flat as a ribbon: its width limits both.
    const ribbon: Bbox = [-2.7, 52.2, -1.7, 52.21];
    expect(isEnlarged(ribbon, { width: 200, height: 2000 }, COUNTY, MAP)).toBe(false);
    expect(isEnlarged(ribbon, { width: 800, height: 2000 }, COUNTY, MAP)).toBe(true);
  });

  it("is not drawn where there is no room", () => {
    expect(isEnlarged(TOWN, { width: 0, height: 0 }, COUNTY, MAP)).toBe(false);
  });
});
