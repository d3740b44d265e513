import { beforeEach, describe, expect, it } from "vitest";
import { clockOf, elapsed, inUnit, keep, kept, momentIn, paused, started } from "./timer";

const MINUTE = 60_000;

describe("a timer", () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it("counts only while it runs", () => {
    const first = started(undefined, 0);
    const pause = paused(first, 30 * MINUTE);
    expect(elapsed(pause, 90 * MINUTE)).toBe(30 * MINUTE);
    const again = started(pause, 90 * MINUTE);
    expect(elapsed(again, 105 * MINUTE)).toBe(45 * MINUTE);
    expect(again.firstAt).toBe(0);
    expect(started(again, 200 * MINUTE)).toBe(again);
  });

  it("loses nothing when the clock is set back", () => {
    expect(elapsed({ firstAt: 0, countedMs: MINUTE, runsSince: 10 * MINUTE }, 0)).toBe(MINUTE);
  });

  it("is still there after the page was loaded anew, for its user and operation", () => {
    keep("anna", "4000012/0010", started(undefined, 5));
    expect(kept("anna", "4000012/0010")).toEqual({ firstAt: 5, countedMs: 0, runsSince: 5 });
    expect(kept("anna", "4000012/0020")).toBeUndefined();
    keep("anna", "4000012/0010", undefined);
    expect(kept("anna", "4000012/0010")).toBeUndefined();
  });

  it("shows hours or minutes, as SAP counts them", () => {
    expect(inUnit(75 * MINUTE, "H")).toBe("1.3");
    expect(inUnit(1_000, "H")).toBe("0.1");
    expect(inUnit(75 * MINUTE, "MIN")).toBe("75");
    expect(clockOf(3_909_000)).toBe("1:05:09");
  });

  it("starts at a day and time of the plant", () => {
    expect(momentIn(Date.UTC(2026, 10, 30, 23, 5), "Europe/Berlin")).toEqual({ day: "2026-12-01", time: "00:05" });
  });
});
