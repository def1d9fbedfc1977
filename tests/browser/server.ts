// Starts the real server on the demo atlas, once for all tests, and tells them where it listens.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const binary = resolve(here, process.env.TESSERA_BIN ?? "../../target/debug/tessera");
const START_MS = 60_000;

export default async function startServer(): Promise<() => Promise<void>> {
  if (!existsSync(binary)) {
    throw new Error(`no server at ${binary}: build it, or set TESSERA_BIN`);
  }
  const server = spawn(binary, ["serve", "../..", "--listen", "127.0.0.1:0"], {
    cwd: here,
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.env.TESSERA_URL = await new Promise<string>((found, failed) => {
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
  return async () => {
    server.removeAllListeners("exit");
    const ended = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await ended;
  };
}
