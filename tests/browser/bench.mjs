// Measures the page in software-rendered Chromium and writes what it found between the marks of docs/benchmarks.md.
//
//   TESSERA_BIN=target/release/tessera node tests/browser/bench.mjs target/national
//
// The folder is the one that `make national` makes. Nothing here passes or fails: what must hold is in the tests.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { cpus, loadavg, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "./chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const binary = resolve(process.env.TESSERA_BIN ?? join(here, "../../target/release/tessera"));
const document = process.env.TESSERA_BENCHMARKS ?? join(here, "../../docs/benchmarks.md");
const [BEGIN, END] = ["<!-- screen:begin -->", "<!-- screen:end -->"];
const SWITCHES = 250;
const WINDOW = { width: 1440, height: 900 };
// What else the machine is doing.
const LOAD = loadavg()[0].toFixed(1);

const national = process.argv[2];
if (!national) {
  console.error("usage: node bench.mjs NATIONAL-ATLAS");
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const servers = [];
try {
  const demo = await serve(join(here, "../.."), process.env.TESSERA_DEMO_URL);
  const nation = await serve(resolve(national), process.env.TESSERA_NATIONAL_URL);
  const rows = [];
  for (const ratio of [1, 2]) {
    rows.push({ ratio, demo: await first(demo, ratio), ...(await measured(nation, ratio)) });
    console.error(JSON.stringify(rows.at(-1)));
  }
  const bytes = await firstBytes(nation);
  write(table(rows, bytes, await heap(nation)));
} finally {
  await browser.close();
  for (const stop of servers) await stop();
}

/** The address of a server on an atlas: one that runs already, or one that is started. */
async function serve(folder, running) {
  if (running) return running;
  const store = mkdtempSync(join(tmpdir(), "tessera-bench-"));
  const server = spawn(binary, ["serve", folder, "--store", store, "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  servers.push(async () => {
    const ended = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await ended;
    rmSync(store, { recursive: true });
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /listening on (http:\/\/[\d.:]+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error(`${binary} did not start on ${folder}`);
}

async function open(url, ratio) {
  const context = await browser.newContext({ viewport: WINDOW, deviceScaleFactor: ratio });
  const page = await context.newPage();
  await page.goto(url);
  await painted(page);
  return page;
}

/** When the map was painted for the first time since the marks were cleared, in milliseconds of the page. */
async function painted(page, timeout = 60_000) {
  const mark = () => performance.getEntriesByName("map-painted")[0]?.startTime;
  return (await page.waitForFunction(mark, null, { timeout, polling: 20 })).jsonValue();
}

function settled(page, ms = 1500) {
  return page.waitForTimeout(ms);
}

function clear(page) {
  return page.evaluate(() => performance.clearMarks("map-painted"));
}

function now(page) {
  return page.evaluate(() => performance.now());
}

/** From the request of the page to its first map: the median of five visits, the first of which warms the server. */
async function first(url, ratio) {
  const times = [];
  for (let visit = 0; visit < 6; visit += 1) {
    const page = await open(url, ratio);
    times.push(await painted(page));
    await page.context().close();
  }
  return median(times.slice(1));
}

async function measured(url, ratio) {
  const firstMap = await first(url, ratio);
  const page = await open(url, ratio);
  await settled(page, 5000);
  const found = {
    first: firstMap,
    switch: await switching(page, "]"),
    period: await stepping(page),
    hover: await hovering(page),
    pan: await panning(page),
    zoom: await zooming(page),
  };
  await page.context().close();
  return found;
}

/** From now on the page notes when a key was pressed and when its heading last changed: what the way to the browser and back takes is not the page's. */
function noting(page) {
  return page.evaluate(() => {
    addEventListener("keydown", ({ timeStamp }) => { window.pressed = timeStamp; }, { capture: true });
    const changes = new MutationObserver(() => { window.said = performance.now(); });
    changes.observe(document.querySelector("h1"), { subtree: true, childList: true, characterData: true });
  });
}

/** Indicators whose columns are there already: until the map has them, what the main thread does meanwhile, and until the rest of the page speaks of it. */
async function switching(page, key) {
  await noting(page);
  const runs = [];
  for (let run = 0; run < 9; run += 1) {
    await settled(page);
    await clear(page);
    const tasks = await traced(page, async () => {
      await page.keyboard.press(key);
      const shown = await painted(page);
      await settled(page, 300);
      const { pressed, said } = await page.evaluate(() => ({ pressed: window.pressed, said: window.said }));
      runs.push({ until: shown - pressed, said: said - pressed });
    });
    Object.assign(runs.at(-1), tasks);
  }
  return summary(runs.slice(1));
}

/** One period after the other, as an animation shows them, back and forth. */
async function stepping(page) {
  const slider = page.getByRole("slider").first();
  if ((await slider.count()) === 0) return null;
  await slider.focus();
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"]) {
    await page.keyboard.press(key);
    await settled(page);
  }
  const runs = [];
  for (let run = 0; run < 8; run += 1) {
    await clear(page);
    await page.keyboard.press(run % 4 < 2 ? "ArrowLeft" : "ArrowRight");
    const shown = await painted(page);
    runs.push({ until: shown - (await page.evaluate(() => window.pressed)) });
    await settled(page, 300);
  }
  return summary(runs);
}

/** From the pointer's event to the border of the area and its name on the card. */
async function hovering(page) {
  const box = await page.getByRole("application").boundingBox();
  await page.evaluate(() => {
    window.hovers = [];
    let start = 0;
    const done = () => {
      if (start > 0) window.hovers.push(performance.now() - start);
      start = 0;
    };
    addEventListener("pointermove", () => { start = performance.now(); }, { capture: true });
    const marks = document.querySelector(".leaflet-marks-pane");
    new MutationObserver(done).observe(marks, { subtree: true, childList: true, attributes: true });
  });
  for (let step = 0; step < 30; step += 1) {
    await page.mouse.move(box.x + box.width * (0.6 + 0.004 * step), box.y + box.height * (0.4 + 0.006 * step));
    await page.waitForTimeout(120);
  }
  const hovers = await page.evaluate(() => window.hovers);
  return { median: median(hovers), worst: Math.max(...hovers) };
}

/** Frames while the map is dragged across itself, and the time until all of it is drawn again. */
async function panning(page) {
  const box = await page.getByRole("application").boundingBox();
  const [x, y] = [box.x + box.width * 0.7, box.y + box.height * 0.5];
  await page.mouse.move(x, y);
  await page.evaluate(() => {
    const [map, image] = ["[role=application]", "canvas.leaflet-zoom-animated"].map((name) => document.querySelector(name));
    const seen = { since: null, longest: 0 };
    window.uncovered = seen;
    const look = (time) => {
      const [view, drawn] = [map, image].map((node) => node.getBoundingClientRect());
      const isCovered =
        drawn.left <= view.left && drawn.top <= view.top && drawn.right >= view.right && drawn.bottom >= view.bottom;
      seen.since = isCovered ? null : (seen.since ?? time);
      if (seen.since !== null) seen.longest = Math.max(seen.longest, time - seen.since);
      if (window.uncovered === seen) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.mouse.down();
  const frames = await framesDuring(page, async () => {
    for (let step = 1; step <= 40; step += 1) {
      await page.mouse.move(x - 8 * step, y - 3 * step);
      await page.waitForTimeout(16);
    }
  });
  await page.mouse.up();
  await settled(page);
  // Within the room that is drawn around the window nothing comes into view that is not there.
  const redraw = await page.evaluate(() => {
    const { longest } = window.uncovered;
    window.uncovered = null;
    return longest;
  });
  return { ...frames, redraw };
}

async function zooming(page) {
  const box = await page.getByRole("application").boundingBox();
  await page.mouse.move(box.x + box.width * 0.65, box.y + box.height * 0.5);
  const runs = [];
  for (let step = 0; step < 6; step += 1) {
    await clear(page);
    const start = await now(page);
    let until = 0;
    const frames = await framesDuring(page, async () => {
      await page.mouse.wheel(0, -120);
      until = (await painted(page)) - start;
    });
    runs.push({ ...frames, redraw: until });
    await settled(page);
  }
  return {
    frame: median(runs.map((run) => run.frame)),
    longest: Math.max(...runs.map((run) => run.longest)),
    redraw: median(runs.map((run) => run.redraw)),
  };
}

/** The median and the longest time between two frames. */
async function framesDuring(page, work) {
  await page.evaluate(() => {
    const frames = [performance.now()];
    window.frames_ = frames;
    const next = (time) => {
      frames.push(time);
      if (window.frames_ === frames) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await work();
  const times = await page.evaluate(() => {
    const frames = window.frames_;
    window.frames_ = null;
    return frames.slice(2).map((time, i) => time - frames[i + 1]);
  });
  return { frame: median(times), longest: Math.max(...times) };
}

/** For how long the main thread was busy until the map was painted, and with its longest task then and after, from the browser's own trace. */
async function traced(page, work) {
  await browser.startTracing(page, {
    categories: ["toplevel", "blink.user_timing", "disabled-by-default-devtools.timeline", "devtools.timeline"],
  });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const mark = traceEvents.find((event) => event.name === "map-painted");
  const key = traceEvents.find((event) => event.name === "EventDispatch" && event.args?.data?.type === "keydown");
  if (!mark || !key) return { busy: Number.NaN, longest: Number.NaN };
  const tasks = traceEvents.filter(
    (event) =>
      event.name === "RunTask" && event.pid === mark.pid && event.tid === mark.tid &&
      event.ts + (event.dur ?? 0) >= key.ts,
  );
  // Time on a processor: what others do on the machine does not count.
  const busy = (task) => (task.tdur ?? task.dur ?? 0) / 1000;
  const before = tasks.filter(({ ts }) => ts <= mark.ts);
  return { busy: before.reduce((sum, task) => sum + busy(task), 0), longest: Math.max(...tasks.map(busy)) };
}

/** What the first map takes, and what is asked for once it is there, each answer as gzip. */
async function firstBytes(url) {
  const page = await open(url, 1);
  const until = await painted(page);
  await page.waitForLoadState("networkidle");
  const asked = await page.evaluate((until) => {
    const isOfAreas = (entry) => entry.name.includes("/areas/");
    const entries = performance.getEntriesByType("resource").filter((entry) => entry.startTime <= until || isOfAreas(entry));
    return entries.map((entry) => entry.name);
  }, until);
  await page.context().close();
  const kinds = { page: 0, tiles: 0, data: 0, names: 0, places: 0 };
  for (const address of new Set([url, ...asked])) {
    const kind = address.includes("/tiles/") ? "tiles"
      : address.includes("/areas/") ? (address.endsWith(".bin") ? "places" : "names")
      : address.includes("/api/") ? "data" : "page";
    kinds[kind] += await gzipped(address);
  }
  return kinds;
}

function gzipped(address) {
  return new Promise((done, failed) => {
    get(address, { headers: { "Accept-Encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (part) => { bytes += part.length; });
      response.on("end", () => done(bytes));
    }).on("error", failed);
  });
}

/** Memory of the page's scripts after 5 and after many switches, what is not needed any more taken away. */
async function heap(url) {
  const page = await open(url, 1);
  await settled(page, 5000);
  const tool = await page.context().newCDPSession(page);
  const used = async () => {
    await settled(page, 3000);
    await tool.send("HeapProfiler.collectGarbage");
    await tool.send("HeapProfiler.collectGarbage");
    const { usedSize } = await tool.send("Runtime.getHeapUsage");
    return usedSize / 1e6;
  };
  const sizes = [];
  for (let run = 1; run <= SWITCHES; run += 1) {
    await clear(page);
    await page.keyboard.press("]");
    await painted(page);
    if (run === 5 || run === SWITCHES) sizes.push(await used());
  }
  await page.context().close();
  return sizes;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function summary(runs) {
  return {
    until: median(runs.map(({ until }) => until)),
    busy: median(runs.map(({ busy }) => busy)),
    said: median(runs.map(({ said }) => said)),
    longest: median(runs.map(({ longest }) => longest)),
  };
}

function table(rows, bytes, [early, late]) {
  const ms = (value) => (Number.isFinite(value) ? `${value < 10 ? value.toFixed(1) : Math.round(value)} ms` : "–");
  const kb = (value) => `${Math.round(value / 1000)} kB`;
  const line = (what, of) => `| ${what} | ${rows.map(of).join(" | ")} |`;
  const build = binary.includes("/release/") ? "" : ", server built without optimisation";
  return [
    `Chromium ${browser.version()}, drawn by software, ${cpus().length} cores (${cpus()[0]?.model.trim()}), window ` +
      `${WINDOW.width} × ${WINDOW.height}, server on the same machine${build}, load average ${LOAD} at the start. Medians.`,
    "",
    `| at 34,753 areas, unless said otherwise | ${rows.map(({ ratio }) => `device pixel ratio ${ratio}`).join(" | ")} |`,
    `|---|${rows.map(() => "---:").join("|")}|`,
    line("first map of the demo (1,388 areas), from the request of the page", ({ demo }) => ms(demo)),
    line("first national map", (row) => ms(row.first)),
    line("switch of indicator, column there: until it is on the map", (row) => ms(row.switch.until)),
    line("… of which the main thread is busy", (row) => ms(row.switch.busy)),
    line("… until the rest of the page speaks of it", (row) => ms(row.switch.said)),
    line("… the main thread's longest task until then and after", (row) => ms(row.switch.longest)),
    line("next period of an animation: until it is on the map", (row) => (row.period ? ms(row.period.until) : "–")),
    line("hover: until the border is drawn and the card speaks of the area", (row) => ms(row.hover.median)),
    line("… at worst", (row) => ms(row.hover.worst)),
    line("dragging: from frame to frame", (row) => ms(row.pan.frame)),
    line("… at worst", (row) => ms(row.pan.longest)),
    line("… until what came into view is drawn", ({ pan }) => ms(pan.redraw)),
    line("zooming: from frame to frame", (row) => ms(row.zoom.frame)),
    line("… until the new zoom is drawn", (row) => ms(row.zoom.redraw)),
    "",
    "| first national view, in gzip | |",
    "|---|---:|",
    `| page and scripts | ${kb(bytes.page)} |`,
    `| tiles | ${kb(bytes.tiles)} |`,
    `| catalogue, values and classes | ${kb(bytes.data)} |`,
    `| names and codes, which the map does not wait for | ${kb(bytes.names)} |`,
    `| where areas lie, which is asked for afterwards | ${kb(bytes.places)} |`,
    "",
    `Memory of the page's scripts: ${early.toFixed(1)} MB after 5 switches, ${late.toFixed(1)} MB after ${SWITCHES}.`,
  ].join("\n");
}

function write(text) {
  const whole = readFileSync(document, "utf8");
  const [from, to] = [whole.indexOf(BEGIN), whole.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${document} has no ${BEGIN} … ${END}`);
  writeFileSync(document, `${whole.slice(0, from + BEGIN.length)}\n\n${text}\n\n${whole.slice(to)}`);
  console.log(text);
}
