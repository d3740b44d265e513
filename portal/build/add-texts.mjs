// Adds texts to the seeded Language collection, each behind the last key of its group: node build/add-texts.mjs FILE, where FILE holds
// {"key": {"en": …, "de": …, "es": …, "hi": …}}. A key that is there gets the new text.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../../services/src/main/resources/io/imaint/services/seed/Language.json", import.meta.url);
const seed = JSON.parse(readFileSync(path, "utf8"));
const added = JSON.parse(readFileSync(process.argv[2], "utf8"));
const group = (key) => key.slice(0, key.indexOf("."));

for (const language of seed.documents) {
  for (const [key, texts] of Object.entries(added)) {
    const text = texts[language.id];
    if (!text) throw new Error(`${key} has no text in ${language.id}`);
    const entries = Object.entries(language.texts).filter(([known]) => known !== key);
    const at = Object.keys(language.texts).indexOf(key);
    const last = entries.findLastIndex(([known]) => group(known) === group(key));
    entries.splice(at >= 0 ? at : last >= 0 ? last + 1 : entries.length, 0, [key, text]);
    language.texts = Object.fromEntries(entries);
  }
}
writeFileSync(path, `${JSON.stringify(seed, null, 2)}\n`);
