// What the server wrote into the page before any script.

import { deliverFiles } from "./site";
import { say } from "./words";

/** A finding of so many characters is several sentences. */
export const LONG_FINDING = 150;

/** What is longer is cut off by everything that shows a title. */
const LONGEST_TITLE = 140;

/** What the page is called: the finding, as far as a title has room for it, and the atlas. The server says the same before any script. */
export function titleOf(finding: string, atlas: string): string {
  return say("title", { subject: brief(finding), atlas });
}

function brief(finding: string): string {
  const whole = finding.replace(/\.+$/, "");
  if (whole.length <= LONGEST_TITLE) return whole;
  const [first = ""] = whole.split(/[;.] /);
  return first.length > LONGEST_TITLE
    ? `${first.slice(0, LONGEST_TITLE).replace(/ [^ ]*$/, "")}…`
    : first;
}

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
