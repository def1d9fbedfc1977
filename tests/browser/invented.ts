// An atlas of everything that the demo has not: clusters that overlap, categories, targets, places and postcodes. Its
// numbers are invented.
//
//   six by six squares, 0.01° wide; W holds the columns 0 to 2, E the columns 3 to 5
//   Hill: rows 3 to 5 · Town: the four squares in the middle · Vale: rows 0 to 3

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SIDE = 6;
const STEP = 0.01;
const WEST = -2;
const SOUTH = 52;

const SQUARES = Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [column, row] = [i % SIDE, Math.floor(i / SIDE)];
  return {
    code: `A${String(i + 1).padStart(2, "0")}`,
    column,
    row,
    west: WEST + column * STEP,
    south: SOUTH + row * STEP,
  };
});
type Square = (typeof SQUARES)[number];

const MIDDLE = [2, 3];
const CLUSTERS: [string, string, (square: Square) => boolean][] = [
  ["HILL", "Hill schools", ({ row }) => row >= 3],
  ["TOWN", "Town schools", ({ row, column }) => MIDDLE.includes(row) && MIDDLE.includes(column)],
  ["VALE", "Vale schools", ({ row }) => row <= 3],
];

const MANIFEST = `format = 1

[atlas]
id = "invented"
title = "Atlas of Invented County"
place = "Invented County"
attribution = ["Boundaries: nobody", "Numbers: invented"]
people = ["people"]

[view]
geography = "area"
indicator = "late"

[disclosure]
none = "invented numbers"

[[geography]]
id = "area"
name = "Small areas"
singular = "area"
boundaries = "areas.geojson"
code = "CODE"
label = "NAME"

[[geography]]
id = "district"
name = "Districts"
singular = "district"
dissolve = "area"

[[lookup]]
child = "area"
parent = "district"
file = "lookup.csv"
child_code = "CODE"
parent_code = "DISTRICT"
parent_label = "DISTRICT_NAME"

[[cluster]]
id = "cluster"
name = "School clusters"
singular = "school cluster"
of = "area"
file = "clusters.csv"

[[points]]
id = "schools"
name = "Schools"
file = "schools.csv"
lon = "lon"
lat = "lat"
label = "name"
attributes = ["Phase"]

[[points]]
id = "surgeries"
name = "Surgeries"
file = "surgeries.csv"
lon = "lon"
lat = "lat"
label = "name"

[[postcodes]]
file = "postcodes.csv"

[[targets]]
file = "targets.csv"

[[indicator]]
id = "late"
name = "Pupils who arrive late"
short = "Late pupils"
kind = "mean"
unit = "%"
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "people@2020"
themes = ["Schools"]
source = "The register of lateness"

[[indicator]]
id = "settlement"
name = "Kind of settlement"
short = "Settlement"
kind = "category"
categories = ["Town", "Village", "Hamlet"]
themes = ["Places"]
source = "A walk"

[[indicator]]
id = "people"
name = "People"
kind = "count"
themes = ["People"]

[[table]]
file = "values.csv"
geography = "area"
code = "CODE"
period = "2020"
[table.columns]
"Late" = { indicator = "late", period = "2020-07" }
"Late before" = { indicator = "late", period = "2019-07" }
"Settlement" = "settlement"
"People" = "people"
`;

/** Writes the folder and answers its path. */
export function writeInvented(): string {
  const folder = mkdtempSync(join(tmpdir(), "tessera-invented-"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const table = (name: string, heading: string, rows: (string | number)[][]) =>
    write(name, `${[heading, ...rows.map((row) => row.join(","))].join("\n")}\n`);

  write("atlas.toml", MANIFEST);
  write(
    "areas.geojson",
    JSON.stringify({ type: "FeatureCollection", features: SQUARES.map(feature) }),
  );
  table(
    "lookup.csv",
    "CODE,DISTRICT,DISTRICT_NAME",
    SQUARES.map(({ code, column }) =>
      column < 3 ? [code, "W", "Westing"] : [code, "E", "Easting"],
    ),
  );
  table(
    "values.csv",
    "CODE,Late,Late before,Settlement,People",
    SQUARES.map(({ code, column, row }, i) => [
      code,
      // One is hidden: absence has its own look.
      i === 5 ? "*" : 5 + column * 2 + row / 2,
      6 + column * 2 + row,
      row >= 4 ? "Hamlet" : MIDDLE.includes(column) ? "Town" : "Village",
      1000 + i,
    ]),
  );
  table(
    "clusters.csv",
    "area_code,cluster_code,cluster_name",
    CLUSTERS.flatMap(([code, name, holds]) =>
      SQUARES.filter(holds).map((square) => [square.code, code, name]),
    ),
  );
  table(
    "targets.csv",
    "area_code,indicator,period,target,baseline,tolerance",
    SQUARES.slice(0, 6).map(({ code }) => [code, "late", "2020-07", 9, 14, 2]),
  );
  table(
    "schools.csv",
    "name,lon,lat,Phase",
    SQUARES.map(({ code, west, south }, i) => [
      `School of ${code}`,
      west + STEP / 2,
      south + STEP / 2,
      i % 2 === 0 ? "Primary" : "Secondary",
    ]),
  );
  table("surgeries.csv", "name,lon,lat", [
    ["North surgery", WEST + 0.015, SOUTH + 0.052],
    ["South surgery", WEST + 0.015, SOUTH + 0.012],
  ]);
  table("postcodes.csv", "pcds,lat,long", [
    ["AB1 1AA", SOUTH + 0.025, WEST + 0.025],
    ["AB1 1AB", SOUTH + 0.005, WEST + 0.005],
  ]);
  return folder;
}

function feature({ code, west, south }: Square) {
  const [east, north] = [west + STEP, south + STEP];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return {
    type: "Feature",
    properties: { CODE: code, NAME: `Area ${code}` },
    geometry: { type: "Polygon", coordinates: [ring] },
  };
}
