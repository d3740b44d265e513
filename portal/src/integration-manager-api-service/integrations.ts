import { api, ifMatch, read, versioned, type Versioned } from "../api/client";
import type { components } from "../api/schema";
import { span } from "../ui/duration";
import type { Meaning } from "../ui/Status";
import type { Words } from "../words/words";

export type Integration = components["schemas"]["IntegrationView"];
export type IntegrationDetail = components["schemas"]["IntegrationDetail"];
export type Trouble = components["schemas"]["Trouble"];
export type Run = components["schemas"]["RunView"];
export type Letter = components["schemas"]["DeadLetter"];
export type Comparison = components["schemas"]["Comparison"];
export type Found = components["schemas"]["Found"];
export type Times = components["schemas"]["TimesBody"];
export type Kind = components["schemas"]["OrderBody"]["kind"];

/** The key of the query for all integrations. */
export const ALL = ["integrations"];

/** The statuses of integrations; 2 does not exist. */
export const RUNNING = 3;
const MEANINGS: Partial<Record<number, Meaning>> = { 0: "plain", 1: "good", 3: "watch", 4: "bad" };

/** How the status of an integration is meant. */
export const meaning = (integration: Integration): Meaning => (integration.status === 1 && !loaded(integration) ? "watch" : (MEANINGS[integration.status] ?? "plain"));

/** Whether all its rows were loaded once and no load was interrupted since. */
export const loaded = (integration: Integration) => integration.statusText === "loaded" || (integration.status !== 1 && integration.loadedAt !== null);

/** The status in words; of one that is active, whether it was loaded. */
export function statusText(integration: Integration, { t, of }: Words): string {
  if (integration.status === 1 && integration.loadedAt === null) return t("integration.notLoaded");
  if (integration.status === 1 && !loaded(integration)) return t("integration.interrupted");
  return of("integration", `status${integration.status}`);
}

/** Milliseconds in words, in the unit that fits. */
export function lag(ms: number | null, { format, of }: Words): string {
  if (ms === null) return "";
  const seconds = ms / 1_000;
  if (seconds < 120) return `${format.number(seconds, seconds < 10 ? 1 : 0)} ${of("duration", "short.s")}`;
  return seconds < 7_200 ? `${format.number(seconds / 60, 0)} ${of("duration", "short.m")}` : `${format.number(seconds / 3_600, 0)} ${of("duration", "short.h")}`;
}

export const listIntegrations = () => read(api.GET("/api/integrations"));

export const findIntegration = (name: string) => versioned(api.GET("/api/integrations/{name}", { params: { path: { name } } }));

export const listRuns = (integration: string) => read(api.GET("/api/inbound/runs", { params: { query: { integration, limit: 50 } } }));

export const listLetters = (integration: string, after: string | undefined) => read(api.GET("/api/inbound/dead-letters", { params: { query: { integration, limit: 50, ...(after && { after }) } } }));

/** Starts a run of some integrations; of none named, of all that are active. */
export const start = (kind: Kind, integrations: string[]) => read(api.POST("/api/inbound/runs", { body: { kind, integrations } }));

/** The last comparison with SAP, or the one that runs; null where there was none. */
export const lastComparison = async (integration: string) => (await read(api.GET("/api/inbound/comparisons", { params: { query: { integration } } }))).items[0] ?? null;

/** Starts a comparison with SAP. */
export const compare = (integration: string, how: { repair: boolean; contents: boolean; removalsMax: number | null }) => read(api.POST("/api/inbound/comparisons", { body: { integrations: [integration], ...how } }));

export const stop = (integration: string) => read(api.POST("/api/inbound/integrations/{integration}/stop", { params: { path: { integration } } }));

export const pause = (name: string) => read(api.POST("/api/integrations/{name}/pause", { params: { path: { name } } }));

export const resume = (name: string) => read(api.POST("/api/integrations/{name}/resume", { params: { path: { name } } }));

export const replace = (name: string, etag: string, document: unknown) => versioned(api.PUT("/api/integrations/{name}", { params: { path: { name }, header: ifMatch(etag) as never }, body: { document }, headers: ifMatch(etag) }));

/** Changes the schedule of a definition that was read; the rest of it stays as it was then. */
export const setSchedule = ({ value, etag }: Versioned<IntegrationDetail>, schedule: Times) => replace(value.name, etag, { ...value.document, schedule });

/** A schedule in words; a cron expression stays as it is. */
export function every(schedule: string, { t, of, format }: Words): string {
  const found = span(schedule);
  return found === undefined ? schedule : t("integration.everySpan", { span: `${format.number(found.count)} ${of("duration", `short.${found.unit}`)}` });
}
