// The counties that the scenarios speak of, as atlases made from real published files. The files are not part of the
// project: `TESSERA_REAL_DATA` names the folder that holds them, and without it these tests are skipped.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "./atlas";
import { start } from "./server";

const DATA = process.env.TESSERA_REAL_DATA ?? "";
export const NO_DATA = DATA === "";
export const WHY_SKIPPED = "skipped: TESSERA_REAL_DATA is not set";

type County = "worcestershire" | "cambridgeshire";

interface Fixtures {
  /** Which county is opened. */
  county: County;
}
interface Served {
  /** Where each county is served; they are put together when the first test asks for one. */
  counties: Record<County, string>;
}

export const test = base.extend<Fixtures, Served>({
  county: ["worcestershire", { option: true }],
  counties: [
    async ({}, use) => {
      const folders = [writeWorcestershire(), writeCambridgeshire()];
      const servers = await Promise.all(folders.map(start));
      const [worcestershire = "", cambridgeshire = ""] = servers.map((server) => server.url);
      await use({ worcestershire, cambridgeshire });
      await Promise.all(servers.map((server) => server.stop()));
      for (const folder of folders) rmSync(folder, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ county, counties }, use) => use(counties[county]),
});

/** What the two have in common: LSOAs of 2011 and the districts that they make up. */
function manifest(id: County, place: string, people: string[], opens: string, rest: string): string {
  return `format = 1

[atlas]
id = "${id}"
title = "Atlas of ${place}"
place = "${place}"
people = ${JSON.stringify(people)}
attribution = ["Contains public sector information licensed under the Open Government Licence v3.0"]

[view]
geography = "lsoa11"
indicator = "${opens}"

[disclosure]
none = "Published official statistics."

[[geography]]
id = "lsoa11"
name = "Lower layer Super Output Areas (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "LSOA11CD"
label = "LSOA11NM"

[[geography]]
id = "lad19"
name = "Districts"
singular = "district"
dissolve = "lsoa11"

[[lookup]]
child = "lsoa11"
parent = "lad19"
file = "lookup.csv"
child_code = "LSOA11CD"
parent_code = "LAD19CD"
parent_label = "LAD19NM"
${rest}`;
}

const DEPRIVATION = `
[[geography]]
id = "country"
name = "Countries"
singular = "country"
areas = [{ code = "E92000001", name = "England" }]

[[postcodes]]
file = "postcodes.csv"

[[indicator]]
id = "imd-decile"
name = "Index of Multiple Deprivation decile"
kind = "decile"
polarity = "high-is-good"
worst = "most deprived"
best = "least deprived"
among = "areas in England"
ordered_by = "imd-rank"
caveat = "Not everyone living there is deprived."

[[indicator]]
id = "imd-rank"
name = "Index of Multiple Deprivation rank"
kind = "rank"
out_of = 32844
among = "areas in England"
polarity = "high-is-good"

[[indicator]]
id = "imd-score"
name = "Index of Multiple Deprivation score"
kind = "score"
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "population"

[[indicator]]
id = "idaci"
name = "Children in income deprivation"
kind = "proportion"
per = 1
decimals = 3
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "children"

[[indicator]]
id = "population"
name = "Population"
kind = "count"

[[indicator]]
id = "children"
name = "Children 0-15"
kind = "count"

[[table]]
file = "file7.csv"
geography = "lsoa11"
code = "LSOA code (2011)"
period = "2019"
[table.columns]
"Index of Multiple Deprivation (IMD) Score" = "imd-score"
"Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)" = "imd-rank"
"Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)" = "imd-decile"
"Income Deprivation Affecting Children Index (IDACI) Score (rate)" = "idaci"
"Total population: mid 2015 (excluding prisoners)" = "population"
"Dependent Children aged 0-15: mid 2015 (excluding prisoners)" = "children"

[[table]]
file = "country.csv"
geography = "country"
code = "code"
period = "2019"
columns = { idaci = "idaci" }
`;

/** Worcestershire with the Indices of Deprivation 2019, their populations, and every postcode. */
function writeWorcestershire(): string {
  const folder = collect("worcestershire", {
    "lsoa11.geojson": "boundaries/lsoa11/worcestershire.geojson",
    "lookup.csv": "lookups/by_authority/lsoa11_all_geographies_worcestershire.csv",
    "file7.csv": "indicators/imd/by_authority/iod2019_file7_worcestershire.csv",
    "postcodes.csv": "postcodes/onspd_nov2025_worcestershire.csv",
  });
  writeFileSync(join(folder, "country.csv"), "code,idaci\nE92000001,0.171\n");
  const text = manifest("worcestershire", "Worcestershire", ["population", "children"], "imd-decile", DEPRIVATION);
  writeFileSync(join(folder, "atlas.toml"), text);
  return folder;
}

const OUTCOMES = `
[[indicator]]
id = "outcomes"
name = "Police outcomes"
kind = "count"
polarity = "high-is-bad"

[[indicator]]
id = "outcome-rate"
name = "Police outcomes per 1,000 residents"
kind = "rate"
per = 1000
unit = "per 1,000 residents"
polarity = "high-is-bad"

[[indicator]]
id = "population"
name = "Population"
kind = "count"

[[table]]
file = "outcomes.csv"
geography = "lsoa11"
code = "code"
period = "2019"
[table.columns]
"outcomes" = "outcomes"
"population" = "population"

[[table]]
file = "outcomes.csv"
geography = "lsoa11"
code = "code"
period = "2019"
[table.columns]
"outcomes" = { indicator = "outcome-rate", field = "numerator" }
"population" = { indicator = "outcome-rate", field = "denominator" }
`;

/** Cambridgeshire with a year of police outcomes, added up from its months. */
function writeCambridgeshire(): string {
  const folder = collect("cambridgeshire", {
    "lsoa11.geojson": "boundaries/lsoa11/cambridgeshire.geojson",
    "lookup.csv": "lookups/by_authority/lsoa11_all_geographies_cambridgeshire.csv",
  });
  const residents = new Map(
    rowsOf("indicators/population/mid2019_single_year_of_age_lsoa11.csv").map(([code, , total]) => [code, total]),
  );
  const rows = rowsOf("indicators/crime/police_outcomes_by_month_2019_cambridgeshire_lsoa11.csv").map(
    ([code, ...months]) => [code, months.reduce((sum, n) => sum + Number(n), 0), residents.get(code)].join(","),
  );
  writeFileSync(join(folder, "outcomes.csv"), `code,outcomes,population\n${rows.join("\n")}\n`);
  const text = manifest("cambridgeshire", "Cambridgeshire", ["population"], "outcomes", OUTCOMES);
  writeFileSync(join(folder, "atlas.toml"), text);
  return folder;
}

/** A new folder with copies of real files under names of their own. */
function collect(county: County, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), `tessera-${county}-`));
  for (const [name, from] of Object.entries(files)) copyFileSync(join(DATA, from), join(folder, name));
  return folder;
}

/** The rows below the headings of a table whose cells hold no commas. */
function rowsOf(file: string): string[][] {
  const [, ...lines] = readFileSync(join(DATA, file), "utf8").trimEnd().split(/\r?\n/);
  return lines.map((line) => line.split(","));
}
