import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";
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

  it("says what the English one says, with the same arguments", () => {
    for (const [id, names] of welsh) {
      expect(english.get(id), id).toBeDefined();
      expect([...names].sort(), id).toEqual([...(english.get(id) ?? [])].sort());
    }
  });
});
