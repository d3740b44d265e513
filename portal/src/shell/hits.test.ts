import { expect, it } from "vitest";
import { meant, type Hit } from "./hits";

const hit = (key: string, type: Hit["type"] = "order"): Hit => ({ type, key, description: null, plant: null, status: null });

it("opens without a choice only what was clearly meant", () => {
  const hits = [hit("000004000001"), hit("000004000012")];
  expect(meant(hits, "4000001")?.key).toBe("000004000001");
  expect(meant(hits, "pump")).toBeUndefined();
  expect(meant(hits.slice(1), "pump")?.key).toBe("000004000012");
  expect(meant([], "pump")).toBeUndefined();
});

it("does not guess between two objects of one number", () => {
  expect(meant([hit("1000"), hit("1000", "material")], "1000")).toBeUndefined();
});
