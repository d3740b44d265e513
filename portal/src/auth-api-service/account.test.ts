import { describe, expect, it } from "vitest";
import { repeats } from "./account";

describe("the own account", () => {
  it("takes a new password only as it was entered twice", () => {
    expect(repeats({ password: "four random words ", repeated: "four random words" })).toBe(false);
    expect(repeats({ password: "four random words", repeated: "four random words" })).toBe(true);
  });
});
