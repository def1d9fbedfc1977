// What the server wrote into the page before any script.

import { deliverFiles } from "./site";

/** A finding of so many characters is several sentences. */
export const LONG_FINDING = 150;

export interface Written {
  heading: string;
  finding: string;
  attribution: string;
}

/** Learns how the page is delivered, which stands in its head. */
export function readDelivery(): void {
  deliverFiles(document.querySelector('meta[name="tessera:delivery"][content="files"]') !== null);
}

/** To be read before the page that runs takes its place; its finding stays until the first answer is here. */
export function written(): Written {
  return {
    heading: textOf("heading"),
    finding: textOf("finding"),
    attribution: textOf("attribution"),
  };
}

function textOf(id: string): string {
  return document.getElementById(id)?.textContent?.trim() ?? "";
}
