import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The head that the page and the embed have in common. */
const head: Plugin = {
  name: "head",
  transformIndexHtml: {
    order: "pre",
    handler: (html) => html.replace("<!--head-->", readFileSync("head.html", "utf8").trim()),
  },
};

/** What the page and the embed begin with, and what opens later has use for too: in one file it is smaller than in many. What the map fetches later is no part of it. */
const FIRST =
  /node_modules\/(svelte|leaflet)\/|\/src\/(api|areas|choose\/find|choosing\/conditions|compact|format|Icon|icons|keeping|legend\/asked|map\/(?!places|sketch|Inset|inset|group|tiles\/edges)[\w/-]+|modes\/kinds|modes\/terms|periods|ref|scale|scene|search\/here|site|view|written)\.(ts|svelte)/;

export default defineConfig({
  plugins: [svelte(), head],
  // Relative addresses, so that the atlas can stand below any path.
  base: "./",
  build: {
    target: "es2022",
    // The content security policy allows files of our own, nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["index.html", "embed.html"],
      output: { codeSplitting: { groups: [{ name: "first", test: FIRST }] } },
    },
  },
  server: {
    proxy: { "/api": "http://127.0.0.1:8080", "/tiles": "http://127.0.0.1:8080" },
    // The words stand beside the page.
    fs: { allow: [".", "../words"] },
  },
  test: { include: ["test/**/*.test.ts"] },
});
