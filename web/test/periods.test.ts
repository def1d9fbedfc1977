import { expect, it } from "vitest";
import { periodName, spanName } from "../src/periods";

const names = { "2016-07": "July 2016", "2018-07": "July 2018" };

it("periods are called as the catalogue calls them", () => {
  expect(periodName("2018-07", names)).toBe("July 2018");
  expect(periodName("1066", names)).toBe("1066");
});

it("several have a first and a last", () => {
  expect(spanName(["2016-07", "2017-07", "2018-07"], names)).toBe("July 2016 – July 2018");
  expect(spanName(["2011"], names)).toBe("2011");
  expect(spanName([], names)).toBe("");
});
