import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const sheet = (name: string) =>
  readFileSync(new URL(`../src/styles/${name}.css`, import.meta.url), "utf8");

/** The declarations of the rule with a selector. */
function declarations(css: string, selector: string): string[] {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return body
    .split(";")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

const names = (all: string[]) => all.map((line) => line.split(":")[0]);

describe.each(["tokens", "contrast"])("%s", (name) => {
  const css = sheet(name);

  it("dark is the same by preference and by choice", () => {
    const byChoice = declarations(css, ':root[data-theme="dark"]');
    expect(byChoice.length).toBeGreaterThan(5);
    expect(declarations(css, ':root:not([data-theme="light"])')).toEqual(byChoice);
  });
});

it("more contrast changes tokens that there are, the same in light and dark", () => {
  const css = sheet("contrast");
  const light = names(declarations(css, ":root"));
  expect(names(declarations(css, ':root[data-theme="dark"]'))).toEqual(light);
  expect(names(declarations(sheet("tokens"), ":root"))).toEqual(expect.arrayContaining(light));
});
