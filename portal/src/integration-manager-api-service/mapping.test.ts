import { expect, it } from "vitest";
import { fault, mapping } from "./mapping";

it("lists fields, constants and what is left out", () => {
  const rows = mapping({
    keys: ["AUFNR"],
    fields: [{ from: "AUFNR", to: "orderNumber" }, { from: "GSTRP", to: "basicStart", convert: "date", optional: true }, { constant: "PM", to: "area" }],
    skip: ["OBJNR"],
  });
  expect(rows).toEqual([
    { from: "AUFNR", to: "orderNumber", how: "", key: true },
    { from: "GSTRP", to: "basicStart", how: "date, optional", key: false },
    { from: '"PM"', to: "area", how: "", key: false },
    { from: "OBJNR", to: "", how: "", key: false },
  ]);
});

it("says where a definition is no JSON", () => {
  expect(fault('{"name": "plants"}')).toBeUndefined();
  expect(fault('{"name": }')).toMatch(/JSON|token/i);
  expect(fault("[]")).toBe("{");
});
