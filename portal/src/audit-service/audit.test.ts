import { describe, expect, it } from "vitest";
import { asked, shown } from "./audit";

describe("the audit trail", () => {
  it("is asked for whole days, the last one included", () => {
    const { from, to, ...others } = asked("from=2026-11-29&to=2026-11-30&by=planner&sort=at&subject=");
    expect(others).toEqual({ by: "planner" });
    expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(2 * 24 * 3_600_000);
    expect(new Date(from ?? "").getHours()).toBe(0);
    expect(asked("from=nonsense")).toEqual({});
  });

  it("shows values of any kind", () => {
    expect([null, "a", 1, true, ["a", "b"], { a: 1 }].map(shown)).toEqual(["–", "a", "1", "true", '["a","b"]', '{"a":1}']);
  });
});
