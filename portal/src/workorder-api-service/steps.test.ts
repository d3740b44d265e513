import { describe, expect, it } from "vitest";
import type { Operation, OrderComponent } from "./orders";
import { notificationAllows, openParts, orderAllows } from "./steps";

const order = (...systemStatuses: string[]) => ({ systemStatuses, lifecycleStatus: systemStatuses[0] ?? null });

describe("an order", () => {
  it("is released once, and completed only after that", () => {
    expect(orderAllows("release", order("CRTD"))).toBe(true);
    expect(orderAllows("complete", order("CRTD"))).toBe(false);
    expect(orderAllows("release", order("REL", "PCNF"))).toBe(false);
    expect(orderAllows("complete", order("REL", "PCNF"))).toBe(true);
  });

  it("takes work only while it is released, and gives parts back even when it is completed", () => {
    expect(orderAllows("book", order("TECO"))).toBe(false);
    expect(orderAllows("giveBack", order("TECO"))).toBe(true);
    expect(orderAllows("reopen", order("TECO"))).toBe(true);
  });

  it("names what is open before it is completed", () => {
    const operation = (number: string, ...systemStatuses: string[]) => ({ operation: number, systemStatuses }) as Operation;
    const component = { requiredQuantity: 2, withdrawnQuantity: 1, unit: "EA", finalIssue: false, deletionFlag: false, stock: null } as OrderComponent;
    const open = openParts({ operations: [operation("0010", "CNF"), operation("0020", "REL", "PCNF")], components: [component, { ...component, finalIssue: true }], pending: [] });
    expect(open.operations.map((one) => one.operation)).toEqual(["0020"]);
    expect(open.components).toHaveLength(1);
  });
});

describe("a notification", () => {
  it("gets one order, and none when it is completed", () => {
    expect(notificationAllows("order", { ...order("OSNO"), order: null })).toBe(true);
    expect(notificationAllows("order", { ...order("NOPR"), order: "4000012" })).toBe(false);
    expect(notificationAllows("order", { ...order("NOCO"), order: null })).toBe(false);
  });
});
