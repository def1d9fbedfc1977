// Starts the real server once for all tests, on the demo atlas and on the invented one, and tells them where it listens.

import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { writeInvented } from "./invented";

const here = dirname(fileURLToPath(import.meta.url));
const binary = resolve(here, process.env.TESSERA_BIN ?? "../../target/debug/tessera");
const START_MS = 60_000;

export default async function startServers(): Promise<() => Promise<void>> {
  if (!existsSync(binary)) {
    throw new Error(`no server at ${binary}: build it, or set TESSERA_BIN`);
  }
  const invented = writeInvented();
  const demo = await start("../..");
  const other = await start(invented);
  process.env.TESSERA_URL = demo.url;
  process.env.TESSERA_INVENTED_URL = other.url;
  return async () => {
    await Promise.all([demo.stop(), other.stop()]);
    rmSync(invented, { recursive: true });
  };
}

async function start(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
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
