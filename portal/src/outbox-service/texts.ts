import { isNumbered, type Item } from "../ui/commands";
import { short } from "../ui/numbers";
import type { Words } from "../words/words";
import { objectOf } from "./outbox";

/** What an item is about, as people say it: Work order 4000012; one that SAP has not numbered yet is called by its kind. */
export function objectText({ object, number }: Pick<Item, "object" | "number">, { of }: Words): string {
  const kind = of("object", objectOf(object));
  return isNumbered(number) ? `${kind} ${short(number)}` : kind;
}

/** The value of a field as people write it. */
export function valueText(value: unknown, { t, format }: Words): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "form.yes" : "form.no");
  if (typeof value === "number") return format.number(value);
  if (typeof value !== "string") return JSON.stringify(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
  return /^\d{2}:\d{2}:\d{2}$/.test(value) ? value.slice(0, 5) : short(value);
}
