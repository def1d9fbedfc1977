// The selection follows to another geography: its areas there are asked for, and stand for those that are left.

import { getAreas, getMembers } from "./api";
import { carried, type Known } from "./carried";
import type { Geography } from "./contract";
import { latest } from "./latest";
import type { Page } from "./page.svelte";
import { writeRef } from "./ref";
import type { AreaRef } from "./view";

export class Following {
  readonly #page: Pick<Page, "atlas" | "catalog" | "waiting">;
  readonly #asked = latest();

  constructor(page: Pick<Page, "atlas" | "catalog" | "waiting">) {
    this.#page = page;
  }

  /** Takes the areas of geographies that are `left` along to another, once the areas of both are known. */
  carry(
    selected: readonly AreaRef[],
    left: ReadonlySet<string>,
    to: Geography,
    {
      done,
      failed,
    }: { done: (areas: AreaRef[], notices: string[]) => void; failed: (error: unknown) => void },
  ): void {
    const { atlas, catalog, waiting } = this.#page;
    if (!atlas || !catalog) return;
    const ask = async (geography: Geography, signal: AbortSignal): Promise<Known> => ({
      geography,
      areas: await getAreas(atlas.edition, geography.id, signal),
    });
    /** With what its areas are made of, where they overlap: lookups say nothing of them. */
    const askLeft = async (geography: Geography, signal: AbortSignal): Promise<Known> => {
      const base = catalog.geographies.find(({ id }) => !geography.tiling && id === geography.of);
      if (!base) return ask(geography, signal);
      const known = await ask(geography, signal);
      const there = new Set(known.areas.columns.code);
      const isLeft = (ref: AreaRef) => ref.geography === geography.id && there.has(ref.code);
      const membersOf = async (ref: AreaRef) =>
        [ref.code, await getMembers(atlas.edition, base.id, writeRef(ref), signal)] as const;
      const [below, ...members] = await Promise.all([
        ask(base, signal),
        ...selected.filter(isLeft).map(membersOf),
      ]);
      return { ...known, members: { base: below, of: new Map(members) } };
    };
    const from = catalog.geographies.filter(({ id }) => left.has(id));
    waiting.begin();
    this.#asked.run(
      (signal) =>
        Promise.all([ask(to, signal), Promise.all(from.map((own) => askLeft(own, signal)))]),
      {
        done: ([there, known]) => {
          const { areas, notices } = carried(selected, known, there);
          done(areas, notices);
        },
        failed,
      },
    );
  }

  cancel(): void {
    this.#asked.cancel();
  }
}
