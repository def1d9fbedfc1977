// The compact form of values, and of where areas lie: docs/api.md, “The compact form”.

import type { PeriodValues, Positions, Values } from "./contract";

interface ValuesHeader {
  geography: string;
  indicator: string;
  unit: string;
  decimals: number;
  count: number;
  periods: (Pick<PeriodValues, "status" | "notes" | "coverage" | "origin"> & {
    period: string;
    columns: Column[];
  })[];
}

type Column =
  | { field: string; form: "scaled"; decimals: number; minimum: number; bytes: number }
  | { field: string; form: "float"; bytes: number };

interface PositionsHeader {
  geography: string;
  count: number;
  columns: Column[];
}

const PREFIX = 8;

/** The header, and where the columns begin; what is of another format throws. */
function opened<Header>(buffer: ArrayBuffer, format: string): { header: Header; start: number } {
  const magic = new TextDecoder().decode(new Uint8Array(buffer, 0, format.length));
  if (magic !== format) throw new SyntaxError(`${magic} is not ${format}`);
  const length = new DataView(buffer).getUint32(format.length, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, PREFIX, length));
  return { header: JSON.parse(text) as Header, start: PREFIX + length };
}

export function decodeValues(buffer: ArrayBuffer): Values {
  const { header, start: first } = opened<ValuesHeader>(buffer, "TSV1");
  const { geography, indicator, unit, decimals, count, periods } = header;
  const read: Values = { geography, indicator, unit, decimals, periods: {} };
  let start = first;
  for (const { period, columns, status, notes, coverage, origin } of periods) {
    let values: (number | null)[] = Array(count).fill(null);
    for (const column of columns) {
      const planes = new Uint8Array(buffer, start, column.bytes * count);
      if (column.field === "value") values = decodeColumn(planes, column, count);
      start += planes.length;
    }
    read.periods[period] = {
      values,
      status,
      origin,
      ...(notes && { notes }),
      ...(coverage && { coverage }),
    };
  }
  return read;
}

/** Where areas lie; an area without shape is nowhere. */
export function decodePositions(buffer: ArrayBuffer): Positions {
  const { header, start: first } = opened<PositionsHeader>(buffer, "TSP1");
  const { geography, count, columns } = header;
  let start = first;
  const numbers: Record<string, (number | null)[]> = {};
  for (const column of columns) {
    const planes = new Uint8Array(buffer, start, column.bytes * count);
    numbers[column.field] = decodeColumn(planes, column, count);
    start += planes.length;
  }
  const at = (field: string, area: number) => numbers[field]?.[area] ?? 0;
  const each = <T>(place: (lon: number, lat: number, area: number) => T): (T | null)[] =>
    Array.from({ length: count }, (_, area) => {
      const lon = numbers.label_lon?.[area] ?? null;
      const lat = numbers.label_lat?.[area] ?? null;
      return lon === null || lat === null ? null : place(lon, lat, area);
    });
  return {
    geography,
    columns: {
      label_point: each((lon, lat) => [lon, lat]),
      centroid: each((lon, lat, area) => [
        lon + at("centroid_lon", area),
        lat + at("centroid_lat", area),
      ]),
      bbox: each((lon, lat, area) => [
        lon + at("west", area),
        lat + at("south", area),
        lon + at("east", area),
        lat + at("north", area),
      ]),
    },
  };
}

function decodeColumn(planes: Uint8Array, column: Column, count: number): (number | null)[] {
  return column.form === "scaled"
    ? scaled(planes, column.bytes, count, column.minimum, 10 ** column.decimals)
    : floats(planes, count);
}

function scaled(
  planes: Uint8Array,
  bytes: number,
  count: number,
  minimum: number,
  unit: number,
): (number | null)[] {
  const values: (number | null)[] = [];
  for (let area = 0; area < count; area += 1) {
    let whole = 0;
    // Not by bits: these end at 32.
    for (let plane = bytes - 1; plane >= 0; plane -= 1) {
      whole = whole * 256 + (planes[plane * count + area] as number);
    }
    values.push(whole === 0 ? null : (whole - 1 + minimum) / unit);
  }
  return values;
}

function floats(planes: Uint8Array, count: number): (number | null)[] {
  const size = Float64Array.BYTES_PER_ELEMENT;
  const view = new DataView(new ArrayBuffer(size));
  return Array.from({ length: count }, (_, area) => {
    for (let plane = 0; plane < size; plane += 1) {
      view.setUint8(plane, planes[plane * count + area] as number);
    }
    const value = view.getFloat64(0, true);
    return Number.isFinite(value) ? value : null;
  });
}
