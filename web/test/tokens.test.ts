import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const css = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8");

/** The declarations of the rule with a selector. */
function declarations(selector: string): string[] {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return body
    .split(";")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

it("dark is the same by preference and by choice", () => {
  const byChoice = declarations(':root[data-theme="dark"]');
  expect(byChoice.length).toBeGreaterThan(20);
  expect(declarations(':root:not([data-theme="light"])')).toEqual(byChoice);
});
