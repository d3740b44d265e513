import { describe, expect, it } from "vitest";
import { changed, codeValue, notificationOf, orderOf, valuesOf } from "./entries";

describe("what was entered", () => {
  it("for a notification becomes its parts; an empty one is left out", () => {
    const values = {
      notificationType: "M1", description: " Pump leaks ", priority: "", equipment: "10000001", breakdown: true, malfunctionStart: "2026-11-30", malfunctionStartTime: "10:15",
      items: "2", "items.0.text": "Seal", "items.0.damageCode": codeValue("PUMP", "LEAK"), "items.0.causes.0.causeCode": codeValue("WEAR", "AGE"), "items.1.text": " ",
      tasks: "1", "tasks.0.text": "Order a seal", "tasks.0.plannedFinish": "2026-12-02",
    };
    expect(notificationOf(values)).toEqual({
      notificationType: "M1", description: "Pump leaks", equipment: "10000001", breakdown: true, malfunctionStart: "2026-11-30", malfunctionStartTime: "10:15",
      items: [{ text: "Seal", damageCodeGroup: "PUMP", damageCode: "LEAK", causes: [{ causeCodeGroup: "WEAR", causeCode: "AGE" }] }],
      tasks: [{ text: "Order a seal", plannedFinish: "2026-12-02" }],
      activities: [],
    });
  });

  it("as a time means nothing without its day", () => {
    expect(notificationOf({ malfunctionStart: "", malfunctionStartTime: "10:15" })).not.toHaveProperty("malfunctionStartTime");
  });

  it("for an order has an operation only where one was entered", () => {
    expect(orderOf({ orderType: "PM01", description: "Seal", "operations.0.work": "" })).toEqual({ orderType: "PM01", description: "Seal" });
    expect(orderOf({ orderType: "PM01", "operations.0.description": "Change seal", "operations.0.work": "1.5" })).toMatchObject({ operations: [{ description: "Change seal", work: 1.5, workUnit: "H" }] });
  });

  it("as a change is sent with what the person saw", () => {
    const order = { description: "Pump leaks", priority: "2", basicStart: "2026-11-30", workCenter: null };
    const seen = valuesOf(order, ["description", "priority", "basicStart", "workCenter"]);
    expect(changed({ ...seen, priority: "", workCenter: "MECH" }, seen, order)).toEqual({ priority: null, workCenter: "MECH", base: { priority: "2", workCenter: null } });
  });
});
