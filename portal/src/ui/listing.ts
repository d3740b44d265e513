import type { Listing } from "../api/client";

/** How the rows of a listing that comes as a whole are found and sorted here. */
export type Choosing<T> = {
  /** What the search looks at. */
  words: (row: T) => readonly string[];
  /** The values that a column sorts by. */
  sorts: Readonly<Record<string, (row: T) => string | number>>;
  /** What a filter compares; it may ask for several values, joined by commas. */
  filters?: Readonly<Record<string, (row: T) => string>>;
};

/** The rows that an address's query asks for: they hold every word of its text. The routes of API management answer all rows at once. */
export function chosen<T>(all: readonly T[], query: string, { words, sorts, filters = {} }: Choosing<T>): Listing<T> {
  const params = new URLSearchParams(query);
  const wanted = Object.entries(filters).filter(([name]) => params.get(name));
  const has = holds(params.get("text") ?? "");
  const items = all.filter((row) => has(words(row)) && wanted.every(([name, of]) => (params.get(name) ?? "").split(",").includes(of(row))));
  const by = params.get("sort") ?? "";
  const value = sorts[by.replace(/^-/, "")];
  if (value) items.sort((one, other) => compare(value(one), value(other)) * (by.startsWith("-") ? -1 : 1));
  return { items, next: null, total: items.length };
}

/** Whether texts hold every word of a search, in any case. */
export function holds(search: string): (texts: readonly string[]) => boolean {
  const words = search.toLowerCase().split(/\s+/);
  return (texts) => {
    const said = texts.join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  };
}

const compare = (one: string | number, other: string | number) =>
  typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
