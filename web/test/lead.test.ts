import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Lead } from "../src/lead";

let said: string[];
let lead: Lead<string>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (then: () => void) => setTimeout(then, 16));
  said = [];
  lead = new Lead((value) => said.push(value));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the map leads", () => {
  it("and the rest follows in the frame after the one that shows it, once", () => {
    lead.begin("crime");
    lead.painted();
    expect(said).toEqual([]);
    vi.advanceTimersByTime(17);
    expect(said).toEqual(["crime"]);
    vi.runAllTimers();
    expect(said).toEqual(["crime"]);
  });

  it("is not waited for when it is slow", () => {
    lead.begin("crime");
    vi.advanceTimersByTime(300);
    expect(said).toEqual(["crime"]);
  });

  it("leaves nobody behind who chooses quicker than it paints", () => {
    lead.begin("crime");
    lead.begin("health");
    expect(said).toEqual(["health"]);
  });

  it("takes along nothing that is no longer wanted", () => {
    lead.begin("crime");
    lead.painted();
    lead.cancel();
    vi.runAllTimers();
    expect(said).toEqual([]);
  });
});
