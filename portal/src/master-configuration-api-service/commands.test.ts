import { describe, expect, it } from "vitest";
import { Problem } from "../api/problem";
import { readingBody } from "./commands";
import type { MeasuringPoint } from "./reads";

const measured = { measuringPoint: "000000000012", counter: false, counterOverflow: null, lastReading: { reading: 5, counterReading: null, readingDate: "2026-03-02" } } as MeasuringPoint;
const counter = { ...measured, counter: true, lastReading: { reading: 900, counterReading: 900, readingDate: "2026-03-02" } } as MeasuringPoint;
const tooLow = (last: number) => `below ${String(last)}`;
const entered = { reading: "3", readingDate: "2026-03-05", readingTime: "", text: " ", counterExchanged: false };

describe("a reading", () => {
  it("is sent with what was entered", () => {
    expect(readingBody(measured, { ...entered, readingTime: "06:30" }, tooLow)).toEqual({ measuringPoint: "000000000012", reading: 3, readingDate: "2026-03-05", readingTime: "06:30", text: null });
  });

  it("of a counter does not go down", () => {
    expect(() => readingBody(counter, entered, tooLow)).toThrow(Problem);
    try {
      readingBody(counter, entered, tooLow);
    } catch (failure) {
      expect((failure as Problem).findings).toEqual([{ parameter: "/reading", reason: "below 900" }]);
    }
    expect(readingBody(counter, { ...entered, reading: "900" }, tooLow).reading).toBe(900);
  });

  it("of a counter goes down where it was exchanged, may have run over, or was read before", () => {
    expect(readingBody(counter, { ...entered, counterExchanged: true }, tooLow)).toMatchObject({ reading: 3, counterExchanged: true });
    expect(readingBody({ ...counter, counterOverflow: 1_000 }, entered, tooLow).reading).toBe(3);
    expect(readingBody(counter, { ...entered, readingDate: "2026-03-01" }, tooLow).reading).toBe(3);
  });

  it("may be a code alone", () => {
    expect(readingBody(measured, { ...entered, reading: "", valuationCode: "GOOD" }, tooLow)).toMatchObject({ reading: null, valuationCode: "GOOD" });
  });
});
