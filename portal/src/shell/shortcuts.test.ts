import { describe, expect, it } from "vitest";
import { earlyKeys } from "./shortcuts";

describe("keys typed before the search has the focus", () => {
  it("are kept from its key on until it has it", () => {
    const keys = earlyKeys();
    expect(keys.takes("g")).toBe(false);
    keys.begin();
    for (const key of ["p", "u", "Shift", "n", "Backspace", "m", "p"]) expect(keys.takes(key)).toBe(true);
    expect(keys.typed()).toBe("pump");
    keys.end();
    expect(keys.takes("g")).toBe(false);
    expect(keys.typed()).toBe("");
  });
});
