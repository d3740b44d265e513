import { describe, expect, it } from "vitest";
import { nearest, path, scale, stepped, thinned, timeTicks, valueTicks } from "./plot";

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

describe("scale", () => {
  it("places values between two edges, also downwards", () => {
    expect(scale(0, 10, 100, 0)(2.5)).toBe(75);
  });

  it("places equal values in the middle", () => {
    expect(scale(7, 7, 0, 100)(7)).toBe(50);
  });
});

describe("ticks of values", () => {
  it("have round steps around the values", () => {
    expect(valueTicks(0.3, 7.1, 5)).toEqual([0, 2, 4, 6, 8]);
    expect(valueTicks(-12, 31, 4)).toEqual([-20, 0, 20, 40]);
  });

  it("carry no remainder of binary fractions", () => {
    expect(valueTicks(0.1, 0.35, 4)).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it("surround a single value", () => {
    const ticks = valueTicks(4, 4, 3);
    expect(ticks[0]).toBeLessThan(4);
    expect(ticks.at(-1)).toBeGreaterThan(4);
    expect(valueTicks(0, 0, 3).length).toBeGreaterThan(1);
  });
});

describe("ticks of time", () => {
  it("are first days of months over a year", () => {
    const { grain, ticks } = timeTicks(day("2025-12-10"), day("2026-11-30"), 7);
    expect(grain).toBe("month");
    expect(ticks.map((at) => new Date(at).toISOString().slice(0, 10))).toEqual(["2026-01-01", "2026-03-01", "2026-05-01", "2026-07-01", "2026-09-01", "2026-11-01"]);
  });

  it("are days over weeks and years over decades, and never more than there is room for", () => {
    expect(timeTicks(day("2026-11-01"), day("2026-11-20"), 12).grain).toBe("day");
    expect(timeTicks(day("1990-01-01"), day("2026-01-01"), 6).grain).toBe("year");
    for (const count of [2, 3, 5, 8, 12]) {
      for (const to of ["2026-01-02", "2026-02-20", "2026-12-31", "2031-05-05", "2090-01-01"]) {
        expect(timeTicks(day("2026-01-01"), day(to), count).ticks.length).toBeLessThanOrEqual(count + 1);
      }
    }
  });

  it("end where everything happened at once", () => {
    expect(timeTicks(day("2026-01-01"), day("2026-01-01"), 5).ticks).toEqual([day("2026-01-01")]);
  });
});

describe("thinning", () => {
  const many = Array.from({ length: 1_000 }, (_, index) => ({ at: index, value: index === 333 ? 99 : index % 7 }));

  it("keeps few points as they are", () => {
    expect(thinned(many.slice(0, 10), 10)).toEqual(many.slice(0, 10));
  });

  it("keeps the extremes and the order of many", () => {
    const kept = thinned(many, 50);
    expect(kept.length).toBeLessThanOrEqual(50);
    expect(kept).toContainEqual({ at: 333, value: 99 });
    expect(kept.map(({ at }) => at)).toEqual([...kept.map(({ at }) => at)].sort((one, other) => one - other));
  });
});

describe("moving", () => {
  const points = [{ at: 0, value: 1 }, { at: 10, value: 2 }, { at: 30, value: 3 }];

  it("finds the point next to the pointer", () => {
    expect(nearest(points, 19)).toBe(1);
    expect(nearest(points, 21)).toBe(2);
    expect(nearest([], 5)).toBe(-1);
  });

  it("stops at the first and the last point", () => {
    expect(stepped("ArrowLeft", 0, 3)).toBe(0);
    expect(stepped("ArrowRight", 2, 3)).toBe(2);
    expect(stepped("End", 0, 3)).toBe(2);
    expect(stepped("PageDown", 2, 3)).toBe(0);
    expect(stepped("a", 1, 3)).toBeUndefined();
  });
});

describe("the line", () => {
  it("is broken where a counter was replaced", () => {
    const same = (value: number) => value;
    expect(path([{ at: 0, value: 1 }, { at: 1, value: 2 }, { at: 2, value: 0, gap: true }], same, same)).toBe("M0.0 1.0L1.0 2.0M2.0 0.0");
  });
});
