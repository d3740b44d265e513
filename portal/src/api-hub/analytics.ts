import { api, read } from "../api/client";
import type { components } from "../api/schema";
import type { Point as Drawn } from "../ui/plot";

export type Total = components["schemas"]["Total"];
export type Point = components["schemas"]["Point"];
export type PolicyFigures = components["schemas"]["PolicyFigures"];

/** The ranges in minutes; a process remembers a day. */
export const RANGES = [15, 60, 360, 1440] as const;
export type Range = (typeof RANGES)[number];

export const rangeOf = (text: string | null): Range => RANGES.find((range) => String(range) === text) ?? 60;

const ROOT = "/api/api-management";

export const totals = async (minutes: number) => (await read(api.GET(`${ROOT}/analytics`, { params: { query: { minutes } } }))).items;

export const timeSeries = async (minutes: number, proxy: string) => (await read(api.GET(`${ROOT}/analytics/time-series`, { params: { query: { minutes, ...(proxy !== "" && { proxy }) } } }))).items;

export const policyTimes = async (name: string) => (await read(api.GET(`${ROOT}/proxies/{name}/policy-times`, { params: { path: { name } } }))).items;

/** Requests and faults of some totals. */
export function sum(all: readonly Total[]): { requests: number; faults: number; share: number } {
  const requests = all.reduce((count, total) => count + total.requests, 0);
  const faults = all.reduce((count, total) => count + total.faults, 0);
  return { requests, faults, share: requests === 0 ? 0 : faults / requests };
}

/** The proxies of totals, those with most requests first. */
export function proxiesOf(all: readonly Total[]): string[] {
  const counts = new Map<string, number>();
  for (const { proxy, requests } of all) counts.set(proxy, (counts.get(proxy) ?? 0) + requests);
  return [...counts].sort(([, one], [, other]) => other - one).map(([proxy]) => proxy);
}

const MINUTE_MS = 60_000;

/** The percentiles of the minutes that had requests; the line is broken where minutes without any lie between. */
export function latencies(points: readonly Point[], percentile: "p50" | "p95" | "p99", shift: (at: number) => number): (Drawn & { gap: boolean; point: Point })[] {
  let last = Number.NEGATIVE_INFINITY;
  return points
    .filter(({ requests }) => requests > 0)
    .map((point) => {
      const at = Date.parse(point.time);
      const gap = at - last > MINUTE_MS;
      last = at;
      return { at: shift(at), value: point.millis[percentile], gap, point };
    });
}

/** Instants moved so that they read as the time of a zone where they are written in UTC, as plots do. */
export function inZone(timeZone: string | undefined): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", ...(timeZone && { timeZone }) });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts["year"] ?? 0, (parts["month"] ?? 1) - 1, parts["day"], parts["hour"], parts["minute"], parts["second"]);
  };
}

/** The mean time of a run, in microseconds. */
export const meanMicros = ({ runs, nanos }: PolicyFigures) => (runs === 0 ? 0 : nanos / runs / 1_000);
