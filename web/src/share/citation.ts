// How to cite what is shown.

import { formatDate } from "../format";
import type { Page } from "../page.svelte";
import { say } from "../words";
import { builtOn, pinnedAddress, subjectOf } from "./source";
import { sourceOf } from "./sources";

/** Title, indicator, period, source, edition, address and the day of reading. */
export function citation(page: Page, today: Date): string {
  const { atlas, picture } = page;
  if (!atlas || !picture) return "";
  const source = sourceOf(picture.scene.indicator);
  return say("citation", {
    atlas: atlas.title,
    subject: subjectOf(page),
    source: source ? ` ${say("source-line", { source })}` : "",
    edition: atlas.edition,
    built: builtOn(atlas),
    address: pinnedAddress(page),
    today: formatDate(today.toISOString().slice(0, 10)),
  });
}
