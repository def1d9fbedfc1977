// What is taken away as files: the address of each, and what it is called.

import { apiUrl, sourceOf } from "../api";
import type { Page } from "../page.svelte";
import { isOfFiles } from "../site";
import { writeRef, writeView } from "../view";
import { say } from "../words";
import { addressOf, saidInFull, tableAddress } from "./source";

export interface TakenAway {
  words: string;
  href: string;
  /** What the file is called; `null` for a page. */
  file: string | null;
}

/** A name by what is in the file. The program has the same rule (`crates/tessera-server/src/spreadsheet.rs`). */
export function fileName(parts: readonly (string | null)[], format: string): string {
  const plain = parts.flatMap((part) => (part ? part.replace(/[^A-Za-z0-9._-]/gu, "-") : []));
  return `${plain.join("-")}.${format}`;
}

/** The table that is shown, with what it is limited to and held by; where no program answers, the values of all areas. */
export function takenAway(page: Page): TakenAway[] {
  const { atlas, scene, picture, view } = page;
  if (!atlas || !scene) return [];
  const { edition } = atlas;
  const { geography, indicator, period, within } = scene;
  const values = `${edition}/values/${geography.id}/${indicator.id}.csv`;
  const layer = {
    indicator: indicator.id,
    period,
    within: within && writeRef(within),
    filter: page.filtering.found && view.filter,
  };
  const own = [geography.id, indicator.id, period];
  const limits = [within?.code ?? null, page.filtering.found && "filtered"];
  const mode = picture?.answer?.mode ?? (view.mode === "double" ? view.mode : null);
  const table: TakenAway = isOfFiles()
    ? {
        words: say("download-csv"),
        href: sourceOf(apiUrl(values, { period })),
        file: fileName(own, "csv"),
      }
    : {
        words: say("download-csv"),
        href: addressOf("table.csv", writeView({ ...saidInFull(page), lock: [] })),
        file: fileName([...own, ...limits, mode], "csv"),
      };
  const all: TakenAway = {
    words: say("download-csv-all"),
    href: sourceOf(apiUrl(values, { period: "all" })),
    file: fileName([geography.id, indicator.id, "all"], "csv"),
  };
  const shapes: TakenAway = {
    words: say("download-geojson"),
    href: apiUrl(`${edition}/layers/${geography.id}.geojson`, layer),
    file: fileName([...own, ...limits], "geojson"),
  };
  return [
    table,
    all,
    ...(geography.shape && !isOfFiles() ? [shapes] : []),
    { words: say("table-page"), href: tableAddress(page), file: null },
  ];
}
