// An edition on disk, opened by a Parquet reader that is not ours.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";

const root = resolve(import.meta.dirname, "../..");
const binary = resolve(import.meta.dirname, process.env.TESSERA_BIN ?? "../../target/debug/tessera");
const folder = mkdtempSync(join(tmpdir(), "edition-"));
const edition = join(folder, "demo");

type Row = Record<string, unknown>;

async function rows(file: string): Promise<Row[]> {
  return parquetReadObjects({ file: await asyncBufferFromFile(join(edition, file)), compressors, utf8: false });
}

async function answer(path: string) {
  const response = await fetch(`${process.env.TESSERA_URL}/api/v1/latest/${path}`);
  expect(response.ok, path).toBe(true);
  return response.json();
}

test.beforeAll(() => {
  execFileSync(binary, ["build", root, "--out", edition], { stdio: ["ignore", "ignore", "inherit"] });
});

test.afterAll(() => rmSync(folder, { recursive: true }));

test("the numbers of an indicator are those of the interface, bit by bit @desk", async () => {
  const crime = await rows("indicators/crime.parquet");
  const { periods } = await answer("values/lsoa11/crime?period=all&fields=numerator,denominator");
  for (const [period, column] of Object.entries<Row>(periods)) {
    const own = crime.filter((row) => row.geography === "lsoa11" && row.period === period);
    for (const [field, name] of [["value", "values"], ["numerator", "numerator"], ["denominator", "denominator"]]) {
      expect(own.map((row) => row[field])).toEqual(column[name]);
    }
  }
  expect(crime.filter((row) => row.geography === null).length).toBe(Object.keys(periods).length);
});

test("areas stand in the fixed order, with their parents, and are GeoParquet @desk", async () => {
  const lsoas = await rows("geographies/lsoa11.parquet");
  const { columns } = await answer("areas/lsoa11?fields=code,name,parents,area_km2");
  expect(lsoas.map((row) => row.code)).toEqual(columns.code);
  expect(lsoas.map((row) => row.name)).toEqual(columns.name);
  expect(lsoas.map((row) => row.parent_lad11)).toEqual(columns.parents.lad11);
  expect(lsoas.map((row) => row.area_km2)).toEqual(columns.area_km2);
  const file = await asyncBufferFromFile(join(edition, "geographies/lsoa11.parquet"));
  const metadata = await parquetMetadataAsync(file);
  const geo = metadata.key_value_metadata?.find((pair) => pair.key === "geo")?.value ?? "{}";
  expect(JSON.parse(geo)).toMatchObject({ version: "1.1.0", primary_column: "geometry" });
  // The reader knows GeoParquet: it gives shapes as GeoJSON does.
  const layer = await answer("layers/lsoa11.geojson");
  expect(lsoas.map((row) => row.geometry)).toEqual(layer.features.map((feature: Row) => feature.geometry));
});

test("borders have an area on each side, and rings name them @desk", async () => {
  const arcs = await rows("arcs/lad11.parquet");
  const districts = await rows("geographies/lad11.parquet");
  const used = new Set<number>();
  for (const rings of districts.flatMap((row) => row.rings as number[][][])) {
    for (const arc of rings.flat()) used.add(arc < 0 ? ~arc : arc);
  }
  expect(used.size).toBe(arcs.length);
  for (const { left, right, coordinates } of arcs as { left: number; right: number; coordinates: number[] }[]) {
    expect(left !== right && (left ?? right) < districts.length).toBe(true);
    expect(coordinates.length % 2 === 0 && coordinates.length >= 4).toBe(true);
  }
});

test("the catalogue says what there is @desk", () => {
  const catalog = JSON.parse(readFileSync(join(edition, "catalog.json"), "utf8"));
  const crime = catalog.indicators.find((indicator: Row) => indicator.id === "crime");
  expect(crime.columns[0]).toMatchObject({ geography: "lsoa11", fields: ["numerator", "denominator"], rows: 1388 });
});
