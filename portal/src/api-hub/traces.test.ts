import { describe, expect, it } from "vitest";
import { flowsOf, headersIn, millis, partsOf, running, variablesAfter, type Step } from "./traces";

const step = (flow: string, policy: string, changes: Step["changes"] = {}, outcome = "ran"): Step => ({ flow, policy, type: "", outcome, condition: "", detail: "", micros: 1, changes });
const RECORD = {
  before: { "request.header.accept": "*/*", user: "anna" },
  steps: [
    step("PROXY_REQUEST PreFlow", "", {}, "flow"),
    step("PROXY_REQUEST PreFlow", "verify", { client_id: { before: "", after: "***" } }),
    step("TARGET_REQUEST PreFlow", "", {}, "flow"),
    step("PROXY_RESPONSE PreFlow", "", { "response.header.b": { before: "", after: "2" }, "response.header.a": { before: "", after: "1" } }, "flow"),
    step("PROXY_RESPONSE PreFlow", "clean", { user: { before: "anna", after: "" } }),
  ],
};

describe("a recorded request", () => {
  it("shows its steps by flow; the beginning of a flow only where it says something", () => {
    expect(flowsOf(RECORD).map(({ flow, steps }) => [flow, steps.map(({ index }) => index)])).toEqual([
      ["PROXY_REQUEST PreFlow", [1]],
      ["TARGET_REQUEST PreFlow", [2]],
      ["PROXY_RESPONSE PreFlow", [3, 4]],
    ]);
  });

  it("knows the variables after each step", () => {
    expect(variablesAfter(RECORD, 0)).toEqual(RECORD.before);
    expect(variablesAfter(RECORD, 1)["client_id"]).toBe("***");
    expect(variablesAfter(RECORD, 4)).not.toHaveProperty("user");
  });

  it("finds the headers of a message", () => {
    expect(headersIn(variablesAfter(RECORD, 4), "response")).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
    expect(headersIn(variablesAfter(RECORD, 0), "error")).toEqual([]);
  });

  it("names phase and flow", () => {
    expect(partsOf("FAULT rule one")).toEqual({ phase: "FAULT", name: "rule one" });
    expect(partsOf("FAULT")).toEqual({ phase: "FAULT", name: "" });
  });

  it("writes times as finely as they matter", () => {
    expect(millis(1.2)).toBe(0.001);
    expect(millis(12_345)).toBe(12);
    expect(running({ until: "2026-11-30T10:00:00Z" }, Date.parse("2026-11-30T09:59:59Z"))).toBe(true);
  });
});
