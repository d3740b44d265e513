import { describe, expect, it } from "vitest";
import { attributesOf, inputOf, pathsOf, valuesOf, type Product } from "./products";

const PRODUCT: Product = {
  name: "p",
  title: "P",
  description: "",
  proxies: ["A proxy", "B"],
  paths: { "A proxy": ["/orders", "/items/"] },
  scopes: ["read", "write"],
  published: true,
  quota: { limit: 100, interval: 2, timeUnit: "hour" },
  attributes: { approval: "manual", team: "a=b" },
};

describe("the form of a product", () => {
  it("sends what it showed", () => {
    expect({ ...inputOf(valuesOf(PRODUCT)), name: PRODUCT.name, published: true }).toEqual(PRODUCT);
  });

  it("keeps an approval that it does not know as an attribute", () => {
    const values = valuesOf({ ...PRODUCT, attributes: { approval: "by mail" } });
    expect(values["approval"]).toBe(false);
    expect(inputOf(values).attributes).toEqual({ approval: "by mail" });
  });

  it("has no quota without a limit", () => {
    expect(inputOf({ ...valuesOf(PRODUCT), limit: "" }).quota).toBeNull();
  });

  it("reads paths and attributes line by line", () => {
    expect(pathsOf("A proxy /orders\nB /\n\nA proxy /x")).toEqual({ "A proxy": ["/orders", "/x"], B: ["/"] });
    expect(attributesOf("a = 1\nb=2=3\nc")).toEqual({ a: "1", b: "2=3", c: "" });
  });
});
