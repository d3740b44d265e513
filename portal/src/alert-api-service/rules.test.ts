import { expect, it } from "vitest";
import { listed, said } from "./rules";

it("takes texts between commas", () => {
  expect(listed(" work-orders, ,plants ")).toEqual(["work-orders", "plants"]);
  expect(listed("")).toEqual([]);
});

it("says a condition in words", () => {
  expect(said({ field: "integration", operator: "in", values: ["a", "b"] }, (_, name) => name)).toBe("integration operator.in a, b");
});
