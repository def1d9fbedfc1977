import { expect, it } from "vitest";
import { outlineOfAll } from "../src/map/union";

const square = (lng: number, turns = 1) => {
  const corners = [
    { lat: 0, lng },
    { lat: 0, lng: lng + 1 },
    { lat: 1, lng: lng + 1 },
    { lat: 1, lng },
    { lat: 0, lng },
  ];
  return [turns === 1 ? corners : corners.toReversed()];
};
const length = (lines: { lat: number; lng: number }[][]) =>
  lines.reduce((sum, line) => sum + line.length - 1, 0);

it("neighbours have one outline, whichever way theirs run", () => {
  for (const turns of [1, -1]) {
    const lines = outlineOfAll([square(0), square(1, turns)]);
    expect(length(lines)).toBe(6);
    expect(lines.flat().filter(({ lng }) => lng === 1)).toHaveLength(4);
  }
});

it("areas apart from each other keep their own", () => {
  expect(outlineOfAll([square(0), square(5)])).toEqual([...square(0), ...square(5)]);
  expect(outlineOfAll([])).toEqual([]);
});
