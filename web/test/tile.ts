// Vector tiles for tests.

import { PbfWriter } from "pbf";
import { decodeTile } from "../src/map/tiles/decode";
import type { Tile, TileAddress } from "../src/map/tiles/sheet";

export type Ring = [number, number][];

/** A tile with one layer; each area is a list of rings. */
export function encodeTile(layer: string, areas: { id: number; rings: Ring[] }[]): Uint8Array {
  const tile = new PbfWriter();
  tile.writeMessage(3, writeLayer, { layer, areas });
  return tile.finish();
}

function writeLayer(
  { layer, areas }: { layer: string; areas: { id: number; rings: Ring[] }[] },
  out: PbfWriter,
): void {
  out.writeVarintField(15, 2);
  out.writeStringField(1, layer);
  for (const area of areas) {
    out.writeMessage(
      2,
      ({ id, rings }, feature: PbfWriter) => {
        feature.writeVarintField(1, id);
        feature.writeVarintField(3, 3);
        feature.writePackedVarint(4, commands(rings));
      },
      area,
    );
  }
  out.writeVarintField(5, 4096);
}

function commands(rings: readonly Ring[]): number[] {
  const zigzag = (value: number) => (value << 1) ^ (value >> 31);
  let [x, y] = [0, 0];
  return rings.flatMap((ring) => {
    const steps = ring.map(([toX, toY]) => {
      const step = [zigzag(toX - x), zigzag(toY - y)];
      [x, y] = [toX, toY];
      return step;
    });
    return [9, ...(steps[0] ?? []), ((ring.length - 1) << 3) | 2, ...steps.slice(1).flat(), 15];
  });
}

export function tileOf(address: TileAddress, areas: { id: number; rings: Ring[] }[]): Tile {
  return { address, shapes: decodeTile(encodeTile("area", areas), "area") };
}

export function square(left: number, top: number, right: number, bottom: number): Ring {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
