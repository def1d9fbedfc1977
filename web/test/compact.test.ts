import { describe, expect, it } from "vitest";
import { decodePositions, decodeValues } from "../src/compact";

/** A column as planes: the lowest bytes of all areas first. */
function planes(bytes: number, numbers: readonly bigint[]): number[] {
  return Array.from({ length: bytes }, (_, plane) =>
    numbers.map((number) => Number((number >> BigInt(8 * plane)) & 255n)),
  ).flat();
}

function compact(header: object, columns: readonly number[], format = "TSV1"): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(new Uint32Array([text.length]).buffer);
  const magic = new TextEncoder().encode(format);
  return new Uint8Array([...magic, ...length, ...text, ...columns]).buffer;
}

const about = { edition: "e", geography: "ward", indicator: "i", unit: "", decimals: 1, count: 3 };
const period = { period: "2019", origin: "supplied", coverage: null, status: {}, notes: {} };

describe("the compact form", () => {
  it("gives scaled integers back, and what is missing", () => {
    const column = { field: "value", form: "scaled", decimals: 2, minimum: -5, bytes: 5 };
    const values = [2n, 0n, 1_000_000_000_000n];
    const answer = decodeValues(
      compact({ ...about, periods: [{ ...period, columns: [column] }] }, planes(5, values)),
    );
    expect(answer.periods["2019"]?.values).toEqual([-0.04, null, 9999999999.94]);
    expect(answer).toMatchObject({ geography: "ward", indicator: "i", decimals: 1 });
  });

  it("gives floating-point numbers back bit by bit", () => {
    const bits = [0.1, Number.NaN, -12.34567].map(
      (value) => new BigUint64Array(new Float64Array([value]).buffer)[0] as bigint,
    );
    const column = { field: "value", form: "float", bytes: 8 };
    const answer = decodeValues(
      compact({ ...about, periods: [{ ...period, columns: [column] }] }, planes(8, bits)),
    );
    expect(answer.periods["2019"]?.values).toEqual([0.1, null, -12.34567]);
  });

  it("has every period, past the fields that are not asked for", () => {
    const one = (field: string) => ({ field, form: "scaled", decimals: 0, minimum: 0, bytes: 1 });
    const status = { 1: ["suppressed"] };
    const answer = decodeValues(
      compact(
        {
          ...about,
          periods: [
            { ...period, columns: [one("value"), one("numerator")], status },
            { ...period, period: "2020", columns: [one("value")] },
            { ...period, period: "2021", columns: [] },
          ],
        },
        [1, 0, 3, 9, 9, 9, 4, 5, 6],
      ),
    );
    expect(answer.periods["2019"]).toMatchObject({ values: [0, null, 2], status });
    expect(answer.periods["2020"]?.values).toEqual([3, 4, 5]);
    expect(answer.periods["2021"]?.values).toEqual([null, null, null]);
  });

  it("is told from something else, and is not read when cut short", () => {
    expect(() => decodeValues(new TextEncoder().encode("<html><body>").buffer)).toThrow("TSV1");
    const column = { field: "value", form: "float", bytes: 8 };
    const cut = compact({ ...about, periods: [{ ...period, columns: [column] }] }, [1, 2]);
    expect(() => decodeValues(cut)).toThrow();
  });

  it("tells boxes and centres from the point inside the area", () => {
    const fields = ["label_lon", "label_lat", "centroid_lon", "centroid_lat"];
    const columns = [...fields, "west", "south", "east", "north"].map((field) => ({
      field,
      form: "scaled",
      decimals: 1,
      minimum: -20,
      bytes: 1,
    }));
    // The first area lies at 1, 2; the second has no shape.
    const numbers = [31, 0, 41, 0, 22, 0, 20, 0, 11, 0, 16, 0, 26, 0, 31, 0];
    const answer = decodePositions(
      compact({ geography: "ward", count: 2, columns }, numbers, "TSP1"),
    );
    expect(answer.columns).toEqual({
      label_point: [[1, 2], null],
      centroid: [[1.1, 1.9], null],
      bbox: [[0, 1.5, 1.5, 3], null],
    });
    expect(() => decodePositions(compact({}, []))).toThrow("TSV1 is not TSP1");
  });
});
