// An atlas whose names are as unwieldy as names can be: 10,000 characters with and without a space, written from right to
// left, or looking like HTML.
//
//   NW NE FE   WEST: NW and SW
//   SW SE BE   EAST: NE, SE, FE and BE

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LONG = "x".repeat(10_000);
const WORDS = "Long name ".repeat(1_000).trim();
export const TURNED = "\u202etsae \u200f\u05e6\u05e4\u05d5\u05df";
export const ARABIC = "\u0645\u062f\u064a\u0646\u0629 \u0627\u0644\u0642\u062f\u0633";
/** The longest name of a place in Wales. */
export const WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
const MARKUP = "<script>alert('1')</script> & <b>bold</b>";

const SQUARES = [
  { code: "SW", name: LONG, west: -1, south: 53 },
  { code: "SE", name: WORDS, west: -0.9, south: 53 },
  { code: "NW", name: TURNED, west: -1, south: 53.1 },
  { code: "NE", name: MARKUP, west: -0.9, south: 53.1 },
  { code: "FE", name: ARABIC, west: -0.8, south: 53.1 },
  { code: "BE", name: WORD, west: -0.8, south: 53 },
];

const MANIFEST = `format = 1

[atlas]
id = "unwieldy"
title = "${LONG}"
place = "${LONG}"
attribution = ["${LONG}"]
people = ["people"]

[view]
indicator = "need"

[disclosure]
none = "made up"

[[geography]]
id = "square"
name = "${LONG}"
singular = "square"
boundaries = "squares.geojson"
code = "code"
label = "name"

[[geography]]
id = "half"
name = "Halves"
singular = "half"
dissolve = "square"

[[lookup]]
child = "square"
parent = "half"
file = "halves.csv"
child_code = "square"
parent_code = "half"
parent_label = "name"

[[indicator]]
id = "people"
name = "People"
kind = "count"
unit = "people"

[[indicator]]
id = "need"
name = "${LONG}"
short = "Need"
kind = "score"
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "people"
definition = "${LONG}"

[[indicator]]
id = "tenth"
name = "Tenth of need"
kind = "decile"
polarity = "high-is-good"

[[indicator]]
id = "money"
name = "Money"
kind = "count"

[[table]]
file = "values.csv"
geography = "square"
code = "code"
period = "2019"
[table.columns]
people = "people"
need = "need"
tenth = "tenth"
money = "money"
`;

/** Writes the folder and answers its path. */
export function writeUnwieldy(): string {
  const folder = mkdtempSync(join(tmpdir(), "tessera-unwieldy-"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("atlas.toml", MANIFEST);
  write(
    "squares.geojson",
    JSON.stringify({ type: "FeatureCollection", features: SQUARES.map(feature) }),
  );
  write(
    "halves.csv",
    `square,half,name\nNW,WEST,${LONG}\nSW,WEST,${LONG}\nNE,EAST,${TURNED}\nSE,EAST,${TURNED}\nFE,EAST,${TURNED}\nBE,EAST,${TURNED}\n`,
  );
  write("values.csv", "code,people,need,tenth,money\nSW,1000,10,1,1975308624112\nSE,2000,20,1,1975308624\nNW,1000,,5,1\nNE,4000,40,*,2\nFE,1000,30,2,3\nBE,1000,25,3,4\n");
  return folder;
}

function feature({ code, name, west, south }: (typeof SQUARES)[number]) {
  const [east, north] = [west + 0.1, south + 0.1];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return {
    type: "Feature",
    properties: { code, name },
    geometry: { type: "Polygon", coordinates: [ring] },
  };
}
