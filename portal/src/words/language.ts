/** The texts of a language by key, as ICU messages. */
export type Texts = Partial<Record<string, string>>;

const delivered = import.meta.glob<Texts>("./delivered/*.json", { import: "default" });

export const LANGUAGES = ["en", "de", "es", "hi"] as const;
const STANDARD = "en";
const REMEMBERED = "imaint.language";

/** The language of a page before anybody signed in: what was used last on this device, else what the browser wishes. */
export function firstLanguage(): string {
  const wished = [localStorage.getItem(REMEMBERED) ?? "", ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return wished.find((tag) => (LANGUAGES as readonly string[]).includes(tag)) ?? STANDARD;
}

/** Keeps the language in use for the next visit. */
export function remember(language: string) {
  localStorage.setItem(REMEMBERED, language);
}

/** The texts that are delivered for a language. */
export async function deliveredTexts(language: string): Promise<Texts> {
  const load = delivered[`./delivered/${language}.json`] ?? delivered[`./delivered/${STANDARD}.json`];
  return (await load?.()) ?? {};
}
