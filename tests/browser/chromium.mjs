// Which browser the page is run in. The shell without windows draws the same in two thirds of the time.

import { existsSync } from "node:fs";

const INSTALLED = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path));

export const CHROMIUM = process.env.CHROMIUM ?? INSTALLED ?? "chromium";
