// The words of the page, from the catalogue that it shares with the pages that need no script.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import catalogue from "../../words/en.ftl?raw";

// Names are isolated where they need it, and only there.
const words = new FluentBundle("en-GB", { useIsolating: false });
words.addResource(new FluentResource(catalogue));

/** A text of the catalogue with names and numbers in it. */
export function say(id: string, values: Record<string, string | number> = {}): string {
  const pattern = words.getMessage(id)?.value;
  if (!pattern) return id;
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "string" ? isolated(value) : value,
  ]);
  // What is missing stands as its name in braces; no word is worth failing for.
  return words.formatPattern(pattern, Object.fromEntries(said), []);
}

/** The scripts that are written from right to left, and the marks of direction. */
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name as it stands in a sentence: one that is written from right to left, or has marks of
 * direction, is isolated so that it turns nothing around it. As the server does it.
 */
export function isolated(name: string): string {
  if (!TURNS.test(name)) return name;
  const kept = endsWhatItBegins(name)
    ? name
    : name.replace(/[\u2066-\u2069]/g, "").replace(PARAGRAPH_ENDS, " ");
  return `\u2068${kept}\u2069`;
}

/** The characters at which directions start anew. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const PARAGRAPH_ENDS = /[\n\r\u001c-\u001e\u0085\u2029]/g;

/** Whether each isolate that is begun in a text is ended in it, and none other. */
function endsWhatItBegins(text: string): boolean {
  if (text.search(PARAGRAPH_ENDS) >= 0) return false;
  let depth = 0;
  for (const character of text) {
    if (character >= "\u2066" && character <= "\u2068") depth += 1;
    else if (character === "\u2069") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
