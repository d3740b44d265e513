import { describe, expect, it } from "vitest";
import { allowsDecision, allowsResults, decisionBody, isGood, lotParameters, openResults, resultBody, verdict, type Characteristic } from "./inspections";

const measured: Characteristic = {
  operation: "00000001",
  characteristic: "0010",
  description: "Pressure",
  masterCharacteristic: null,
  quantitative: true,
  targetValue: 4,
  lowerLimit: 2,
  upperLimit: 6,
  unit: "BAR",
  decimalPlaces: 1,
  codeGroup: null,
  result: null,
  resultCodeGroup: null,
  resultCode: null,
  resultCodeDescription: null,
  valuation: null,
  remark: null,
  inspector: null,
  changedOn: null,
  changedAt: null,
  pending: [],
};
const valued: Characteristic = { ...measured, characteristic: "0020", quantitative: false, lowerLimit: null, upperLimit: null, codeGroup: "IC-VIS" };

describe("a measured value", () => {
  it("is within its limits or outside; the limits themselves belong to them", () => {
    expect(["2", "6", "1.99", "6.01", "4"].map((text) => verdict(text, measured))).toEqual(["within", "within", "outside", "outside", "within"]);
  });

  it("says nothing while it is no number, or where there are no limits", () => {
    expect([verdict("", measured), verdict("-", measured), verdict("4", valued)]).toEqual([undefined, undefined, undefined]);
    expect(verdict("1", { lowerLimit: 2, upperLimit: null })).toBe("outside");
  });
});

describe("a result", () => {
  it("is good by its limits before SAP has said so, and by SAP's words where it is a code", () => {
    expect([isGood(measured), isGood({ ...measured, result: 5 }), isGood({ ...measured, result: 7 })]).toEqual([undefined, true, false]);
    expect([isGood({ ...valued, resultCode: "OK" }), isGood({ ...valued, resultCode: "OK", valuation: "A" }), isGood({ ...valued, resultCode: "NOK", valuation: "R" })]).toEqual([undefined, true, false]);
  });

  it("that is missing or bad is counted before a decision", () => {
    expect(openResults([measured, { ...measured, result: 9 }, { ...valued, resultCode: "OK" }])).toEqual({ missing: 1, bad: 1 });
  });

  it("is sent as a number or as a code, by its characteristic", () => {
    expect(resultBody(measured, { result: "4.2", remark: "" })).toEqual({ operation: "00000001", characteristic: "0010", result: 4.2 });
    expect(resultBody(valued, { resultCode: "OK", remark: " Fine " })).toEqual({ operation: "00000001", characteristic: "0020", resultCode: "OK", remark: "Fine" });
  });
});

describe("a lot", () => {
  const lot = { systemStatuses: ["REL"], lifecycleStatus: "REL", pending: [], usageDecision: null };

  it("takes results and a decision once it is released and until it is decided", () => {
    expect([allowsResults(lot), allowsDecision(lot)]).toEqual([true, true]);
    expect(allowsResults({ ...lot, systemStatuses: ["CRTD"], lifecycleStatus: "CRTD" })).toBe(false);
    expect(allowsDecision({ ...lot, systemStatuses: ["REL", "UD"], lifecycleStatus: "UD" })).toBe(false);
  });

  it("offers no second decision while one is on its way", () => {
    const decision = { id: "1", command: "make-usage-decision" as const, state: "queued" as const, message: null, values: {}, changes: [] };
    expect(allowsDecision({ ...lot, pending: [decision] })).toBe(false);
    expect(allowsDecision({ ...lot, pending: [{ ...decision, command: "record-inspection-result" }] })).toBe(true);
  });

  it("is found by what an address asks for, a place with all below it", () => {
    expect(lotParameters("functionalLocation=1000-DIS&status=REL,RREC&decided=false&colour=red")).toEqual({ functionalLocation: "1000-DIS**", status: ["REL", "RREC"], decided: "false" });
  });
});

describe("a decision", () => {
  it("is sent with the group of its code", () => {
    expect(decisionBody({ code: "UD-PM/ACC", text: "" })).toEqual({ codeGroup: "UD-PM", code: "ACC" });
  });
});
