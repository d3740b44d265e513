import { describe, expect, it } from "vitest";
import { changes } from "./again";

describe("what is read again after a change", () => {
  it("is every list that shows products or applications", () => {
    for (const key of [["list", "gateway-applications", ""], ["list", "gateway-products", "text=a"], ["gateway-hub", "products"], ["gateway-applications"]]) {
      expect(changes(key, "changed")).toBe(true);
      expect(changes(key, "gone")).toBe(true);
    }
    expect(changes(["list", "api-proxies", ""], "changed")).toBe(false);
  });

  it("is the object itself only while there is one", () => {
    expect(changes(["gateway-product", "orders"], "changed")).toBe(true);
    expect(changes(["gateway-product", "orders"], "gone")).toBe(false);
  });
});
