import { defineConfig } from "@playwright/test";
import { CHROMIUM } from "./chromium.mjs";

export default defineConfig({
  testDir: ".",
  globalSetup: "./server.ts",
  // Tests share a server, which answers all of them the same; whoever changes what is published serves an atlas of their own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  // On a machine that is busy with others a browser may be late once; a test that passes the second time is named as flaky.
  retries: process.env.CI ? 1 : 0,
  // Of the pixels of a picture so few may differ: fewer than of a button that moved, a word that changed, a class of another colour.
  expect: { timeout: 10_000, toHaveScreenshot: { threshold: 0.02, maxDiffPixels: 60, scale: "css" } },
  snapshotPathTemplate: "looks/{arg}{ext}",
  reporter: [["list"]],
  use: {
    locale: "en-GB",
    // Maps fly less far: what is tested is where they arrive.
    reducedMotion: "reduce",
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
    },
    // A trace costs each test a tenth of its time, a film a sixth: asked for when a failure is looked into (--trace on).
    trace: "off",
  },
  projects: [
    { name: "desk", use: { viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      // Keys are for the desk, and what looks the same on every screen needs one.
      grepInvert: /@keys|@desk/,
      use: {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
        deviceScaleFactor: 2,
      },
    },
  ],
});
