import { afterEach, describe, expect, it, vi } from "vitest";
import { openEdition } from "../src/share/editions";

afterEach(() => vi.unstubAllGlobals());

const atlasWith = (edition: string, ...ids: string[]) => ({
  edition,
  editions: ids.map((id) => ({ id, built: "2030-01-01T00:00:00Z" })),
});

// The page keeps answers by their address.
let hosts = 0;

/** What the browser keeps of the atlas, and what the server says of it now. */
function answering(kept: unknown, now: unknown) {
  const asked: string[] = [];
  vi.stubGlobal("document", { baseURI: `http://host${++hosts}.test/` });
  vi.stubGlobal("fetch", async (url: string, { cache }: RequestInit) => {
    const path = new URL(url).pathname;
    asked.push(`${path} ${cache}`);
    if (path !== "/api/v1/atlas") return Response.json(now);
    return Response.json(cache === "reload" ? now : kept);
  });
  return asked;
}

describe("an edition that a link is pinned to", () => {
  it("may be younger than what the browser keeps of the atlas", async () => {
    const asked = answering(atlasWith("old", "old"), atlasWith("new", "new", "old"));
    const opened = await openEdition("new", new AbortController().signal);
    expect(opened).toMatchObject({ newest: "new", isMissing: false });
    expect(asked).toEqual(["/api/v1/atlas default", "/api/v1/atlas reload"]);
  });

  it("is missing only where the server says so, and is not asked for then", async () => {
    const asked = answering(atlasWith("old", "old"), atlasWith("new", "new", "old"));
    const opened = await openEdition("gone", new AbortController().signal);
    expect(opened).toMatchObject({ newest: "new", isMissing: true });
    expect(asked.every((path) => path.startsWith("/api/v1/atlas"))).toBe(true);
  });

  it("is not asked for twice where it is known", async () => {
    const asked = answering(atlasWith("new", "new", "old"), atlasWith("new"));
    const opened = await openEdition("old", new AbortController().signal);
    expect(opened.isMissing).toBe(false);
    expect(asked).toEqual(["/api/v1/atlas default", "/api/v1/old/atlas default"]);
  });
});
