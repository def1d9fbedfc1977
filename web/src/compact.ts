// The compact form of values: docs/api.md, “The compact form”.

import type { PeriodValues, Values } from "./contract";

interface Header {
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

const MAGIC = "TSV1";
const PREFIX = 8;

/** Reads it; what is not in it throws. */
export function decodeCompact(buffer: ArrayBuffer): Values {
  const magic = new TextDecoder().decode(new Uint8Array(buffer, 0, MAGIC.length));
  if (magic !== MAGIC) throw new SyntaxError(`${magic} is not ${MAGIC}`);
  const length = new DataView(buffer).getUint32(MAGIC.length, true);
  const text = new TextDecoder().decode(new Uint8Array(buffer, PREFIX, length));
  const { geography, indicator, unit, decimals, count, periods } = JSON.parse(text) as Header;
  const read: Values = { geography, indicator, unit, decimals, periods: {} };
  let start = PREFIX + length;
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
