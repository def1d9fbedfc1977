// A postcode in the one field. Where it lies is the server's to say.

import type { Located } from "../contract";
import { say } from "../words";
import type { SuggestionGroup } from "./suggest";

/** A, AA, then a digit, then another digit or letter; then a digit and two letters. */
const POSTCODE = /^[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}$/i;

/** What is typed between the parts, or not: the server has the same rule (`crates/tessera-atlas/src/postcode.rs`). */
const BETWEEN = /[\s\-\u2010\u2011\u2013]+/g;

/** Whether a text has the form of a postcode, however it is typed. */
export function isPostcode(text: string): boolean {
  return POSTCODE.test(text.replace(BETWEEN, ""));
}

/** Whether a text may become one: it has the district, and not all of the rest. */
export function beginsPostcode(text: string): boolean {
  return /^[a-z]{1,2}\d[a-z\d]?(\d[a-z]?)?$/i.test(text.replace(BETWEEN, ""));
}

/**
 * The areas of the geography shown that a postcode lies in, each with the other areas around it.
 * Where there is none, the server's sentence stands in their place.
 */
export function postcodeGroup(found: Located, geography: string): SuggestionGroup {
  const { areas, postcode, sentence } = found;
  const title = say("postcode-found");
  const own = areas.filter((area) => area.geography === geography);
  if (own.length === 0) return { title, items: [{ kind: "told", label: sentence, detail: "" }] };
  const names = (list: Located["areas"]) => list.map((area) => area.local_name ?? area.name);
  const others = names(areas.filter((area) => area.geography !== geography));
  return {
    title,
    items: own.map((area) => ({
      kind: "area",
      code: area.code,
      label: postcode ?? "",
      detail: [...new Set([...names([area]), ...others])].join(" · "),
    })),
  };
}
