import { expect, it } from "vitest";
import type { Integration } from "./integrations";
import { heard, newest, NOTHING, shown, type Live } from "./live";

const integration = (name: string, status: number, rows = 0) => ({ name, status, rows, total: null, statusText: "loaded", loadedAt: "2026-11-30T08:00:00Z" }) as unknown as Integration;
const progressed = (live: Live, part: number, rows: number, parts = 4) => heard(live, { kind: "progressed", integration: "orders", part, parts, rows, total: 1_000, rowsPerSecond: 10 });

it("shows each integration in the state that was heard last", () => {
  const live = heard(NOTHING, { kind: "changed", integration: integration("orders", 3) });
  expect(newest([integration("orders", 1), integration("plants", 1)], live).map(({ status }) => status)).toEqual([3, 1]);
});

it("shows an integration as running as soon as its load tells of rows, and no longer than that", () => {
  const live = progressed(heard(NOTHING, { kind: "changed", integration: integration("orders", 1) }), 1, 10);
  expect(newest([integration("orders", 1)], live).map(({ status }) => status)).toEqual([3]);
  expect(newest([integration("orders", 1)], heard(live, { kind: "ended", integration: "orders" })).map(({ status }) => status)).toEqual([1]);
});

it("adds up the parts of a load", () => {
  let live = heard(NOTHING, { kind: "changed", integration: integration("orders", 3) });
  live = progressed(progressed(progressed(live, 1, 100), 2, 50), 1, 200);
  expect(shown(integration("orders", 3), live.loads.get("orders"))).toEqual({ rows: 250, total: 1_000, percent: 25, rate: 20, parts: 4, partsSeen: 2 });
});

it("trusts the state where other processes have loaded more", () => {
  const live = progressed(NOTHING, 1, 100);
  expect(shown(integration("orders", 3, 700), live.loads.get("orders"))?.percent).toBe(70);
});

it("forgets a load that has ended, however that became known", () => {
  const running = progressed(NOTHING, 1, 100);
  expect(heard(running, { kind: "ended", integration: "orders" }).loads.size).toBe(0);
  expect(heard(running, { kind: "changed", integration: integration("orders", 1) }).loads.size).toBe(0);
  expect(heard(running, { kind: "removed", name: "orders" }).loads.size).toBe(0);
  expect(heard(running, { kind: "opened" }).loads.size).toBe(0);
});

it("shows no progress of what does not run, and no percentage of an unknown total", () => {
  expect(shown(integration("orders", 1), undefined)).toBeUndefined();
  expect(shown(integration("orders", 3, 5), undefined)).toEqual({ rows: 5, total: null, percent: 0, rate: 0, parts: 1, partsSeen: 0 });
});
