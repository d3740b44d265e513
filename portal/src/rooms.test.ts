import { describe, expect, it } from "vitest";
import { leadsTo, routeOf } from "./rooms";

describe("a route", () => {
  it("is found by the path of its page", () => {
    expect(routeOf("/")?.index).toBe(true);
    expect(routeOf("/orders")?.path).toBe("orders");
    expect(routeOf("/orders/4000123")?.path).toBe("orders/:orderNumber");
    expect(routeOf("/alerts/preferences")?.path).toBe("alerts/preferences");
    expect(routeOf("/nowhere")).toBeUndefined();
  });

  it("with a star leads to all below it", () => {
    expect(leadsTo("rooms/*", "/rooms")).toBe(true);
    expect(leadsTo("rooms/*", "/rooms/one/two")).toBe(true);
    expect(leadsTo("rooms/*", "/roomy")).toBe(false);
  });

  it("without one leads to pages of its own depth only", () => {
    expect(leadsTo("orders/:orderNumber", "/orders")).toBe(false);
    expect(leadsTo("orders", "/orders/1")).toBe(false);
  });
});
