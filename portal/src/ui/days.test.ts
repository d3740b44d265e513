import { describe, expect, it } from "vitest";
import { daysBetween, plusDays, today, weekOf } from "./days";

describe("days", () => {
  it("know which day it is in a zone", () => {
    const lateInLondon = new Date("2026-11-30T23:30:00Z");
    expect(today("Europe/London", lateInLondon)).toBe("2026-11-30");
    expect(today("Europe/Berlin", lateInLondon)).toBe("2026-12-01");
    expect(today("America/New_York", lateInLondon)).toBe("2026-11-30");
  });

  it("go over the ends of months and years", () => {
    expect(plusDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(plusDays("2028-03-01", -1)).toBe("2028-02-29");
    expect(daysBetween("2026-02-27", "2026-03-02")).toBe(3);
    expect(daysBetween("2026-03-02", "2026-02-27")).toBe(-3);
  });

  it("count whole days where clocks are changed", () => {
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
    expect(plusDays("2026-03-28", 2)).toBe("2026-03-30");
  });

  it("put weeks from Monday to Sunday", () => {
    for (const day of ["2026-11-30", "2026-12-02", "2026-12-06"]) expect(weekOf(day)).toEqual({ from: "2026-11-30", to: "2026-12-06" });
    expect(weekOf("2026-11-29")).toEqual({ from: "2026-11-23", to: "2026-11-29" });
  });
});
