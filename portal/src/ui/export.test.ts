import { describe, expect, it } from "vitest";
import { csv, field, ROWS_MAX, rowsOf, spreadsheetCell } from "./export";

describe("export", () => {
  it("quotes what would break a line", () => {
    expect(field('a "b", c')).toBe('"a ""b"", c"');
    expect(field("two\nlines")).toBe('"two\nlines"');
  });

  it("takes the power from formulas, not from numbers", () => {
    expect(field("=1+1")).toBe("'=1+1");
    expect(field("@import")).toBe("'@import");
    expect(field("-12.5")).toBe("-12.5");
  });

  it("reads all pages, up to a limit", async () => {
    const page = { items: Array.from({ length: 1_000 }, (_, index) => index), next: "more", total: null };
    const { rows, complete } = await rowsOf(() => Promise.resolve(page), () => undefined);
    expect(rows).toHaveLength(ROWS_MAX);
    expect(complete).toBe(false);
  });

  it("writes a head and a line for each row, in UTF-8 with its mark", async () => {
    const columns = [{ id: "name", header: "Name", text: (row: { name: string }) => row.name }];
    const bytes = new Uint8Array(await csv(columns, [{ name: "पंप" }]).arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe("Name\r\nपंप\r\n");
  });
});

it("gives a spreadsheet numbers and days to count with, and keys as texts", () => {
  type Row = { key: string; hours: number | null; start: string | null };
  const row: Row = { key: "000012", hours: 2.5, start: "2026-11-30" };
  const column = { id: "x", header: "X" };
  expect(spreadsheetCell<Row>({ ...column, text: ({ key }) => key }, row)).toEqual({ value: "000012", type: String });
  expect(spreadsheetCell<Row>({ ...column, text: () => "2.5 H", number: ({ hours }) => hours }, row)).toEqual({ value: 2.5, type: Number });
  expect(spreadsheetCell<Row>({ ...column, text: () => "Nov 30", day: ({ start }) => start }, row)).toEqual({ value: new Date("2026-11-30"), type: Date, format: "yyyy-mm-dd" });
  expect(spreadsheetCell<Row>({ ...column, text: () => "", day: ({ start }) => start }, { ...row, start: null })).toEqual({ value: "", type: String });
});
