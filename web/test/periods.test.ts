import { expect, it } from "vitest";
import { periodName, spanName } from "../src/periods";

const names = { "2016-07": "July 2016", "2018-07": "July 2018" };

it("periods are called as the catalogue calls them", () => {
  expect(periodName("2018-07", names)).toBe("July 2018");
});

it.each([
  ["1066", "1066"],
  ["2018/19", "2018/19"],
  ["2016-05", "May 2016"],
  ["2016-Q1", "January to March 2016"],
  ["2016-Q4", "October to December 2016"],
  ["2016-2018", "2016 to 2018"],
])("%s, in which nothing is published, is called %s", (period, name) => {
  expect(periodName(period, names)).toBe(name);
});

it("several have a first and a last", () => {
  expect(spanName(["2016-07", "2017-07", "2018-07"], names)).toBe("July 2016 – July 2018");
  expect(spanName(["2011"], names)).toBe("2011");
  expect(spanName([], names)).toBe("");
});
