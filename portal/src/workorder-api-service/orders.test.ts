import { describe, expect, it } from "vitest";
import { formats } from "../words/format";
import { groupsOf } from "./groups";
import { distinct } from "./masterData";
import { codeText } from "./notifications";
import { coverage, isOverdue, type OrderComponent } from "./orders";
import { dayTime } from "./times";

const stock = { unrestrictedStock: 3, qualityInspectionStock: 0, blockedStock: 0, baseUnit: "PC", storageBin: null, changedAt: null };
const component = { requiredQuantity: 5, withdrawnQuantity: 1, unit: "PC", finalIssue: false, deletionFlag: false, stock } as OrderComponent;

describe("the coverage of a component", () => {
  it("says how much is missing of what is still needed", () => {
    expect(coverage(component)).toEqual({ kind: "short", quantity: 1 });
    expect(coverage({ ...component, withdrawnQuantity: 2 })).toEqual({ kind: "covered", quantity: 3 });
  });

  it("asks for nothing where all was withdrawn, issued finally or deleted", () => {
    for (const change of [{ withdrawnQuantity: 5 }, { withdrawnQuantity: 6 }, { finalIssue: true }, { deletionFlag: true }]) expect(coverage({ ...component, ...change }).kind).toBe("done");
  });

  it("does not guess without a stock or across units", () => {
    expect(coverage({ ...component, stock: null }).kind).toBe("unknown");
    expect(coverage({ ...component, unit: "KG" }).kind).toBe("unknown");
  });
});

describe("an order", () => {
  it("is overdue once its last day is over, unless it is confirmed", () => {
    expect(isOverdue({ basicFinish: "2026-11-29", lifecycleStatus: "REL" }, "2026-11-30")).toBe(true);
    expect(isOverdue({ basicFinish: "2026-11-30", lifecycleStatus: "REL" }, "2026-11-30")).toBe(false);
    expect(isOverdue({ basicFinish: "2026-11-29", lifecycleStatus: "CNF" }, "2026-11-30")).toBe(false);
    expect(isOverdue({ basicFinish: null, lifecycleStatus: "REL" }, "2026-11-30")).toBe(false);
  });
});

describe("groups", () => {
  it("stand in the order of work, those without a value last", () => {
    expect(groupsOf({ "": 1, REL: 2, XXXX: 3, CRTD: 4 }, ["CRTD", "REL"]).map(({ value }) => value)).toEqual(["CRTD", "REL", "XXXX", ""]);
    expect(groupsOf({ "2": 1, "": 5, "1": 1 }).map(({ value }) => value)).toEqual(["1", "2", ""]);
  });
});

describe("choices", () => {
  it("name a value once, with all its texts", () => {
    const mechanics = { value: "MECH", text: "MECH Mechanics" };
    expect(distinct([mechanics, { value: "ELEC", text: "ELEC" }, mechanics, { value: "MECH", text: "MECH Mechanik" }, { value: "", text: "" }])).toEqual([
      { value: "ELEC", text: "ELEC" },
      { value: "MECH", text: "MECH Mechanics / MECH Mechanik" },
    ]);
  });
});

describe("texts", () => {
  it("show a code that has no description with its group", () => {
    expect(codeText("Leakage", "DM-MEC", "LEAK")).toBe("Leakage");
    expect(codeText(null, "DM-MEC", "LEAK")).toBe("DM-MEC LEAK");
    expect(codeText(null, null, null)).toBe("");
  });

  it("show a day of SAP with its time to the minute", () => {
    const format = formats("en", "Asia/Tokyo");
    expect(dayTime(format, "2026-10-29", "20:36:00")).toBe("Oct 29, 2026, 20:36");
    expect(dayTime(format, "2026-10-29", null)).toBe("Oct 29, 2026");
    expect(dayTime(format, null, "20:36:00")).toBe("");
  });
});
