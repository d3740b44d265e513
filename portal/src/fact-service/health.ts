import { api, read, type Listing } from "../api/client";
import { asProblem, problemOf } from "../api/problem";
import type { components } from "../api/schema";
import type { Meaning } from "../ui/Status";

export type Health = components["schemas"]["Health"];
export type Target = components["schemas"]["TargetHealth"];
export type FactFailure = components["schemas"]["FactFailure"];
export type Planned = components["schemas"]["ScheduledRun"];

/** A program that is not ready says so with this status, and tells why all the same. */
const NOT_READY = 503;

/** Asks which targets are ready. The answer is read by its form, since a proxy in front of the program may say 503 as well. */
export async function findHealth(): Promise<Health> {
  let response: Response;
  try {
    response = await fetch("/health/ready", { headers: { Accept: "application/json" } });
  } catch (failure) {
    throw asProblem(failure);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if ((response.ok || response.status === NOT_READY) && isHealth(body)) return body;
  throw problemOf(response, body);
}

export const isHealth = (body: unknown): body is Health => typeof body === "object" && body !== null && "targets" in body && Array.isArray(body.targets);

/** The targets that are not ready come first; the others stay in the order in which they are started. */
export const worstFirst = (targets: readonly Target[]): Target[] => [...targets].sort((one, other) => Number(one.ready) - Number(other.ready));

export const RUN_STATES: Record<Planned["state"], Meaning> = { "not-scheduled": "plain", paused: "plain", waiting: "good", running: "watch", "backing-off": "bad", held: "bad" };

export const FACT_LETTERS = ["fact-letters"];

export const listFactLetters = (after: string | undefined): Promise<Listing<FactFailure>> => read(api.GET("/api/facts/dead-letters", { params: { query: { limit: 50, ...(after && { after }) } } }));

export const replay = (id: string) => read(api.POST("/api/facts/dead-letters/{id}/replay", { params: { path: { id } } }));

export const discard = (id: string) => read(api.DELETE("/api/facts/dead-letters/{id}", { params: { path: { id } } }));

export const listPlanned = () => read(api.GET("/api/delta-cronjob"));
