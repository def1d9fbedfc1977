// Starts the real server once for all tests, on the demo atlas and on the two that are made up, and tells them where it
// listens.

import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { writeInvented } from "./invented";
import { writeUnwieldy } from "./unwieldy";

const here = dirname(fileURLToPath(import.meta.url));
const binary = resolve(here, process.env.TESSERA_BIN ?? "../../target/debug/tessera");
const START_MS = 60_000;

export default async function startServers(): Promise<() => Promise<void>> {
  if (!existsSync(binary)) {
    throw new Error(`no server at ${binary}: build it, or set TESSERA_BIN`);
  }
  const invented = writeInvented();
  const unwieldy = writeUnwieldy();
  const servers = await Promise.all(["../..", invented, unwieldy].map(start));
  const [demo, other, long] = servers;
  process.env.TESSERA_URL = demo?.url;
  process.env.TESSERA_INVENTED_URL = other?.url;
  process.env.TESSERA_UNWIELDY_URL = long?.url;
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
    for (const folder of [invented, unwieldy]) rmSync(folder, { recursive: true });
  };
}

/** Serves an atlas on a free port. */
export async function start(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = spawn(binary, ["serve", folder, "--listen", "127.0.0.1:0"], {
    cwd: here,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((found, failed) => {
    const timer = setTimeout(() => failed(new Error("the server did not start in time")), START_MS);
    server.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
    server.once("error", failed);
    createInterface({ input: server.stdout }).on("line", (line) => {
      const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (!address) return;
      clearTimeout(timer);
      found(address);
    });
  });
  const stop = async () => {
    server.removeAllListeners("exit");
    const ended = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}
