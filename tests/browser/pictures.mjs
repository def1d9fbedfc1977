// Takes the pictures of the README and the documentation, on the demo atlas.
//
//   TESSERA_BIN=target/release/tessera node tests/browser/pictures.mjs docs/images

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "./chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const binary = resolve(process.env.TESSERA_BIN ?? join(here, "../../target/release/tessera"));
const folder = resolve(process.argv[2] ?? join(here, "../../docs/images"));
/** A page with six pictures should open quickly. */
const MOST_BYTES = 200_000;
const QUALITY = 86;

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Two of the five that the map points out. */
const AREAS = ["E01033690", "E01010994"];

const PICTURES = [
  { name: "atlas", size: DESK, path: `/?areas=${AREAS.join(",")}` },
  { name: "dark", size: DESK, path: "/?theme=dark" },
  { name: "phone", size: PHONE, path: "/", ratio: 2, tap: [0.5, 0.42] },
  { name: "profile", size: DESK, path: `/?panel=profile&areas=${AREAS[1]}` },
  { name: "hotspots", size: DESK, path: "/?mode=hotspots" },
  { name: "embed", size: { width: 1200, height: 900 }, path: "/embed?lock=indicator,geography,within,period,mode", isFramed: true },
];

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const store = mkdtempSync(join(tmpdir(), "tessera-pictures-"));
const server = spawn(binary, ["serve", join(here, "../.."), "--store", store, "--listen", "127.0.0.1:0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const host = createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(councilPage(new URL(request.url ?? "/", "http://localhost").searchParams.get("frame") ?? ""));
});
try {
  const origin = await addressOf(server);
  await new Promise((done) => host.listen(0, "127.0.0.1", done));
  for (const picture of PICTURES) await take(origin, picture);
} finally {
  await browser.close();
  host.close();
  server.kill("SIGTERM");
  rmSync(store, { recursive: true });
}

async function addressOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /listening on (http:\/\/[\d.:]+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error(`${binary} did not start`);
}

async function take(origin, { name, size, path, ratio = 1, isFramed = false, tap = null }) {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: ratio,
    locale: "en-GB",
    reducedMotion: "reduce",
    hasTouch: tap !== null,
  });
  const page = await context.newPage();
  const { port } = host.address();
  await page.goto(isFramed ? `http://127.0.0.1:${port}/?frame=${encodeURIComponent(origin + path)}` : origin + path);
  const view = isFramed ? page.frames().at(-1) : page;
  await view.waitForFunction(() => performance.getEntriesByName("map-painted").length > 0);
  await page.waitForLoadState("networkidle");
  if (tap) {
    const box = await page.getByRole("application").boundingBox();
    await page.touchscreen.tap(box.x + box.width * tap[0], box.y + box.height * tap[1]);
    await page.getByRole("region", { name: "The area" }).waitFor();
  }
  const tool = await context.newCDPSession(page);
  const { data } = await tool.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  await context.close();
  const bytes = Buffer.from(data, "base64");
  const file = join(folder, `${name}.webp`);
  writeFileSync(file, bytes);
  console.log(`${file}: ${Math.round(bytes.length / 1000)} kB`);
  if (bytes.length > MOST_BYTES) throw new Error(`${file} may have ${MOST_BYTES} bytes`);
}

/** A page of somebody else, with the map in its middle. */
function councilPage(frame) {
  return `<!doctype html>
<html lang="en">
<title>Safer Neighbourhoods</title>
<style>
  body { margin: 0; font: 17px/1.6 Georgia, serif; color: #222; background: #fbfaf7; }
  header { padding: 18px 0; background: #2f4b3c; color: #fff; font: 600 20px system-ui; }
  header div, main { max-width: 880px; margin: 0 auto; }
  iframe { display: block; width: 100%; height: 590px; border: 1px solid #ddd; }
</style>
<header><div>West Yorkshire Partnership</div></header>
<main>
  <h1>Safer neighbourhoods: where we are</h1>
  <p>Recorded crime is not spread evenly. The map shows every small area of the county; point at one for its figures.</p>
  <iframe src="${frame.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" title="Map of recorded crime" referrerpolicy="origin"></iframe>
  <p>We look at these figures four times a year, and publish what we do about them.</p>
</main>
</html>`;
}
