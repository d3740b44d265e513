// Writes the texts of the seeded Language collection that the portal uses where it imports them: the keys as a type, each language as a file of
// its own. With --check it fails when a text is used nowhere, or one is missing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { use } from "./text-use.mjs";

const seed = new URL("../../services/src/main/resources/io/imaint/services/seed/Language.json", import.meta.url);
const folder = new URL("../src/words/delivered/", import.meta.url);
const { documents } = JSON.parse(readFileSync(seed, "utf8"));
const keys = Object.keys(documents[0].texts);
const { delivered, wrong } = use(keys);

if (process.argv.includes("--check") && wrong.length > 0) {
  console.error(`Texts of ${seed.pathname}:\n${wrong.join("\n")}`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
for (const language of documents) {
  const missing = keys.filter((key) => !(key in language.texts));
  if (missing.length > 0) {
    throw new Error(`The language ${language.id} lacks ${missing.join(", ")}`);
  }
  writeFileSync(new URL(`${language.id}.json`, folder), JSON.stringify(Object.fromEntries(delivered.map((key) => [key, language.texts[key]]))));
}
writeFileSync(
  new URL("keys.ts", folder),
  `// Made by build/texts.mjs from the seeded Language collection.\nexport type TextKey =\n${delivered.map((key) => `  | ${JSON.stringify(key)}`).join("\n")};\n`,
);
