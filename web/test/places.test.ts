import { describe, expect, it } from "vitest";
import { apart, grouped } from "../src/map/group";
import {
  attributeWords,
  byLargerArea,
  firstOf,
  namedPlaces,
  nearestPlaces,
  placesCalled,
} from "../src/places/order";
import { type Place, placesIn } from "../src/places/places.svelte";
import type { Scene } from "../src/scene";

describe("places that are near to each other", () => {
  const point = (x: number, y: number) => ({ x, y });
  const points = [point(1, 1), point(9, 9), point(11, 1), point(-1, 1), point(2, 8)];
  const groups = (shift: number) =>
    grouped(points, ({ x, y }) => point(x + shift, y), 10).map((group) => group.length);

  it("are one, and each place is in one group", () => {
    expect(groups(0)).toEqual([3, 1, 1]);
    expect(grouped([], () => point(0, 0), 10)).toEqual([]);
  });

  it("are the same when the map has moved by whole squares", () => {
    expect(groups(1000)).toEqual(groups(0));
  });
});

describe("groups of places", () => {
  const middle = (group: readonly number[]) => {
    const x = (Math.min(...group) + Math.max(...group)) / 2;
    return { x, y: 0 };
  };

  it("do not cover each other, however they come together", () => {
    expect(apart([[0], [9], [30]], middle, 10)).toEqual([[0, 9], [30]]);
    // The last brings the first two together.
    expect(apart([[0], [12], [9]], middle, 10)).toEqual([[0, 9, 12]]);
    expect(apart([[0], [10]], middle, 10)).toEqual([[0], [10]]);
  });

  it("hold every place once, and stand apart", () => {
    const places = Array.from({ length: 200 }, (_, i) => [(i * 7919) % 1000]);
    const groups = apart(places, middle, 40);
    expect(groups.flat().sort((a, b) => a - b)).toEqual(places.flat().sort((a, b) => a - b));
    const at = groups.map((group) => middle(group).x).sort((a, b) => a - b);
    for (let i = 1; i < at.length; i += 1) {
      expect((at[i] as number) - (at[i - 1] as number)).toBeGreaterThanOrEqual(40);
    }
  });
});

describe("the places of areas", () => {
  const place = (name: string, areas: Place["areas"]): Place => ({
    layer: "schools",
    name,
    at: [0, 0],
    areas,
    attributes: {},
  });
  const places = [
    place("One", { lsoa: ["E01"], lad: ["L1"], cluster: ["C1", "C2"] }),
    place("Two", { lsoa: ["E02"], lad: ["L2"] }),
    place("Outside", {}),
  ];
  const scene = (geography: string, within: string | null = null) =>
    ({
      geography: { id: geography },
      within: within === null ? null : { geography: "lad", code: within },
    }) as Scene;
  const names = (found: Place[]) => found.map(({ name }) => name);

  it("are those in any of them, of whichever geography is shown", () => {
    expect(names(placesIn(places, scene("lsoa"), ["E02", "E03"]))).toEqual(["Two"]);
    expect(names(placesIn(places, scene("cluster"), ["C2"]))).toEqual(["One"]);
  });

  it("are all without areas, or those in the place shown", () => {
    expect(names(placesIn(places, scene("lsoa"), []))).toEqual(["One", "Two", "Outside"]);
    expect(names(placesIn(places, scene("lsoa", "L1"), []))).toEqual(["One"]);
  });
});

describe("the list of places", () => {
  const place = (name: string, at: Place["at"], lad: string | null): Place => ({
    layer: "schools",
    name,
    at,
    areas: lad === null ? {} : { lad: [lad] },
    attributes: name.startsWith("North") ? { Phase: "Primary", Head: null, Pupils: "120" } : {},
  });
  const places = [
    place("Ysgol y Gogledd", [0, 53], "L2"),
    place("École du Nord", [0, 51], "L1"),
    place("South School", [0, 50], null),
    place("North School", [0, 52], "L2"),
  ];
  const names = (found: readonly Place[]) => found.map(({ name }) => name);

  it("stands by larger areas in the order of their names, the rest last", () => {
    const called: Record<string, string> = { L1: "Zeal", L2: "Alton" };
    const groups = byLargerArea(places, "lad", (code) => called[code] ?? code, "Elsewhere");
    expect(groups.map(({ title, places }) => [title, names(places)])).toEqual([
      ["Alton", ["Ysgol y Gogledd", "North School"]],
      ["Zeal", ["École du Nord"]],
      ["Elsewhere", ["South School"]],
    ]);
    expect(firstOf(groups, 3).map(({ title }) => title)).toEqual(["Alton", "Zeal"]);
    expect(firstOf(groups, 1).map(({ places }) => places.length)).toEqual([1]);
  });

  it("is searched by every word, whatever its accents", () => {
    expect(names(namedPlaces(places, "ecole NORD"))).toEqual(["École du Nord"]);
    expect(names(namedPlaces(places, "school"))).toEqual(["South School", "North School"]);
    expect(names(namedPlaces(places, "north primary"))).toEqual(["North School"]);
    expect(namedPlaces(places, " ")).toHaveLength(4);
  });

  it("by its whole name comes first", () => {
    const spots = ["Spot 17", "Old spot 7", "Spot 7", "Spot 7b"].map((name) => ({
      ...(places[0] as Place),
      name,
    }));
    expect(names(placesCalled(spots, "spot 7"))).toEqual([
      "Spot 7",
      "Spot 7b",
      "Spot 17",
      "Old spot 7",
    ]);
  });

  it("says what else is published of a place, in the order of the layer", () => {
    const words = places.map((place) => attributeWords(place, ["Pupils", "Head", "Phase"]));
    expect(words).toEqual(["", "", "", "Pupils: 120 · Phase: Primary"]);
  });

  it("begins with the nearest around an area", () => {
    expect(names(nearestPlaces(places, [0, 52.4], 2))).toEqual(["North School", "Ysgol y Gogledd"]);
  });
});
