import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { describe, expect, it } from "vitest";

const read = (language: string) =>
  readFileSync(new URL(`../../words/${language}.ftl`, import.meta.url), "utf8");

/** Every message with the arguments that it names. */
function messages(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const part of text.split(/\n(?=[a-z][a-z0-9-]* = )/)) {
    const id = /^([a-z][a-z0-9-]*) = /.exec(part)?.[1];
    const body = part.replace(/\n#.*/g, "");
    if (id) found.set(id, new Set([...body.matchAll(/\$([a-z]+)/g)].map(([, name]) => name ?? "")));
  }
  return found;
}

/** What messages choose by beside the forms of numbers: words and certain numbers, by message. */
function choices(text: string): Map<string, string[]> {
  const forms = ["zero", "one", "two", "few", "many", "other"];
  const found = new Map<string, string[]>();
  for (const part of text.split(/\n(?=[a-z][a-z0-9-]* = )/)) {
    const id = /^([a-z][a-z0-9-]*) = /.exec(part)?.[1];
    const keys = [...part.matchAll(/^ +\*?\[([a-z0-9]+)\]/gm)].map(([, key]) => key ?? "");
    if (id) found.set(id, keys.filter((key) => !forms.includes(key)).sort());
  }
  return found;
}

describe.each(["en", "cy"])("the catalogue %s", (language) => {
  it("says everything once", () => {
    const ids = [...read(language).matchAll(/^([a-z][a-z0-9-]*) = /gm)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});

describe("the Welsh catalogue, a draft", () => {
  const [english, welsh] = [messages(read("en")), messages(read("cy"))];

  it("can be read", () => {
    const bundle = new FluentBundle("cy");
    expect(bundle.addResource(new FluentResource(read("cy")))).toEqual([]);
    expect(welsh.size).toBeGreaterThan(50);
    for (const id of welsh.keys()) expect(bundle.getMessage(id)?.value, id).toBeTruthy();
  });

  it("keeps up with the English one, but for what has just come to it", () => {
    const missing = [...english.keys()].filter((id) => !welsh.has(id));
    expect(missing.length, missing.join(", ")).toBeLessThan(0.02 * english.size);
  });

  it("says what the English one says, with the same arguments", () => {
    for (const [id, names] of welsh) {
      expect(english.get(id), id).toBeDefined();
      expect([...names].sort(), id).toEqual([...(english.get(id) ?? [])].sort());
    }
  });

  it("knows every word that a message chooses by", () => {
    const known = choices(read("en"));
    for (const [id, words] of choices(read("cy"))) expect(words, id).toEqual(known.get(id));
  });

  it("can be said with a number of every form", () => {
    const bundle = new FluentBundle("cy", { useIsolating: false });
    bundle.addResource(new FluentResource(read("cy")));
    // Zero, one, two, few, many and other, as Welsh counts.
    for (const n of [0, 1, 2, 3, 6, 7]) {
      for (const [id, names] of welsh) {
        const values: Record<string, FluentVariable> = {};
        for (const name of names) values[name] = n;
        const errors: Error[] = [];
        const pattern = bundle.getMessage(id)?.value ?? "";
        expect(bundle.formatPattern(pattern, values, errors), id).not.toMatch(/[{}]/);
        expect(errors, id).toEqual([]);
      }
    }
    const corners = bundle.getMessage("corner-count")?.value ?? "";
    expect([2, 3, 6].map((n) => bundle.formatPattern(corners, { n }))).toEqual([
      "2 gornel",
      "3 cornel",
      "6 chornel",
    ]);
  });
});
