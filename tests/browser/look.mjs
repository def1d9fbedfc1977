import { chromium } from "@playwright/test";
const [url, out, w, h, scheme] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const p = await (await b.newContext({ viewport: { width: +w, height: +h }, colorScheme: scheme ?? "light" })).newPage();
p.on("console", m => { if (m.type() === "error") console.log(m.text()); }); p.on("pageerror", e => console.log("ERR", e.message));
await p.goto(url); await p.waitForFunction(() => performance.getEntriesByName("map-painted").length > 0, null, { timeout: 60000 }).catch(e => console.log("no paint"));
await p.waitForTimeout(2500); await p.screenshot({ path: out }); await b.close();
