import { describe, expect, it } from "vitest";
import { formats } from "../words/format";
import type { Words } from "../words/words";
import { limitsText, outside } from "../ui/limits";
import { firstDay, instantOf, levels, plotted, rangeOf, valueOf } from "./readings";
import type { MeasuringPoint, Reading } from "./reads";

const words = { t: (key: string) => key, format: formats("en", undefined) } as unknown as Words;
const point = { counter: false, unit: "MM/S", lowerLimit: 0, upperLimit: 7.1, targetValue: 2.8 } as MeasuringPoint;
const read = (readingDate: string | null, reading: number | null, more: Partial<Reading> = {}) => ({ readingDate, readingTime: "06:30:00", reading, counterReading: null, counterExchanged: false, ...more }) as Reading;

describe("a range", () => {
  it("is a year unless the address names another", () => {
    expect([null, "30d", "all", "nonsense"].map(rangeOf)).toEqual(["12m", "30d", "all", "12m"]);
  });

  it("begins on a day of the past, also at the end of February", () => {
    expect(firstDay("30d", new Date("2026-03-15T22:00:00Z"))).toBe("2026-02-13");
    expect(firstDay("12m", new Date("2028-02-29T00:00:00Z"))).toBe("2027-03-01");
    expect(firstDay("all", new Date("2026-03-15T22:00:00Z"))).toBeUndefined();
  });
});

describe("limits", () => {
  it("belong to what is allowed", () => {
    expect([0, 7.1, -0.1, 7.2, null].map((value) => outside(value, point))).toEqual([false, false, true, true, false]);
  });

  it("that are missing forbid nothing", () => {
    expect(outside(1e9, { lowerLimit: null, upperLimit: null })).toBe(false);
    expect(outside(-1, { lowerLimit: 0, upperLimit: null })).toBe(true);
  });

  it("are written with one side open where one is missing", () => {
    expect(limitsText(point, words)).toBe("0 – 7.1 MM/S");
    expect(limitsText({ lowerLimit: null, upperLimit: 9, unit: "BAR" }, words)).toBe("≤ 9 BAR");
    expect(limitsText({ lowerLimit: 1, upperLimit: null, unit: null }, words)).toBe("≥ 1");
    expect(limitsText({ lowerLimit: null, upperLimit: null, unit: "BAR" }, words)).toBe("");
  });

  it("are lines of the plot, as is the target", () => {
    expect(levels(point, words).map(({ value, kind }) => [value, kind])).toEqual([[0, "limit"], [7.1, "limit"], [2.8, "target"]]);
  });
});

describe("readings", () => {
  it("show the state of a counter and the value of a measurement", () => {
    expect(valueOf(read("2026-01-01", 5, { counterReading: 900 }), true)).toBe(900);
    expect(valueOf(read("2026-01-01", 5, { counterReading: 900 }), false)).toBe(5);
    expect(valueOf(read("2026-01-01", 5), true)).toBe(5);
  });

  it("have no instant without a day", () => {
    expect(instantOf(read(null, 1))).toBeUndefined();
    expect(instantOf({ readingDate: "2026-01-01", readingTime: null })).toBe(Date.UTC(2026, 0, 1));
  });

  it("are plotted in order of time, those beyond a limit marked, those without a value left out", () => {
    const shown = plotted(point, [read("2026-02-01", 8), read("2026-01-01", 3), read("2026-01-15", null)], words);
    expect(shown.map(({ value, outside: beyond }) => [value, beyond])).toEqual([[3, false], [8, true]]);
    expect(shown[1]?.text).toBe("Feb 1, 2026 · 06:30 · 8 MM/S · measuring.outside");
  });

  it("break the line where a counter was replaced", () => {
    const shown = plotted({ ...point, counter: true }, [read("2026-01-01", 900), read("2026-02-01", 3, { counterExchanged: true })], words);
    expect(shown.map(({ gap }) => gap)).toEqual([false, true]);
  });
});
