import { describe, expect, it } from "vitest";
import { zoneBy } from "./plantTime";

const held = (whose: string, zone: unknown, level = "plant") => [
  { key: "formats.time-zone", value: whose, level: "delivered" },
  { key: "formats.plant-time-zone", value: zone, level },
];

describe("the zone of a plant's times", () => {
  it("is the plant's where the reader works in plant time", () => {
    expect(zoneBy(held("plant", "Asia/Kolkata"))).toBe("Asia/Kolkata");
  });

  it("is the reader's own where they want that", () => {
    expect(zoneBy(held("user", "Asia/Kolkata"))).toBeUndefined();
  });

  it("is the reader's own where nobody has set the plant's", () => {
    expect(zoneBy(held("plant", "UTC", "delivered"))).toBeUndefined();
    expect(zoneBy(held("plant", "UTC", "global"))).toBe("UTC");
  });

  it("is the reader's own where the browser does not know the plant's zone, or there is none", () => {
    expect(zoneBy(held("plant", "Mars/Base"))).toBeUndefined();
    expect(zoneBy(held("plant", null))).toBeUndefined();
    expect(zoneBy([])).toBeUndefined();
  });
});
