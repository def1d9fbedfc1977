// Which edition a page shows: the newest, or the one that its link is pinned to.

import { ApiError, getAtlas, getAtlasNow, getAtlasOf, newestEdition } from "../api";
import type { Atlas } from "../contract";
import { isOfFiles, readWithdrawn, Withdrawn } from "../site";
import { say } from "../words";

export interface Opened {
  /** As the atlas is in the edition that is shown. */
  atlas: Atlas;
  /** The id of the newest edition. */
  newest: string;
  /** Whether the edition that was wanted is not held, and the newest stands in for it. */
  isMissing: boolean;
}

export async function openEdition(wanted: string | null, signal: AbortSignal): Promise<Opened> {
  const withdrawn = isOfFiles() ? await readWithdrawn(signal) : null;
  let atlas = await getAtlas(signal);
  // A link may be younger than what is kept of the atlas.
  if (wanted !== null && !holds(atlas, wanted)) atlas = await getAtlasNow(signal);
  const reason = withdrawn?.get(atlas.edition);
  if (reason !== undefined) throw new Withdrawn(say("withdrawn", { reason }));
  const newest = atlas.edition;
  if (wanted === null || wanted === newest) return { atlas, newest, isMissing: false };
  if (!holds(atlas, wanted)) return { atlas, newest, isMissing: true };
  try {
    return { atlas: await getAtlasOf(wanted, signal), newest, isMissing: false };
  } catch (error) {
    // Listed, and gone or broken since. Without a network nothing is known of it.
    if (error instanceof ApiError && error.status !== null)
      return { atlas, newest, isMissing: true };
    throw error;
  }
}

function holds({ editions }: Atlas, wanted: string): boolean {
  return editions.some(({ id }) => id === wanted);
}

/** A page that stands open asks so often whether there are newer figures. */
const EVERY_MS = 5 * 60_000;
const LOOK_MS = 30_000;

/** Calls `listener` with the id of the newest edition from time to time while the page is looked at; the answer stops it. */
export function watchNewest(listener: (newest: string) => void): () => void {
  let asked = Date.now();
  const look = async () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < EVERY_MS) return;
    asked = Date.now();
    const newest = await newestEdition();
    if (newest) listener(newest);
  };
  const timer = setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}
