import { expect, it, vi } from "vitest";
import type { Scene } from "../src/scene";
import { Whereabouts } from "../src/whereabouts.svelte";

const answers: (() => void)[] = [];

vi.mock("../src/api", () => ({
  isAbort: () => false,
  getPositions: (_: string, geography: string) =>
    new Promise((answer) => answers.push(() => answer({ geography, columns: {} }))),
}));

const scene = { geography: { id: "lsoa" }, parent: null } as unknown as Scene;

it("whoever waits for where areas lie has it, however often it was asked for", async () => {
  const whereabouts = new Whereabouts();
  whereabouts.need("e1", scene);
  let known: string | null = null;
  const waiting = whereabouts.settled().then(() => {
    known = whereabouts.areas?.geography ?? "nothing";
  });
  // The map asks, too, before the first answer is there.
  whereabouts.need("e1", scene);
  await new Promise((done) => setTimeout(done));
  expect(known).toBeNull();
  for (const answer of answers) answer();
  await waiting;
  expect(known).toBe("lsoa");
});
