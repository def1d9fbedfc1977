import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
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
