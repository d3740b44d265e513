import { describe, expect, it } from "vitest";
import { hasKey, withEntry, withoutEntry } from "./maps";

const ENTRIES = [{ key: " User", value: "a" }, { key: "Password", value: null }];

describe("the entries of a map", () => {
  it("are found letter for letter, blanks included", () => {
    expect(hasKey(ENTRIES, "Password")).toBe(true);
    expect(hasKey(ENTRIES, "User")).toBe(false);
    expect(hasKey(ENTRIES, "password")).toBe(false);
  });

  it("are replaced and taken away under the key that they have", () => {
    expect(withEntry(ENTRIES, " User", "b")).toEqual([{ key: "Password", value: null }, { key: " User", value: "b" }]);
    expect(withoutEntry(ENTRIES, " User")).toEqual([{ key: "Password", value: null }]);
  });
});
