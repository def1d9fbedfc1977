// simple-statistics: natural breaks of a column. Says as the example of tessera-stats does. natural_breaks.mjs PACKAGES VALUES K

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const ROUNDS = 9;

const [packages, file, k] = process.argv.slice(2);
const { ckmeans } = createRequire(resolve(packages, "package.json"))("simple-statistics");
const values = readFileSync(file, "utf8").trim().split("\n").map(Number);
const seconds = [];
let clusters = [];
for (let round = 0; round < ROUNDS; round++) {
  const begun = performance.now();
  clusters = ckmeans(values, Number(k));
  seconds.push((performance.now() - begun) / 1000);
}
console.log(JSON.stringify(seconds));
console.log(clusters[0][0]);
for (const cluster of clusters) console.log(cluster.at(-1));
