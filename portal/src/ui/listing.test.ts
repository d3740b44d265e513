import { describe, expect, it } from "vitest";
import { chosen } from "./listing";

type Row = { name: string; count: number; state: string };
const ROWS: Row[] = [
  { name: "Orders 10", count: 2, state: "on" },
  { name: "orders 9", count: 11, state: "off" },
  { name: "Parts", count: 3, state: "on" },
];
const choosing = { words: ({ name }: Row) => [name], sorts: { name: ({ name }: Row) => name, count: ({ count }: Row) => count }, filters: { state: ({ state }: Row) => state } };
const names = (query: string) => chosen(ROWS, query, choosing).items.map(({ name }) => name);

describe("a listing that comes as a whole", () => {
  it("is searched in any case, filtered and counted", () => {
    expect(names("text=ORDERS")).toEqual(["Orders 10", "orders 9"]);
    expect(names("text=orders&state=off")).toEqual(["orders 9"]);
    expect(names("text=9 ORDERS")).toEqual(["orders 9"]);
    expect(names("text=orders parts")).toEqual([]);
    expect(names("state=on,off")).toHaveLength(3);
    expect(chosen(ROWS, "state=on", choosing).total).toBe(2);
  });

  it("is sorted both ways, digits by their value", () => {
    expect(names("sort=name")).toEqual(["orders 9", "Orders 10", "Parts"]);
    expect(names("sort=-count")).toEqual(["orders 9", "Parts", "Orders 10"]);
    expect(names("sort=unknown")).toEqual(["Orders 10", "orders 9", "Parts"]);
  });
});
