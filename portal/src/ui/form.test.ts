import { describe, expect, it } from "vitest";
import { check, faulty, land, merged, type Field } from "./form";

const fields: Field[] = [
  { kind: "text", name: "id", label: "Id", required: true, pattern: /^[a-z]+$/, hint: "Small letters" },
  { kind: "text", name: "name.en", label: "Name", lengthMax: 5 },
  { kind: "many", name: "roles", label: "Roles", choices: [] },
  { kind: "number", name: "count", label: "Count", min: 1, max: 10 },
];

describe("a form", () => {
  it("asks for what is required and refuses what cannot be right", () => {
    expect(check(fields, { id: " ", "name.en": "longer", count: "11" })).toEqual({
      id: { key: "form.required" },
      "name.en": { key: "form.tooLong", values: { max: 5 } },
      count: { key: "form.tooHigh", values: { max: 10 } },
    });
    expect(check(fields, { id: "A", count: "x" })).toEqual({ id: { text: "Small letters" }, count: { key: "form.notANumber" } });
    expect(check(fields, { id: "a", roles: [], count: "" })).toEqual({});
  });

  it("lands the server's findings at their fields, however they are named", () => {
    const { faults, left } = land(fields, [
      { parameter: "/roles/0", reason: "is no role" },
      { parameter: "body.id", reason: "is taken" },
      { parameter: "/name/en", reason: "is too long" },
      { parameter: "/other", reason: "is wrong" },
      { parameter: "", reason: "has no name" },
    ]);
    expect(faults).toEqual({ roles: { text: "is no role" }, id: { text: "is taken" }, "name.en": { text: "is too long" } });
    expect(left.map(({ parameter }) => parameter)).toEqual(["/other", ""]);
  });

  it("keeps what was changed here and takes what others changed", () => {
    expect(merged({ id: "a", count: "1" }, { id: "b", count: "1" }, { id: "c", count: "2" })).toEqual({ id: "b", count: "2" });
  });

  it("refuses at a field what would overwrite something", () => {
    const fields: Field[] = [{ kind: "text", name: "path", label: "Path" }];
    expect(land(fields, faulty("path", "There is one.").findings)).toEqual({ faults: { path: { text: "There is one." } }, left: [] });
  });
});
