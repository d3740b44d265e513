import { describe, expect, it } from "vitest";
import { mustSetUpFactor } from "./factor";

describe("a second factor", () => {
  it("comes first for whom a role allows nothing else", () => {
    expect(mustSetUpFactor({ roles: ["administrator"], permissions: ["account.self"] })).toBe(true);
    expect(mustSetUpFactor({ roles: ["planner"], permissions: ["account.self", "work-orders.read"] })).toBe(false);
    expect(mustSetUpFactor({ roles: [], permissions: ["account.self"] })).toBe(false);
  });
});
