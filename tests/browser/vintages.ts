// An atlas with two vintages of LSOAs, joined by a lookup. Its numbers are invented.
//
//   2011: | 001A | 001B      | 002A | 002B |     with districts: North (001), South (002)
//   2021: | 001A | 001C|001D | 002C        |     002C is best fitted to 002A: nothing of 2021 lies in 002B

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Strip = [code: string, name: string, west: number, east: number];

const OLD: Strip[] = [
  ["E01000001", "Invented 001A", -2, -1.98],
  ["E01000002", "Invented 001B", -1.98, -1.94],
  ["E01032483", "Invented 002A", -1.94, -1.92],
  ["E01032484", "Invented 002B", -1.92, -1.9],
];
const NEW: Strip[] = [
  ["E01000001", "Invented 001A", -2, -1.98],
  ["E01033769", "Invented 001C", -1.98, -1.96],
  ["E01033770", "Invented 001D", -1.96, -1.94],
  ["E01033771", "Invented 002C", -1.94, -1.9],
];
const SOUTH = 52;
const NORTH = 52.03;

const MANIFEST = `format = 1

[atlas]
id = "vintages"
title = "Atlas of Two Vintages"
place = "Invented County"
attribution = ["Numbers: invented"]
people = ["people"]

[view]
geography = "lsoa11"
indicator = "need"

[disclosure]
none = "invented numbers"

[[geography]]
id = "lsoa11"
name = "Lower layer Super Output Areas (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "CODE"
label = "NAME"

[[geography]]
id = "district"
name = "Districts"
singular = "district"
dissolve = "lsoa11"

[[geography]]
id = "lsoa21"
name = "Lower layer Super Output Areas (2021)"
singular = "LSOA"
boundaries = "lsoa21.geojson"
code = "CODE"
label = "NAME"

[[lookup]]
child = "lsoa11"
parent = "district"
file = "districts.csv"
child_code = "LSOA11"
parent_code = "DISTRICT"
parent_label = "NAME"

[[lookup]]
child = "lsoa21"
parent = "lsoa11"
file = "vintages.csv"
child_code = "LSOA21"
parent_code = "LSOA11"
fit = "best-fit"

[[indicator]]
id = "need"
name = "Need in 2019"
kind = "score"
polarity = "high-is-bad"

[[indicator]]
id = "need-2025"
name = "Need in 2025"
kind = "score"
polarity = "high-is-bad"

[[indicator]]
id = "people"
name = "People"
kind = "count"

[[table]]
file = "lsoa11.csv"
geography = "lsoa11"
code = "CODE"
period = "2019"
columns = { Need = "need", People = "people" }

[[table]]
file = "lsoa21.csv"
geography = "lsoa21"
code = "CODE"
period = "2025"
columns = { Need = "need-2025", People = "people" }
`;

/** Writes the folder and answers its path. */
export function writeVintages(): string {
  const folder = mkdtempSync(join(tmpdir(), "tessera-vintages-"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const table = (name: string, rows: (string | number)[][]) =>
    write(name, `${rows.map((row) => row.join(",")).join("\n")}\n`);
  write("atlas.toml", MANIFEST);
  for (const [id, strips] of Object.entries({ lsoa11: OLD, lsoa21: NEW })) {
    write(`${id}.geojson`, JSON.stringify({ type: "FeatureCollection", features: strips.map(feature) }));
    table(`${id}.csv`, [
      ["CODE", "Need", "People"],
      ...strips.map(([code], i) => [code, 10 + i * i, 1000 + i]),
    ]);
  }
  table("districts.csv", [
    ["LSOA11", "DISTRICT", "NAME"],
    ["E01000001", "E07000001", "Northing"],
    ["E01000002", "E07000001", "Northing"],
    ["E01032483", "E07000002", "Southing"],
    ["E01032484", "E07000002", "Southing"],
  ]);
  table("vintages.csv", [
    ["LSOA21", "LSOA11"],
    ["E01000001", "E01000001"],
    ["E01033769", "E01000002"],
    ["E01033770", "E01000002"],
    ["E01033771", "E01032483"],
  ]);
  return folder;
}

function feature([code, name, west, east]: Strip) {
  const ring = [
    [west, SOUTH],
    [east, SOUTH],
    [east, NORTH],
    [west, NORTH],
    [west, SOUTH],
  ];
  return {
    type: "Feature",
    properties: { CODE: code, NAME: name },
    geometry: { type: "Polygon", coordinates: [ring] },
  };
}
