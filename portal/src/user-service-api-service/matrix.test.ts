import { describe, expect, it } from "vitest";
import { matching, moved } from "./matrix";

describe("the matrix of roles", () => {
  it("finds permissions by all words, in id, title and description", () => {
    const permission = (id: string, en: string, planned = false) => ({ id, title: { en }, description: { en: "" }, planned });
    const groups = [
      { group: "work", permissions: [permission("orders.read", "See orders"), permission("orders.edit", "Change orders"), permission("orders.plan", "Plan orders", true)] },
      { group: "administration", permissions: [permission("users.read", "See users")] },
    ];
    expect(matching(groups, "see ORDERS", "de").map(({ group, permissions }) => [group, permissions.map(({ id }) => id)])).toEqual([["work", ["orders.read"]]]);
    expect(matching(groups, "", "en").flatMap(({ permissions }) => permissions.map(({ id }) => id))).toEqual(["orders.read", "orders.edit", "users.read"]);
  });

  it("is walked by arrow keys up to its edges", () => {
    expect(moved("ArrowDown", 0, 1, 3, 2)).toEqual({ row: 1, column: 1 });
    expect(moved("ArrowRight", 0, 1, 3, 2)).toBeUndefined();
    expect(moved("PageDown", 0, 1, 3, 2)).toEqual({ row: 2, column: 1 });
    expect(moved("x", 0, 1, 3, 2)).toBeUndefined();
  });
});
