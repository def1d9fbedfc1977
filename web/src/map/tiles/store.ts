// The tiles that the worker has. Each is asked for once.

import { getTile, getTileJson } from "../../api";
import type { TileJson } from "../../contract";
import type { Placed } from "./drawing";
import type { Remote } from "./remote";
import { type Rectangle, type Sheet, type TileAddress, tilesOf, tileZoom } from "./sheet";

/** Tiles beyond this number are forgotten, the least used first. */
const MAX_HELD = 240;

export class TileStore {
  readonly #held = new Map<string, Promise<unknown>>();

  constructor(
    private readonly remote: Remote,
    private readonly edition: string,
  ) {}

  /** The tiles that show a sheet, once the worker has them. */
  async need(geography: string, sheet: Sheet, ratio: number): Promise<Placed[]> {
    const about = await getTileJson(this.edition, geography);
    const zoom = tileZoom(sheet, ratio, about.maxzoom);
    const placed = tilesOf(sheet, zoom, sharesOf(about)).map((address) => ({
      key: `${geography} ${address.z} ${address.x} ${address.y}`,
      address,
    }));
    await Promise.all(placed.map(({ key, address }) => this.#tile(geography, key, address)));
    this.#forget(placed.length);
    return placed;
  }

  #tile(geography: string, key: string, address: TileAddress): Promise<unknown> {
    const asked = this.#held.get(key) ?? this.#ask(geography, key, address);
    // The least used come first.
    this.#held.delete(key);
    this.#held.set(key, asked);
    return asked;
  }

  async #ask(geography: string, key: string, address: TileAddress): Promise<void> {
    try {
      const bytes = await getTile(this.edition, geography, address);
      await this.remote.ask({ task: "tile", key, bytes }, [bytes]);
    } catch (error) {
      this.#held.delete(key);
      throw error;
    }
  }

  #forget(needed: number): void {
    for (const key of this.#held.keys()) {
      if (this.#held.size <= Math.max(MAX_HELD, 2 * needed)) return;
      this.#held.delete(key);
      this.remote.ask({ task: "forget", key });
    }
  }
}

/** The box of TileJSON in shares of the world's map. */
function sharesOf({ bounds: [west, south, east, north] }: TileJson): Rectangle {
  const x = (lon: number) => lon / 360 + 0.5;
  const y = (lat: number) =>
    0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  return { left: x(west), right: x(east), top: y(north), bottom: y(south) };
}
