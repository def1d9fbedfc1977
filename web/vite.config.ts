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

export default defineConfig({
  plugins: [svelte(), head],
  // Relative addresses, so that the atlas can stand below any path.
  base: "./",
  build: {
    target: "es2022",
    // The content security policy allows files of our own, nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["index.html", "embed.html"] },
  },
  server: {
    proxy: { "/api": "http://127.0.0.1:8080", "/tiles": "http://127.0.0.1:8080" },
    // The words stand beside the page.
    fs: { allow: [".", "../words"] },
  },
  test: { include: ["test/**/*.test.ts"] },
});
