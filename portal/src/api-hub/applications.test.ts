import { describe, expect, it } from "vitest";
import { standing, subscriptionsOf, usable, waits, type Application, type Key } from "./applications";

const NOW = Date.parse("2026-11-30T10:00:00Z");
const key = (changes: Partial<Key>): Key => ({ id: "k", hint: "abcd", status: "APPROVED", issuedAt: "2026-01-01T00:00:00Z", expiresAt: null, products: {}, ...changes });
const application = (keys: Key[], status: Application["status"] = "APPROVED"): Application => ({ id: "a", name: "a", title: "", developer: "d", owner: "d", callbackUrl: "", status, keys, attributes: {} });

describe("keys", () => {
  it("are no good after their end, whatever their status", () => {
    expect(usable(key({}), NOW)).toBe(true);
    expect(usable(key({ expiresAt: "2026-11-30T10:00:01Z" }), NOW)).toBe(true);
    expect(standing(key({ expiresAt: "2026-11-30T10:00:00Z" }), NOW).text).toBe("EXPIRED");
    expect(standing(key({ status: "REVOKED", expiresAt: "2026-11-30T10:00:00Z" }), NOW).text).toBe("REVOKED");
  });
});

describe("subscriptions", () => {
  it("are those of the keys that are not revoked", () => {
    const shown = application([key({ status: "REVOKED", products: { old: "APPROVED" } }), key({ products: { b: "PENDING", a: "APPROVED" } })]);
    expect(subscriptionsOf(shown)).toEqual([
      { product: "a", status: "APPROVED" },
      { product: "b", status: "PENDING" },
    ]);
  });

  it("wait where one of them, or the application, is pending", () => {
    expect(waits(application([key({ products: { a: "APPROVED" } })]))).toBe(false);
    expect(waits(application([key({ products: { a: "PENDING" } })]))).toBe(true);
    expect(waits(application([], "PENDING"))).toBe(true);
  });
});
