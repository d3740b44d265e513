/** The first letters of the first and the last name. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== "");
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return [first, last]
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32))
    .join("")
    .trim()
    .toUpperCase();
}
