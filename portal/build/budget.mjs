// Fails the build when the entry or a route loads more than its budget: the gzip size of its JavaScript and CSS with all static imports.
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import budgets from "./budgets.json" with { type: "json" };

const site = fileURLToPath(new URL("../target/site/io/imaint/portal/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${site}.vite/manifest.json`, "utf8"));
const sizes = new Map();

function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(site + file), { level: 9 }).length);
  return sizes.get(file);
}

function files(chunk, seen = new Set()) {
  if (seen.has(chunk)) return seen;
  seen.add(chunk);
  for (const name of manifest[chunk].imports ?? []) files(name, seen);
  return seen;
}

function sum(chunks) {
  const all = new Set();
  for (const chunk of chunks) {
    all.add(manifest[chunk].file);
    for (const css of manifest[chunk].css ?? []) all.add(css);
  }
  return [...all].reduce((bytes, file) => bytes + size(file), 0);
}

// What runs first, and the frame of the pages, which every route needs.
const entry = new Set(["src/early.ts", ...Object.keys(manifest).filter((chunk) => ["main", "portal"].includes(manifest[chunk].name))].flatMap((chunk) => [...files(chunk)]));
const over = [];
function check(name, bytes, budget) {
  const kib = (bytes / 1024).toFixed(0);
  const line = `${name.padEnd(52)} ${kib.padStart(4)} KiB of ${budget}`;
  if (bytes > budget * 1024) over.push(line);
  if (process.argv.includes("--print")) console.log(line);
}
check("entry", sum(entry), budgets.entry);
for (const [chunk, { isDynamicEntry }] of Object.entries(manifest)) {
  if (!isDynamicEntry || !chunk.startsWith("src/") || chunk.startsWith("src/words/")) continue;
  const own = [...files(chunk)].filter((name) => !entry.has(name));
  check(chunk, sum(own), budgets.routes[chunk] ?? budgets.route);
}
if (over.length > 0) {
  console.error(`Over the budget of build/budgets.json:\n${over.join("\n")}`);
  process.exit(1);
}
rmSync(`${site}.vite`, { recursive: true });
