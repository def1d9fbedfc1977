import { describe, expect, it } from "vitest";
import type { Indicator } from "../src/contract";
import { wrapped } from "../src/share/drawing";
import { frameOfBox, frameOfPosition } from "../src/share/frame";
import { held } from "../src/share/lock";
import { sourcesOf } from "../src/share/sources";
import { cellText, tableText } from "../src/share/table";
import { DEFAULT_VIEW } from "../src/view";

describe("a table as text", () => {
  it("has tabs between its cells, and the source below", () => {
    const table = {
      caption: "Crime, 2019",
      head: ["Area", { figure: "Rate" }],
      rows: [["Leeds\n 1", { figure: "−1.5" }]],
    };
    expect(tableText(table, ["Source: police."])).toBe(
      "Crime, 2019\nArea\tRate\nLeeds 1\t-1.5\n\nSource: police.",
    );
  });

  it.each(["=1+1", "+1", "-1", "@now", "  =1"])("makes no formula of the name %s", (name) => {
    expect(cellText(name)).toBe(`'${name.trim()}`);
  });
});

describe("a text in lines", () => {
  const letters = (text: string) => text.length;

  it("breaks between words", () => {
    expect(wrapped("one two three four", 9, letters)).toEqual(["one two", "three", "four"]);
  });

  it("goes on in the next line with a word that is wider than the room, and loses no letter", () => {
    const address = `http://localhost/?${"areas=A1,".repeat(200)}end`;
    const lines = wrapped(`See ${address} there`, 10, letters);
    expect(lines[0]).toBe("See");
    expect(Math.max(...lines.map((line) => line.length))).toBe(10);
    expect(lines.join("").replace(" there", "there")).toBe(`See${address}there`);
  });

  it("has a letter a line where there is room for none", () => {
    expect(wrapped("one", 0, letters)).toEqual(["o", "n", "e"]);
  });

  it("has none for nothing", () => {
    expect(wrapped("  ", 9, letters)).toEqual([]);
  });
});

describe("the frame of a drawing", () => {
  const box: [number, number, number, number] = [-2, 53, -1, 54];

  it("holds a whole box with its margin", () => {
    const frame = frameOfBox(box, { width: 600, height: 690 }, 20);
    const [left, bottom] = frame.project([box[0], box[1]]);
    const [right, top] = frame.project([box[2], box[3]]);
    expect(Math.min(left, 600 - right)).toBeGreaterThanOrEqual(20 - 1e-6);
    expect(Math.min(top, frame.height - bottom)).toBeGreaterThanOrEqual(20 - 1e-6);
    expect(frame.bbox[0]).toBeLessThan(box[0]);
    expect(frame.bbox[3]).toBeGreaterThan(box[3]);
  });

  it("shows what the map shows, smaller", () => {
    const at = { centre: [-1.5, 53.5] as [number, number], zoom: 10 };
    const frame = frameOfPosition(at, { width: 1000, height: 500 }, { width: 500, height: 600 });
    expect(frame.height).toBe(250);
    expect(frame.zoom).toBeCloseTo(9, 9);
    const [x, y] = frame.project(at.centre);
    expect([x, y].map(Math.round)).toEqual([250, 125]);
    const [east] = frame.project([frame.bbox[2], 53.5]);
    expect(east).toBeCloseTo(500, 6);
  });

  it("holds a place without extent", () => {
    const frame = frameOfBox([-1, 53, -1, 53], { width: 400, height: 300 }, 10);
    expect(frame.project([-1, 53]).every(Number.isFinite)).toBe(true);
  });
});

describe("what is locked", () => {
  it("stays as it was, and nothing else does", () => {
    const present = {
      ...DEFAULT_VIEW,
      indicator: "a",
      k: 7,
      lock: ["indicator", "legend"] as const,
    };
    const next = { ...DEFAULT_VIEW, indicator: "b", k: 3, sort: "name" as const };
    expect(held(next, { ...present, lock: [...present.lock] })).toEqual({
      ...next,
      indicator: "a",
      k: 7,
    });
  });
});

describe("the sources of many indicators", () => {
  const indicator = (short: string, source: string) =>
    ({ short, source, licence: null }) as unknown as Indicator;

  it("stand there once each", () => {
    expect(sourcesOf([indicator("Crime", "Police"), indicator("Health", "Surgeries")])).toEqual([
      "Crime: Police.",
      "Health: Surgeries.",
    ]);
    expect(sourcesOf([indicator("Crime", "Police"), indicator("Theft", "Police")])).toEqual([
      "Crime and Theft: Police.",
    ]);
  });

  it("count what would be too many names", () => {
    const many = ["A", "B", "C", "D"].map((short) => indicator(short, "Police"));
    expect(sourcesOf(many)).toEqual(["4 indicators: Police."]);
  });
});
