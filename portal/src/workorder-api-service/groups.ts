import type { Choice } from "../ui/Filters";
import type { Grouping } from "../ui/ListReport";
import type { TextKey, Words } from "../words/words";

/** A group of a list: the value of its filter and how many rows it has. */
export type Group = { value: string; count: number };

/** Counts as groups: in the order given, which is that of work; then by value; last the rows without a value. */
export function groupsOf(counts: Readonly<Record<string, number>>, order: readonly string[] = []): Group[] {
  const rank = (value: string) => (value === "" ? Infinity : order.includes(value) ? order.indexOf(value) : order.length);
  return Object.entries(counts)
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => (rank(one.value) === rank(other.value) ? (one.value < other.value ? -1 : 1) : rank(one.value) < rank(other.value) ? -1 : 1));
}

/** Ways to group a list that are also filters of it: the server counts, and a group's text is that of the filter's choice. */
export const groupingsBy = <By extends string>(
  { t }: Words,
  labels: Readonly<Record<By, TextKey>>,
  choices: Readonly<Record<By, readonly Choice[]>>,
  statuses: readonly string[],
  count: (by: By, query: string) => Promise<Readonly<Record<string, number>>>,
): Grouping[] =>
  (Object.keys(labels) as By[]).map((by) => ({
    value: by,
    text: t(labels[by]),
    groups: async (query) => groupsOf(await count(by, query), by === "status" ? statuses : []),
    textOf: (value) => (value === "" ? t("list.withoutValue") : (choices[by].find((choice) => choice.value === value)?.text ?? value)),
  }));
