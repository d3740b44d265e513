import type { Listing } from "../api/client";
import type { Column } from "./DataTable";

/** What a browser can hold and a person still look at. */
export const ROWS_MAX = 10_000;
const PAGE = 1_000;

/** All rows of a list up to the limit; not complete where there are more. */
export async function rowsOf<T>(load: (after: string | undefined, limit: number) => Promise<Listing<T>>, onRows: (count: number) => void): Promise<{ rows: T[]; complete: boolean }> {
  const rows: T[] = [];
  let after: string | undefined;
  do {
    const page = await load(after, PAGE);
    rows.push(...page.items);
    onRows(rows.length);
    after = page.next ?? undefined;
  } while (after !== undefined && rows.length < ROWS_MAX);
  return { rows, complete: after === undefined };
}

/** Lines of CSV by RFC 4180, with the mark by which spreadsheets know UTF-8. */
export function csv<T>(columns: readonly Column<T>[], rows: readonly T[]): Blob {
  const lines = [columns.map((column) => column.header), ...rows.map((row) => columns.map((column) => column.text(row)))];
  return new Blob(["\uFEFF", lines.map((line) => line.map(field).join(",")).join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}

/** A field in quotes where it needs them. What a spreadsheet would take for a formula begins with an apostrophe instead. */
export function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A cell of a spreadsheet: a number or a day where the column knows one, else its text. */
export function spreadsheetCell<T>({ text, number, day }: Column<T>, row: T): { value: string; type: typeof String } | { value: number; type: typeof Number } | { value: Date; type: typeof Date; format: string } {
  const counted = number?.(row);
  if (typeof counted === "number") return { value: counted, type: Number };
  const at = Date.parse(day?.(row) ?? "");
  if (!Number.isNaN(at)) return { value: new Date(at), type: Date, format: "yyyy-mm-dd" };
  return { value: text(row), type: String };
}

export function download(content: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
