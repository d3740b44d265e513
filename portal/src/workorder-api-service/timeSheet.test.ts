import { describe, expect, it } from "vitest";
import { changeable, changeBody, counts, daysOf, draftOf, hoursOfDay, isComplete, lineName, linesOf, mayRecord, mondayOf, newBody, newDraft, sumOf, weekNumber, type Hours } from "./timeSheet";

const hours = (more: Partial<Hours>): Hours =>
  ({ record: "000000000012", personnelNumber: "00000007", workDate: "2026-03-02", hours: 4, startTime: null, endTime: null, orderNumber: "000004000012", orderDescription: "Pump", operation: "0010", activityType: null, attendanceType: null, text: null, processingStatus: "20", pending: [], ...more });

const pending = (command: string, state: string) => [{ id: "a", command, state, message: null, values: {}, changes: [] }] as unknown as Hours["pending"];

describe("a week", () => {
  it("is that of the day in the address, else the present one", () => {
    expect(mondayOf("2026-03-05", "2026-01-01")).toBe("2026-03-02");
    expect(mondayOf(null, "2026-03-01")).toBe("2026-02-23");
    expect(mondayOf("soon", "2026-03-01")).toBe("2026-02-23");
    expect(daysOf("2026-03-02").at(-1)).toBe("2026-03-08");
  });

  it("has its number by ISO 8601", () => {
    expect([weekNumber("2026-03-02"), weekNumber("2025-12-29"), weekNumber("2026-12-28"), weekNumber("2027-01-04")]).toEqual([10, 1, 53, 1]);
  });
});

describe("hours of a person", () => {
  const may = (...held: string[]) => (permission: string) => held.includes(permission);

  it("are recorded by that person, and by others with a permission of its own", () => {
    expect(mayRecord("7", "00000007", may("time-sheets.record"))).toBe(true);
    expect(mayRecord("8", "00000007", may("time-sheets.record"))).toBe(false);
    expect(mayRecord("8", null, may("time-sheets.record"))).toBe(false);
    expect(mayRecord("8", "00000007", may("time-sheets.record", "work-orders.confirm-others"))).toBe(true);
    expect(mayRecord("7", "00000007", may("work-orders.confirm-others"))).toBe(false);
  });
});

describe("the lines of a week", () => {
  const all = [hours({}), hours({ record: "2", workDate: "2026-03-03", hours: 2.5 }), hours({ record: "3", orderNumber: null, operation: null, attendanceType: "0800", hours: 8 }), hours({ record: "4", processingStatus: "60", hours: 1 })];

  it("are operations of orders, then absences, with their sums", () => {
    expect(linesOf(all).map(({ first, sum }) => [lineName(first, "new"), sum])).toEqual([["4000012 / 0010", 6.5], ["0800", 8]]);
    expect(sumOf(hoursOfDay(all, "2026-03-02"))).toBe(12);
  });

  it("show what is about to be cancelled, without counting it", () => {
    const cancelled = hours({ processingStatus: "60", pending: pending("cancel-time-sheet", "queued") });
    expect(linesOf([cancelled])).toHaveLength(1);
    expect(sumOf([cancelled])).toBe(0);
  });

  it("count what is on its way, and not what SAP refused", () => {
    expect(counts(hours({ pending: pending("create-time-sheet", "queued") }))).toBe(true);
    expect(counts(hours({ pending: pending("create-time-sheet", "failed") }))).toBe(false);
    expect(counts(hours({ pending: pending("change-time-sheet", "failed") }))).toBe(true);
  });

  it("call an order that has no number yet so", () => {
    expect(lineName({ orderNumber: "0f8fad5b-d9cb-469f-a165-70867728950e", operation: null, attendanceType: null }, "new")).toBe("new");
  });
});

describe("the form of hours", () => {
  it("needs a time and what it was for", () => {
    const draft = newDraft("2026-03-02", undefined);
    expect(isComplete(draft)).toBe(false);
    expect(isComplete({ ...draft, hours: "2", orderNumber: "4000012" })).toBe(true);
    expect(isComplete({ ...draft, startTime: "08:00", endTime: "09:00", attendanceType: "0800" })).toBe(true);
    expect(isComplete({ ...draft, startTime: "08:00", orderNumber: "4000012" })).toBe(false);
  });

  it("sends numbers, and null for what is empty", () => {
    expect(newBody("7", { ...newDraft("2026-03-02", hours({})), hours: "2,5" })).toEqual({ personnelNumber: "7", workDate: "2026-03-02", hours: 2.5, startTime: null, endTime: null, orderNumber: "4000012", operation: "0010", attendanceType: null, text: null });
  });

  it("changes only what differs, and says what was seen", () => {
    const seen = hours({ text: "greased" });
    expect(changeBody(seen, { ...draftOf(seen), hours: "3", text: "" })).toEqual({ hours: 3, text: null, base: { hours: 4, text: "greased" } });
  });

  it("is for records that SAP has and that nothing is on its way for", () => {
    expect(changeable(hours({}))).toBe(true);
    expect(changeable(hours({ record: "0f8fad5b-d9cb-469f-a165-70867728950e" }))).toBe(false);
    expect(changeable(hours({ pending: pending("change-time-sheet", "queued") }))).toBe(false);
    expect(changeable(hours({ processingStatus: "60" }))).toBe(false);
  });
});
