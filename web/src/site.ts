// How the atlas reaches its readers: a program answers them, or plain files do, which `tessera build
// --static` wrote. Then each address of the interface has a file, and what would have to be computed
// has none.

import { DEFAULT_VIEW, type View, writeView } from "./view";
import { say } from "./words";

let ofFiles = false;

/** Whether this page is one of plain files. */
export function isOfFiles(): boolean {
  return ofFiles;
}

/** From now on it is, or not. */
export function deliverFiles(files: boolean): void {
  ofFiles = files;
}

const FORMATS = [".json", ".csv", ".arrow", ".bin", ".geojson", ".mvt"];

/**
 * The file that stands for an address, relative to the root of the site. The program has the same
 * rule (`crates/tessera-server/src/site/names.rs`).
 */
export function fileOf(path: string, parameters: URLSearchParams): string {
  const format = FORMATS.find((ending) => path.endsWith(ending)) ?? "";
  const segments = path
    .slice(0, path.length - format.length)
    .split("/")
    .map((segment) => plain(decodeURIComponent(segment)));
  const asked = [...parameters].map(([name, value]) => `${plain(name)}=${plain(value)}`).sort();
  if (asked.length > 0) segments.push(asked.join("&"));
  return segments.join("/") + (format || ".json");
}

/**
 * The folder that stands for the address of a page; the values of its parameters are further folders.
 */
export function pageOf(path: string, parameters: URLSearchParams): string {
  const segments = path.split("/").map(decodeURIComponent);
  const folders = [...segments, ...parameters.values()].filter(Boolean).map(plain);
  return folders.map((folder) => `${folder}/`).join("");
}

/** An edition that no reader should see any more. */
export class Withdrawn extends Error {}

/** The editions that were withdrawn from a site, with what readers are told. It is read before anything else. */
export async function readWithdrawn(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const response = await fetch(new URL("withdrawn.json", document.baseURI), {
    cache: "no-store",
    signal,
  });
  // Without the list nobody can say that the edition still stands.
  if (!response.ok) throw new Error(say("answered-with", { status: String(response.status) }));
  const list = (await response.json()) as { withdrawn: Record<string, string> };
  return new Map(Object.entries(list.withdrawn));
}

/** The view as far as there are files for it, and whether that is less than was asked for. */
export function withoutServer(view: View): { view: View; notices: string[] } {
  if (!isOfFiles()) return { view, notices: [] };
  const { method, k, breaks, centre, scope, still } = DEFAULT_VIEW;
  const groups = view.groups.filter((group) => group !== "filter");
  const legend = { method, k, breaks, centre, scope, still };
  const mode = view.mode === "double" ? view.mode : DEFAULT_VIEW.mode;
  const possible = { ...view, within: null, ...legend, mode, set: [], filter: null, groups };
  const isLess = writeView(possible) !== writeView(view);
  return { view: possible, notices: isLess ? [say("needs-server")] : [] };
}

function plain(text: string): string {
  const dotsAlone = /^\.*$/.test(text);
  return Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    const stands = /[A-Za-z0-9_,-]/.test(character) || (character === "." && !dotsAlone);
    return stands ? character : `~${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
