// The lines of HTML that show a view in a page of somebody else.

import type { Page } from "../page.svelte";
import { isOfFiles } from "../site";
import type { Lock } from "../view";
import { writeView } from "../view";
import { addressOf, saidInFull } from "./source";

export interface EmbedChoice {
  /** In pixels; `null` takes the room that there is. */
  width: number | null;
  height: number;
  isPinned: boolean;
  lock: readonly Lock[];
}

export const LEAST_SIZE = 280;
export const MOST_SIZE = 4000;

/** The address of the view for a frame. Its atlas's defaults may change, so everything is said. */
export function embedAddress(page: Page, { isPinned, lock }: EmbedChoice): string {
  const full = saidInFull(page);
  const edition = isPinned ? full.edition : null;
  const period = isPinned || page.view.period !== null ? full.period : null;
  const path = isOfFiles() ? "embed.html" : "embed";
  return addressOf(path, writeView({ ...full, period, edition, lock: [...lock] }));
}

/** `referrerpolicy` lets the embed know whom to tell its height, and tells it the host alone. */
export function embedCode(address: string, title: string, { width, height }: EmbedChoice): string {
  const attributes = [
    ["src", address],
    ["title", title],
    ["width", width === null ? "100%" : String(width)],
    ["height", String(height)],
    ["style", "border:0;max-width:100%"],
    ["loading", "lazy"],
    ["referrerpolicy", "origin"],
    ["allow", "clipboard-write"],
  ];
  const written = attributes.map(([name, value]) => `${name}="${escaped(value ?? "")}"`);
  return `<iframe ${written.join(" ")}></iframe>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
