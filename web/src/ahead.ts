// What a reader is likely to ask for next is asked for while nothing else is going on.

import type { Atlas, Catalog } from "./contract";
import { forAnotherIndicator } from "./legend/asked";
import { loadTint } from "./picture";
import { resolveScene, type Scene } from "./scene";
import type { View } from "./view";

/** The next indicator, and the periods before and after. */
export function nextViews(scene: Scene, view: View, indicators: readonly { id: string }[]): View[] {
  const here = indicators.findIndex(({ id }) => id === scene.indicator.id);
  const next = indicators[(here + 1) % indicators.length];
  const at = scene.periods.indexOf(scene.period);
  // What a mode asks for is worked out when it is wanted.
  const plain: View = { ...view, mode: "map" };
  return [
    ...(next && next.id !== scene.indicator.id
      ? [
          {
            ...plain,
            ...forAnotherIndicator(view),
            indicator: next.id,
            geography: scene.geography.id,
            period: null,
          },
        ]
      : []),
    ...[scene.periods[at - 1], scene.periods[at + 1]].flatMap((period) =>
      period === undefined ? [] : [{ ...plain, period }],
    ),
  ];
}

/** Has the columns of views ready; those that do not come are asked for again when they are wanted. */
export async function lookAhead(
  views: readonly View[],
  atlas: Atlas,
  catalog: Catalog,
  signal: AbortSignal,
): Promise<void> {
  for (const view of views) {
    await idle();
    if (signal.aborted) return;
    await loadTint(resolveScene(view, atlas, catalog).scene, view, atlas.edition, signal).catch(
      () => {},
    );
  }
}

/** Safari has no idle callbacks. */
export function idle(): Promise<unknown> {
  return new Promise((done) => {
    if ("requestIdleCallback" in window) requestIdleCallback(done);
    else setTimeout(done, 200);
  });
}
