import { describe, expect, it } from "vitest";
import { acts, COMMANDS, objectKey, objectOf, objectPage, outboxParameters } from "./outbox";
import { changesOf, enteredFields, formField, formValues, kindOf, moreFields } from "./values";

describe("an item's object", () => {
  it("has the number that SAP gives it, with its zeros", () => {
    expect(objectKey("WorkOrders", "4000012")).toBe("WorkOrders/000004000012");
    expect(objectKey("Equipment", "10000001")).toBe("Equipment/000000000010000001");
    expect(objectKey("WorkOrders", "0f8fad5b-d9cb-469f-a165-70867728950e")).toBe("WorkOrders/0f8fad5b-d9cb-469f-a165-70867728950e");
  });

  it("is called what people call it", () => {
    expect(objectOf("WorkOrders/000004000012")).toBe("work-order");
    expect(objectOf("Parcels/1")).toBe("Parcels");
  });

  it("has a page, unless it never will be", () => {
    const item = { object: "WorkOrders/000004000012", number: "000004000012", state: "failed", id: "a" } as const;
    expect(objectPage(item)).toBe("/orders/4000012");
    expect(objectPage({ ...item, object: "WorkOrders/a", number: "a" })).toBe("/orders/a");
    expect(objectPage({ ...item, object: "WorkOrders/a", number: "a", state: "discarded" })).toBeUndefined();
    expect(objectPage({ ...item, object: "TimeSheets/000000000012", number: "000000000012" })).toBeUndefined();
  });
});

describe("the address of the list", () => {
  it("names states, command and user as the route does", () => {
    expect(outboxParameters("state=failed,held&command=create-order&by=hector&sort=x")).toEqual({ state: ["failed", "held"], command: "create-order", by: "hector" });
  });

  it("names an object by its number", () => {
    expect(outboxParameters("order=4000012")).toEqual({ object: "WorkOrders/000004000012" });
    expect(outboxParameters("measuringPoint=12")).toEqual({ object: "MeasuringPoints/000000000012" });
  });

  it("can ask for each command once", () => {
    expect(new Set(COMMANDS).size).toBe(COMMANDS.length);
  });
});

describe("what can be done", () => {
  const item = { number: "000004000012", references: {} };

  it("is everything about what SAP refused", () => {
    expect(acts({ ...item, state: "failed", attempts: 1 }, undefined)).toEqual(["edit", "retry", "discard"]);
  });

  it("waits for the decision about what holds an item", () => {
    const held = { ...item, state: "held", attempts: 0 } as const;
    expect(acts(held, { state: "failed", id: "a" })).toEqual(["discard"]);
    expect(acts(held, { state: "held", id: "a" })).toEqual(["discard"]);
    expect(acts(held, { state: "discarded", id: "a" })).toContain("retry");
  });

  it("is to give up what is about an object that never will be", () => {
    const held = { ...item, state: "held", attempts: 0 } as const;
    expect(acts({ ...held, number: "a" }, { state: "discarded", id: "a" })).toEqual(["discard"]);
    expect(acts({ ...held, references: { orderNumber: "a" } }, { state: "discarded", id: "a" })).toEqual(["discard"]);
  });

  it("is nothing about what SAP has or may have", () => {
    expect(acts({ ...item, state: "queued", attempts: 0 }, undefined)).toEqual(["discard"]);
    expect(acts({ ...item, state: "queued", attempts: 1 }, undefined)).toEqual([]);
    for (const state of ["sending", "posted", "discarded"] as const) expect(acts({ ...item, state, attempts: 1 }, undefined)).toEqual([]);
  });
});

describe("the form of an item's values", () => {
  const item = { command: "create-order" as const, values: { description: "Pump leaks", priority: "1", operations: [{ description: "Clean" }] }, correctable: null };

  it("has what was entered, and offers what was not; lists stay", () => {
    expect(enteredFields(item)).toEqual(["description", "priority"]);
    expect(moreFields(item)).toContain("workCenter");
    expect(moreFields(item)).not.toContain("priority");
  });

  it("has for who entered it only the fields that may be corrected", () => {
    const own = { ...item, correctable: ["description", "basicStart"] };
    expect(enteredFields(own)).toEqual(["description"]);
    expect(moreFields(own)).toEqual(["basicStart"]);
    expect([enteredFields({ ...item, correctable: [] }), moreFields({ ...item, correctable: [] })]).toEqual([[], []]);
  });

  it("knows what a field holds by its name", () => {
    expect(["reading", "readingDate", "startTime", "malfunctionStart", "counterExchanged", "priority", "costCenter"].map(kindOf)).toEqual(["number", "date", "time", "date", "switch", "text", "text"]);
    expect(formField("hours", "Hours")).toEqual({ kind: "number", name: "hours", label: "Hours", step: "any" });
  });

  it("sends only what was changed, null for what was cleared", () => {
    const before = { values: { hours: 2.5, startTime: "08:00:00", text: "cleaned", breakdown: true } };
    const held = formValues(Object.keys(before.values), before);
    expect(held).toEqual({ hours: "2.5", startTime: "08:00", text: "cleaned", breakdown: true });
    expect(changesOf(before, held)).toEqual({});
    expect(changesOf(before, { ...held, hours: "3", text: " ", breakdown: false, workDate: "2026-03-02" })).toEqual({ hours: 3, text: null, breakdown: false, workDate: "2026-03-02" });
  });
});
