import { afterEach, describe, expect, it } from "vitest";
import type { AreaColumns } from "../src/contract";
import { areasNamed } from "../src/search/here";
import { deliverFiles, fileOf, pageOf, withoutServer } from "../src/site";
import { DEFAULT_VIEW } from "../src/view";

afterEach(() => deliverFiles(false));

describe("files", () => {
  // The same cases as in crates/tessera-server/src/site/names.rs.
  it.each([
    ["api/v1/atlas", "api/v1/atlas.json"],
    ["api/v1/3f/values/lsoa11/imd.bin?period=2019", "api/v1/3f/values/lsoa11/imd/period=2019.bin"],
    [
      "api/v1/3f/classes/lsoa11/imd?period=2018%2F19&k=4",
      "api/v1/3f/classes/lsoa11/imd/k=4&period=2018~2F19.json",
    ],
    ["api/v1/3f/areas/lsoa11?fields=code,name", "api/v1/3f/areas/lsoa11/fields=code,name.json"],
    ["tiles/3f/a.b/1/2/3.mvt", "tiles/3f/a.b/1/2/3.mvt"],
    ["a?x=%26%3D", "a/x=~26~3D.json"],
  ])("%s stands in %s", (address, file) => {
    const { pathname, searchParams } = new URL(address, "http://example.test/");
    expect(fileOf(pathname.slice(1), searchParams)).toBe(file);
  });

  it.each([
    ["areas/lsoa11/E01", "areas/lsoa11/E01/"],
    ["areas/lsoa11/a%2Fb%20%C3%A9", "areas/lsoa11/a~2Fb~20~C3~A9/"],
    ["table?geography=lsoa11&indicator=imd", "table/lsoa11/imd/"],
  ])("of the page %s stand in %s", (address, folder) => {
    const { pathname, searchParams } = new URL(address, "http://example.test/");
    expect(pageOf(pathname.slice(1), searchParams)).toBe(folder);
  });

  it("offer the view that was written, and say where that is less", () => {
    const asked = { ...DEFAULT_VIEW, indicator: "imd", k: 7 };
    expect(withoutServer(asked)).toEqual({ view: asked, notices: [] });
    deliverFiles(true);
    const { view, notices } = withoutServer(asked);
    expect(view).toEqual({ ...DEFAULT_VIEW, indicator: "imd" });
    expect(notices).toHaveLength(1);
    expect(withoutServer(view).notices).toEqual([]);
  });
});

describe("a search of areas here", () => {
  const areas = {
    geography: "lsoa11",
    count: 3,
    columns: {
      code: ["E1", "E2", "E3"],
      name: ["Leeds 001A", "Ynys Môn 002B", "Bradford 001A"],
      local_name: ["Otley North", null, "North Otley"],
      parents: { lad: ["L1", null, "L2"] },
    },
  } as unknown as AreaColumns;
  const codes = (q: string) => areasNamed(areas, q).areas.map((area) => area.code);

  it("finds every word in any name, and what begins so first", () => {
    expect(codes("otley")).toEqual(["E1", "E3"]);
    expect(codes("north")).toEqual(["E3", "E1"]);
    expect(codes("leeds north")).toEqual(["E1"]);
    expect(codes("MON")).toEqual(["E2"]);
    expect(codes("e3")).toEqual(["E3"]);
    expect(codes(" ")).toEqual([]);
  });

  it("gives the areas above where they are known", () => {
    expect(areasNamed(areas, "ynys").areas).toEqual([
      { code: "E2", name: "Ynys Môn 002B", local_name: null, parents: {} },
    ]);
  });
});
