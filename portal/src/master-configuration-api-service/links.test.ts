import { describe, expect, it } from "vitest";
import { equipmentPage, listOf, placePage } from "./links";

describe("addresses", () => {
  it("drop the zeros before a number", () => {
    expect(equipmentPage("000000000010000001")).toBe("/equipment/10000001");
  });

  it("keep a place's label as it is, whatever it contains", () => {
    expect(placePage("0010-A/B #1")).toBe("/functional-locations/0010-A%2FB%20%231");
  });

  it("carry a filter into a list", () => {
    expect(listOf("orders", { functionalLocation: "A&B" })).toBe("/orders?functionalLocation=A%26B");
  });
});
