// Packs what is built: each file that shrinks gets its Brotli and gzip form beside it, and files.json lists all with media type and hash.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const site = fileURLToPath(new URL("../target/site/io/imaint/portal", import.meta.url));
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

const files = [];
for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  const path = file.slice(site.length).replaceAll("\\", "/");
  if (!entry.isFile() || path.startsWith("/.vite/")) continue;
  const type = types[path.slice(path.lastIndexOf("."))];
  if (type === undefined) throw new Error(`${path} has no known media type`);
  const plain = readFileSync(file);
  const forms = {
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
    gzip: gzipSync(plain, { level: 9 }),
  };
  const encodings = Object.keys(forms).filter((name) => forms[name].length < plain.length * 0.9);
  for (const name of encodings) writeFileSync(`${file}.${name}`, forms[name]);
  files.push({ path, type, tag: createHash("sha256").update(plain).digest("hex").slice(0, 16), encodings });
}
files.sort((a, b) => (a.path < b.path ? -1 : 1));
writeFileSync(join(site, "files.json"), JSON.stringify({ files }));
