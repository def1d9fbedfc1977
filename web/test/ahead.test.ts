import { expect, it } from "vitest";
import { nextViews } from "../src/ahead";
import { orderOfNames, prepareOrder } from "../src/name-order";
import type { Scene } from "../src/scene";
import { DEFAULT_VIEW } from "../src/view";

const scene = (indicator: string, period: string) =>
  ({
    indicator: { id: indicator },
    geography: { id: "lsoa11" },
    periods: ["2017", "2018", "2019"],
    period,
  }) as Scene;
const INDICATORS = [{ id: "crime" }, { id: "burglary" }];

it("the next indicator and the periods beside are likely to be asked for", () => {
  const views = nextViews(scene("crime", "2018"), DEFAULT_VIEW, INDICATORS);
  expect(views.map(({ indicator, geography, period }) => [indicator, geography, period])).toEqual([
    ["burglary", "lsoa11", null],
    [null, null, "2017"],
    [null, null, "2019"],
  ]);
});

it("after the last indicator comes the first, and after the last period nothing", () => {
  const views = nextViews(scene("burglary", "2019"), DEFAULT_VIEW, INDICATORS);
  expect(views.map(({ indicator, period }) => [indicator, period])).toEqual([
    ["crime", null],
    [null, "2018"],
  ]);
});

it("an only indicator has no next one", () => {
  expect(
    nextViews({ ...scene("crime", "2018"), periods: ["2018"] }, DEFAULT_VIEW, [{ id: "crime" }]),
  ).toEqual([]);
});

it("names are put into order once", async () => {
  const names = ["Leeds 10B", "Leeds 2A", "Ábberley", "Leeds 2A"];
  await prepareOrder(names);
  const order = orderOfNames(names);
  expect(order).toEqual([2, 1, 3, 0]);
  expect(orderOfNames(names)).toBe(order);
});
