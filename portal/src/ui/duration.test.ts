import { expect, it } from "vitest";
import { concerns } from "./Field";
import { iso, seconds, span, spoken } from "./duration";

it("reads durations as SAP's schedules and the alert rules write them", () => {
  expect(seconds("PT1S")).toBe(1);
  expect(seconds("PT0.5S")).toBe(0.5);
  expect(seconds("P1DT2H3M4S")).toBe(93_784);
  expect(seconds("PT720H")).toBe(2_592_000);
  expect(seconds("0 2 * * *")).toBeUndefined();
  expect(seconds("P")).toBeUndefined();
  expect(seconds("PT")).toBeUndefined();
});

it("shows a duration in the largest unit in which it is whole", () => {
  expect(span("PT90S")).toEqual({ count: 90, unit: "s" });
  expect(span("PT120S")).toEqual({ count: 2, unit: "m" });
  expect(span("PT24H")).toEqual({ count: 1, unit: "d" });
  expect(span("PT0S")).toEqual({ count: 0, unit: "m" });
});

it("writes what it read", () => {
  for (const text of ["PT90S", "PT10M", "PT5H", "P3D"]) expect(iso(span(text) ?? { count: 0, unit: "s" })).toBe(text);
});

it("finds the field that a finding is about, with its parts", () => {
  expect(concerns("conditions[0].field", "conditions")).toBe(true);
  expect(concerns("conditions/0/field", "conditions")).toBe(true);
  expect(concerns("grouping.window", "grouping")).toBe(true);
  expect(concerns("name", "names")).toBe(false);
});

it("is said in the words of a language", () => {
  expect(spoken("P30D", "en")).toBe("30 days");
  expect(spoken("PT1H30M", "de")).toBe("90 Minuten");
  expect(spoken("soon", "en")).toBe("soon");
});
