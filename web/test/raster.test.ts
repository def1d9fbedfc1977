import { describe, expect, it } from "vitest";
import { decodeTile } from "../src/map/tiles/decode";
import { featureOf, outlineOf } from "../src/map/tiles/lines";
import { type Raster, rasterise } from "../src/map/tiles/raster";
import { colour, recolour } from "../src/map/tiles/recolour";
import { pixelsOf, type Sheet, tilesOf, tileZoom } from "../src/map/tiles/sheet";
import { encodeTile, type Line, type Point, type Ring, square, tileOf } from "./tile";

const WORLD = { z: 0, x: 0, y: 0 };
/** The world in 16 pixels: 256 units each. */
const SMALL: Sheet = { world: 16, left: 0, top: 0, width: 16, height: 16 };
const at = (pixels: number) => 256 * pixels;

/** The areas of a row of pixels, counted from 1. */
const row = ({ pixels, width }: Raster, y: number) =>
  Array.from(pixels.slice(y * width, (y + 1) * width));

describe("a tile", () => {
  /** Two squares side by side: around the one, between them, around the other. */
  const lines: Line[] = [
    {
      right: 1,
      left: 0,
      points: [
        [5, 5],
        [0, 5],
        [0, 0],
        [5, 0],
      ],
    },
    {
      right: 1,
      left: 2,
      points: [
        [5, 0],
        [5, 5],
      ],
    },
    {
      right: 2,
      left: 0,
      points: [
        [5, 0],
        [4160, 0],
        [4160, -64],
        [5, 5],
      ],
    },
  ];

  it("is read as areas, the lines around them, and points", () => {
    const shapes = decodeTile(encodeTile([3, 70_000], lines));
    expect(Array.from(shapes.areas)).toEqual([3, 70_000]);
    expect(Array.from(shapes.firstLine)).toEqual([0, 2, 4]);
    expect(Array.from(shapes.around)).toEqual([0, 1, 2, ~1]);
    expect(Array.from(shapes.firstPoint)).toEqual([0, 4, 6, 10]);
    expect(Array.from(shapes.points.slice(8))).toEqual([
      5, 0, 5, 5, 5, 0, 4160, 0, 4160, -64, 5, 5,
    ]);
  });

  it("has nothing where it has no bytes", () => {
    const { areas, around, points } = decodeTile(new Uint8Array());
    expect([areas.length, around.length, points.length]).toEqual([0, 0, 0]);
  });

  it("is refused where it is something else", () => {
    expect(() => decodeTile(new TextEncoder().encode("<html>"))).toThrow();
  });

  it("gives a long border back whole", () => {
    const points: Point[] = Array.from({ length: 9000 }, (_, i) => [
      i % 4000,
      Math.floor(i / 4000),
    ]);
    const shapes = decodeTile(encodeTile([0], [{ right: 1, left: 0, points }]));
    expect(shapes.points).toHaveLength(18_000);
    expect(Array.from(shapes.points.slice(-2))).toEqual(points.at(-1));
  });
});

describe("the raster", () => {
  it("gives a shared line to the areas on both its sides", () => {
    const lines: Line[] = [
      {
        right: 1,
        left: 0,
        points: [
          [at(5), at(6)],
          [at(2), at(6)],
          [at(2), at(2)],
          [at(5), at(2)],
        ],
      },
      {
        right: 1,
        left: 2,
        points: [
          [at(5), at(2)],
          [at(5), at(6)],
        ],
      },
      {
        right: 2,
        left: 0,
        points: [
          [at(5), at(2)],
          [at(9), at(2)],
          [at(9), at(6)],
          [at(5), at(6)],
        ],
      },
    ];
    const shapes = decodeTile(encodeTile([0, 1], lines));
    const raster = rasterise([{ address: WORLD, shapes }], SMALL, 2);
    expect(row(raster, 3)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0]);
    expect(raster.covered).toBe(28);
  });

  it("has each pixel of the area that it lies in, and none outside", () => {
    const raster = rasterise(
      [
        tileOf(WORLD, [
          { id: 0, rings: [square(at(2), at(2), at(5), at(6))] },
          { id: 1, rings: [square(at(5), at(2), at(9), at(6))] },
        ]),
      ],
      SMALL,
      2,
    );
    expect(row(raster, 1)).toEqual(Array(16).fill(0));
    expect(row(raster, 2)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0]);
    expect(row(raster, 5)).toEqual(row(raster, 2));
    expect(row(raster, 6)).toEqual(Array(16).fill(0));
    expect(raster).toMatchObject({ areas: 2, covered: 28 });
    expect(raster.sharedAt).toHaveLength(0);
  });

  it("leaves holes to what lies in them", () => {
    const hole: Ring = [...square(at(4), at(4), at(6), at(6))].reverse();
    const raster = rasterise(
      [tileOf(WORLD, [{ id: 0, rings: [square(at(2), at(2), at(8), at(8)), hole] }])],
      SMALL,
      1,
    );
    expect(row(raster, 4).slice(2, 8)).toEqual([1, 1, 0, 0, 1, 1]);
  });

  it("keeps an area whole whose rings overlap", () => {
    const raster = rasterise(
      [
        tileOf(WORLD, [
          { id: 0, rings: [square(0, 0, at(4), at(4)), square(at(2), 0, at(6), at(4))] },
        ]),
      ],
      SMALL,
      1,
    );
    expect(row(raster, 1).slice(0, 7)).toEqual([1, 1, 1, 1, 1, 1, 0]);
  });

  it("shares a pixel that a border crosses", () => {
    const raster = rasterise(
      [
        tileOf(WORLD, [
          { id: 0, rings: [square(0, 0, at(4.5), at(2))] },
          { id: 1, rings: [square(at(4.5), 0, at(8), at(2))] },
        ]),
      ],
      SMALL,
      2,
    );
    expect(Array.from(raster.sharedAt)).toEqual([4, 20]);
    expect(Array.from(raster.shared.slice(0, 4))).toEqual([1, 2, 1, 2]);
  });

  it("leaves no gap and no overlap along slanting borders", () => {
    const slanting: Ring = [
      [0, 0],
      [at(16), 0],
      [at(3), at(16)],
      [0, at(16)],
    ];
    const rest: Ring = [
      [at(16), 0],
      [at(16), at(16)],
      [at(3), at(16)],
    ];
    const raster = rasterise(
      [
        tileOf(WORLD, [
          { id: 0, rings: [slanting] },
          { id: 1, rings: [rest] },
        ]),
      ],
      SMALL,
      2,
    );
    expect(raster.covered).toBe(256);
    expect(raster.pixels).not.toContain(0);
  });

  it.each([20, 30, 60])("drops none of %i areas in each direction of 16 pixels", (side) => {
    const count = side ** 2;
    const areas = Array.from({ length: count }, (_, id) => {
      const [x = 0, y = 0] = [id % side, Math.floor(id / side)];
      const edge = (place: number) => Math.floor((place * 4096) / side);
      return { id, rings: [square(edge(x), edge(y), edge(x + 1), edge(y + 1))] };
    });
    const raster = rasterise([tileOf(WORLD, areas)], SMALL, count);
    expect(raster.areas).toBe(count);
    const seen = new Set([...raster.pixels, ...raster.shared]);
    seen.delete(0);
    expect(seen.size).toBe(count);
  });

  it("draws an area of nothing at its place", () => {
    const triangle: Ring = [
      [at(7) + 3, at(7) + 3],
      [at(7) + 4, at(7) + 3],
      [at(7) + 3, at(7) + 4],
    ];
    const raster = rasterise(
      [
        tileOf(WORLD, [
          { id: 0, rings: [square(0, 0, 4096, 4096)] },
          { id: 1, rings: [triangle] },
        ]),
      ],
      SMALL,
      2,
    );
    expect(raster.areas).toBe(2);
    expect(Array.from(raster.sharedAt)).toEqual([7 * 16 + 7]);
    expect(raster.shared).toContain(2);
  });

  it("takes every pixel from one tile", () => {
    const sheet: Sheet = { world: 1001, left: 480, top: 490, width: 50, height: 20 };
    const tiles = tilesOf(sheet, 1, { left: 0, top: 0, right: 1, bottom: 1 });
    expect(tiles).toHaveLength(4);
    // Each tile has an area of its own, with the margin that tiles have.
    const raster = rasterise(
      tiles.map((address, id) => tileOf(address, [{ id, rings: [square(-64, -64, 4160, 4160)] }])),
      sheet,
      4,
    );
    expect(raster.covered).toBe(50 * 20);
    expect(raster.sharedAt).toHaveLength(0);
    expect(new Set(raster.pixels).size).toBe(4);
  });

  it("has room for more areas than 16 bits have", () => {
    const tile = tileOf(WORLD, [{ id: 99_999, rings: [square(0, 0, 4096, 4096)] }]);
    expect(rasterise([tile], SMALL, 100_000).pixels[0]).toBe(100_000);
  });
});

describe("tiles for a view", () => {
  const whole = { left: 0, top: 0, right: 1, bottom: 1 };

  it("are of the nearest zoom there is", () => {
    const sheet = (zoom: number) => ({ ...SMALL, world: 256 * 2 ** zoom });
    expect(tileZoom(sheet(6.4), 1, 8)).toBe(5);
    expect(tileZoom(sheet(6.6), 1, 8)).toBe(6);
    expect(tileZoom({ ...SMALL, world: 2 * 256 * 2 ** 6.4 }, 2, 8)).toBe(5);
    expect(tileZoom(sheet(15), 1, 8)).toBe(8);
    expect(tileZoom(sheet(0), 1, 8)).toBe(0);
  });

  it("are those in sight where there is anything", () => {
    expect(tilesOf(SMALL, 1, whole)).toHaveLength(4);
    expect(tilesOf({ ...SMALL, width: 8 }, 1, whole).map(({ x }) => x)).toEqual([0, 0]);
    const islands = { left: 0.6, top: 0.1, right: 0.9, bottom: 0.2 };
    expect(tilesOf(SMALL, 1, islands)).toEqual([{ z: 1, x: 1, y: 0 }]);
    expect(tilesOf({ ...SMALL, left: -40, width: 20 }, 1, whole)).toEqual([]);
  });

  it("divide its pixels among them", () => {
    const sheet: Sheet = { world: 21, left: 0, top: 0, width: 21, height: 21 };
    const [left, right] = [0, 1].map((x) => pixelsOf({ z: 1, x, y: 0 }, sheet));
    expect(left?.right).toBe(right?.left);
    expect(right?.right).toBe(21);
  });
});

describe("colours", () => {
  const RED = colour(255, 0, 0, 255);
  const BLUE = colour(0, 0, 255, 255);
  const raster: Raster = {
    width: 4,
    height: 1,
    pixels: new Uint16Array([0, 1, 2, 1]),
    sharedAt: new Uint32Array([2, 3]),
    shared: new Uint16Array([1, 2, 1, 2, 1, 0, 0, 0]),
    perPixel: 4,
    areas: 2,
    covered: 3,
  };
  const paint = (table: number[], left = 0) => {
    const painted = new Int32Array(4);
    const pattern = { size: 2, pixels: new Int32Array([RED, BLUE, RED, BLUE]) };
    recolour(raster, new Int32Array(table), [pattern], { left, top: 0 }, painted);
    return [...painted];
  };

  it("are looked up for each pixel, and mixed where areas share one", () => {
    expect(paint([0, RED, BLUE])).toEqual([
      0,
      RED,
      colour(128, 0, 128, 255),
      // A quarter of it is land: the colour of the land, a quarter as strong.
      colour(255, 0, 0, 64),
    ]);
  });

  it("are a pattern where there is no value, which holds still when the map moves", () => {
    expect(paint([0, 1, RED]).slice(0, 2)).toEqual([0, BLUE]);
    expect(paint([0, 1, RED], 1).slice(0, 2)).toEqual([0, RED]);
    expect(paint([0, 1, RED], -2).slice(0, 2)).toEqual([0, BLUE]);
    expect(paint([0, 1, RED])[2]).toBe(RED);
  });
});

describe("borders", () => {
  const tiles = [
    tileOf({ z: 1, x: 0, y: 0 }, [{ id: 5, rings: [square(4000, 100, 4160, 200)] }]),
    tileOf({ z: 1, x: 1, y: 0 }, [
      { id: 2, rings: [square(900, 100, 950, 200)] },
      { id: 5, rings: [square(-64, 100, 50, 200)] },
    ]),
  ];

  it("do not run along the edges of tiles", () => {
    const lines = outlineOf(tiles, 5);
    const vertical = lines.flatMap((line) =>
      Array.from({ length: line.length / 2 - 1 }, (_, i) => [line[2 * i], line[2 * i + 2]]),
    );
    const along = vertical.filter(([from, to]) => from === to).map(([x]) => (x ?? 0) * 8192);
    expect(along.sort()).toEqual([4000, 4146]);
  });

  it("are found among the areas of a tile", () => {
    const shapes = tiles[1]?.shapes;
    expect(shapes && [2, 5, 3, 9].map((area) => featureOf(shapes, area))).toEqual([0, 1, -1, -1]);
    expect(outlineOf(tiles, 3)).toEqual([]);
  });
});
