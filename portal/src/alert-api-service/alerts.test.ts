import { expect, it } from "vitest";
import { acts, pageOf, STATES } from "./alerts";

it("offers what changes something in each state, as the reference says", () => {
  expect(Object.fromEntries(STATES.map((state) => [state, acts(state)]))).toEqual({
    open: ["acknowledge", "snooze", "read", "close"],
    read: ["acknowledge", "snooze", "close"],
    snoozed: ["acknowledge", "snooze", "read", "close"],
    escalated: ["acknowledge", "close"],
    acknowledged: ["close"],
    closed: [],
  });
});

it("leads to what an alert is about, where the fact tells what that is", () => {
  expect(pageOf({ fact: "IntegrationFailed", subject: "work-orders" })).toBe("/admin/integrations/work-orders");
  expect(pageOf({ fact: "AlertEscalated", subject: "a/b" })).toBe("/alerts/a%2Fb");
  expect(pageOf({ fact: "DocumentWritten", subject: "4711" })).toBeUndefined();
});
