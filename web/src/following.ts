// The selection follows to another geography: its areas there are asked for, and stand for those that are left.

import { getAreas } from "./api";
import type { Geography } from "./contract";
import { latest } from "./latest";
import type { Page } from "./page.svelte";
import { carried } from "./selection";
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
    const ask = async (geography: Geography, signal: AbortSignal) => ({
      geography,
      areas: await getAreas(atlas.edition, geography.id, signal),
    });
    const from = catalog.geographies.filter(({ id }) => left.has(id));
    waiting.begin();
    this.#asked.run(
      (signal) => Promise.all([ask(to, signal), ...from.map((own) => ask(own, signal))]),
      {
        done: ([there, ...known]) => {
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
