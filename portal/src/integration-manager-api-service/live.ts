import type { components } from "../api/schema";
import type { Integration } from "./integrations";
import { RUNNING } from "./integrations";

type Progressed = components["schemas"]["Progressed"];

/** What the stream of the replication tells. */
export type InboundEvent =
  | { kind: "opened" }
  | { kind: "changed"; integration: Integration }
  | { kind: "removed"; name: string }
  | ({ kind: "progressed" } & Progressed)
  | { kind: "ended"; integration: string };

/** How far a load has come: its parts by their number. */
export type Progress = { parts: number; total: number | null; byPart: ReadonlyMap<number, { rows: number; rowsPerSecond: number }> };

/** What was heard since the stream began: the newest state of each integration, and the loads that run. */
export type Live = { states: ReadonlyMap<string, Integration>; loads: ReadonlyMap<string, Progress> };

export const NOTHING: Live = { states: new Map(), loads: new Map() };

/** What is known after an event. */
export function heard(live: Live, event: InboundEvent): Live {
  switch (event.kind) {
    case "opened":
      return { ...live, loads: new Map() }; // Parts that ended while nobody listened would stay for ever.
    case "changed": {
      const { name, status } = event.integration;
      return { states: new Map(live.states).set(name, event.integration), loads: status === RUNNING ? live.loads : without(live.loads, name) };
    }
    case "removed":
      return { states: without(live.states, event.name), loads: without(live.loads, event.name) };
    case "progressed": {
      const before = live.loads.get(event.integration);
      const byPart = new Map(before?.byPart).set(event.part, { rows: event.rows, rowsPerSecond: event.rowsPerSecond });
      return { ...live, loads: new Map(live.loads).set(event.integration, { parts: event.parts, total: event.total, byPart }) };
    }
    case "ended":
      return { ...live, loads: without(live.loads, event.integration) };
  }
}

function without<T>(map: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> {
  const rest = new Map(map);
  rest.delete(name);
  return rest;
}

/** The integrations of a list, each in its newest state. States come once a second; a load that tells of its rows runs already. */
export const newest = (list: readonly Integration[], live: Live): Integration[] =>
  list.map((integration) => {
    const state = live.states.get(integration.name) ?? integration;
    return live.loads.has(integration.name) ? { ...state, status: RUNNING } : state;
  });

/** What a progress bar shows of a running integration; undefined where nothing is known yet. */
export type Shown = { rows: number; total: number | null; percent: number; rate: number; parts: number; partsSeen: number };

/** The rows of other processes' parts are only in the state, those of the last second only in the parts: the larger sum is nearer. */
export function shown(integration: Integration, progress: Progress | undefined): Shown | undefined {
  if (integration.status !== RUNNING) return undefined;
  const parts = [...(progress?.byPart.values() ?? [])];
  const rows = Math.max(integration.rows, parts.reduce((sum, part) => sum + part.rows, 0));
  const total = progress?.total ?? integration.total;
  const rate = parts.reduce((sum, part) => sum + part.rowsPerSecond, 0);
  return { rows, total, percent: total === null || total === 0 ? 0 : Math.min(100, Math.round((rows / total) * 100)), rate, parts: progress?.parts ?? 1, partsSeen: parts.length };
}
