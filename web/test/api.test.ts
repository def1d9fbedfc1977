import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, apiUrl, getCatalog, isAbort } from "../src/api";

const BASE = "http://example.test/atlas/";

afterEach(() => vi.unstubAllGlobals());

function answering(...responses: (() => Response | Promise<Response>)[]) {
  const asked: string[] = [];
  vi.stubGlobal("document", { baseURI: BASE });
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const next = responses.shift();
    if (!next) throw new Error("not expected");
    return next();
  });
  return asked;
}

describe("addresses", () => {
  it("are below the page's own", () => {
    expect(apiUrl("1/catalog", {}, BASE)).toBe("http://example.test/atlas/api/v1/1/catalog");
  });

  it("leave out what is not set and encode what is", () => {
    expect(apiUrl("1/areas/a b", { q: "St John’s & co", within: null, k: 5 }, BASE)).toBe(
      "http://example.test/atlas/api/v1/1/areas/a%20b?q=St+John%E2%80%99s+%26+co&k=5",
    );
  });
});

describe("answers", () => {
  it("are asked for once", async () => {
    const asked = answering(() => Response.json({ edition: "once" }));
    await getCatalog("once");
    expect(await getCatalog("once")).toEqual({ edition: "once" });
    expect(asked).toHaveLength(1);
  });

  it("that refuse give the server's own words with a reader's quotes, and are asked for again", async () => {
    const problem = {
      title: "No such edition",
      detail: "`old` is not held here.",
      parameter: "edition",
    };
    answering(
      () => Response.json(problem, { status: 404 }),
      () => Response.json({ edition: "old" }),
    );
    await expect(getCatalog("old")).rejects.toMatchObject({
      message: "“old” is not held here.",
      status: 404,
      parameter: "edition",
    });
    await expect(getCatalog("old")).resolves.toEqual({ edition: "old" });
  });

  it("that are no problem document still say something", async () => {
    answering(() => new Response("<html>", { status: 502 }));
    await expect(getCatalog("gateway")).rejects.toThrow("status 502");
  });

  it("that are cut short are an error, not half a picture", async () => {
    answering(() => new Response('{"edition":'));
    await expect(getCatalog("cut")).rejects.toBeInstanceOf(ApiError);
  });

  it("that never came say so", async () => {
    answering(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(getCatalog("away")).rejects.toThrow("could not be reached");
  });

  it("that are no longer wanted stay an abort", async () => {
    answering(() => Promise.reject(new DOMException("", "AbortError")));
    const error = await getCatalog("aborted").catch((reason: unknown) => reason);
    expect(isAbort(error)).toBe(true);
  });
});
