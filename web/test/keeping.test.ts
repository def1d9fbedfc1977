import { expect, it } from "vitest";
import { Keeping } from "../src/keeping";

it("what was used longest ago goes first", () => {
  const kept = new Keeping(10);
  kept.set("names", "n", 4);
  kept.set("one", 1, 3);
  kept.set("two", 2, 3);
  expect(kept.get("names")).toBe("n");
  kept.set("three", 3, 3);
  expect(["names", "one", "two", "three"].map((key) => kept.get(key))).toEqual([
    "n",
    undefined,
    2,
    3,
  ]);
});

it("the newest is kept, whatever its weight", () => {
  const kept = new Keeping(10);
  kept.set("small", 1, 1);
  kept.set("large", 2, 20);
  expect([kept.get("small"), kept.get("large")]).toEqual([undefined, 2]);
  kept.set("large", 3, 2);
  kept.set("small", 1, 8);
  expect([kept.get("small"), kept.get("large")]).toEqual([1, 3]);
});
