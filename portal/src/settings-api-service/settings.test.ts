import { describe, expect, it } from "vitest";
import { Problem } from "../api/problem";
import { entered, fieldOf, shown, valueOf, type Setting } from "./settings";

const setting = (type: string, more: Partial<Setting> = {}): Setting => ({
  key: "lists.x", group: "lists", type, title: {}, description: {}, unit: null, min: null, max: null, pattern: null, options: null, allowed: null, levels: ["global"], value: 1, level: "delivered", subject: "", ...more,
});

describe("a setting", () => {
  it("is entered in a field of its type and sent as that type", () => {
    expect(valueOf(setting("integer"), { value: "12" })).toBe(12);
    expect(valueOf(setting("boolean"), { value: true })).toBe(true);
    expect(valueOf(setting("set"), { value: "a\n b \n\n" })).toEqual(["a", "b"]);
    expect(valueOf(setting("set", { allowed: ["a"] }), { value: ["a"] })).toEqual(["a"]);
    expect(valueOf(setting("list-layout"), { value: '{"object": "stock"}' })).toEqual({ object: "stock" });
    expect(valueOf(setting("time-zone"), { value: "Asia/Kolkata" })).toBe("Asia/Kolkata");
    expect(fieldOf(setting("integer", { min: 1, unit: "px" }), "Value", "en", () => undefined)).toMatchObject({ kind: "number", min: 1, label: "Value (px)" });
  });

  it("finds fault with what is no JSON, at the field", () => {
    const attempt = () => valueOf(setting("list-layout"), { value: "{" });
    expect(attempt).toThrow(Problem);
  });

  it("stands in its field as it was sent", () => {
    expect(entered(setting("set"), ["a", "b"])).toBe("a\nb");
    expect(entered(setting("time-zone"), "Asia/Kolkata")).toBe("Asia/Kolkata");
    expect(entered(setting("duration"), "PT5M")).toBe("PT5M");
  });

  it("is shown in the words of its options", () => {
    const choice = setting("choice", { options: [{ key: "never", label: { en: "Never", de: "Nie" } }] as never });
    expect(shown(choice, "never", "de", "Ja", "Nein")).toBe("Nie");
    expect(shown(setting("boolean"), false, "de", "Ja", "Nein")).toBe("Nein");
    expect(shown(setting("integer", { unit: "px" }), 5, "de", "Ja", "Nein")).toBe("5 px");
  });
});
