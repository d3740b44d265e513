// Which texts of the seeded Language collection the portal uses. Keys stand in its code as they are, or begin with what text-keys.json lists
// under `built`, whose rest comes from data. The groups under `elsewhere` hold texts of the mobile app, too.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import known from "./text-keys.json" with { type: "json" };

const source = fileURLToPath(new URL("../src/", import.meta.url));
const seed = fileURLToPath(new URL("../../services/src/main/resources/io/imaint/services/seed/", import.meta.url));

const texts = (folder, ...names) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && names.some((name) => entry.name.endsWith(name)) && !/\.test\.ts$|^schema\.d\.ts$|^Language\.json$/.test(entry.name) && !entry.parentPath.endsWith("delivered"))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, "utf8"))
    .join("\n");

/** Everything that could be a key: a name with dots, in quotes. */
const named = (text) => new Set(Array.from(text.matchAll(/["'`]([\w-]+(?:\.[\w-]+)+)["'`]/g), ([, key]) => key));

/** The keys that the portal delivers, and what is wrong: texts that nobody uses, keys without a text, and prefixes that no text has. */
export function use(keys) {
  const code = texts(source, ".ts", ".tsx");
  const here = named(code);
  const elsewhere = named(texts(seed, ".json"));
  const built = (key) => known.built.some((prefix) => key.startsWith(prefix));
  const used = new Set(keys.filter((key) => here.has(key) || built(key)));
  const unused = keys.filter((key) => !used.has(key) && !elsewhere.has(key) && !known.elsewhere.includes(key.split(".")[0]));
  const asked = Array.from(code.matchAll(/\bt\("([\w.-]+)"/g), ([, key]) => key);
  return {
    delivered: keys.filter((key) => used.has(key) || unused.includes(key)),
    wrong: [
      ...unused.map((key) => `${key} is used nowhere`),
      ...new Set(asked.filter((key) => !keys.includes(key)).map((key) => `${key} has no text`)),
      ...known.built.filter((prefix) => !keys.some((key) => key.startsWith(prefix))).map((prefix) => `${prefix} of build/text-keys.json begins no text`),
    ],
  };
}
