import { api, read } from "../api/client";
import type { components } from "../api/schema";

export type Entry = components["schemas"]["AuditedWrite"];
export type Verification = components["schemas"]["AuditVerification"];

/** What a page's address asks for, as the route wants it: days become the instants at which they begin and end here. */
export function asked(query: string): { subject?: string; by?: string; from?: string; to?: string } {
  const params = new URLSearchParams(query);
  const text = (name: string) => params.get(name) || undefined;
  const from = startOf(params.get("from"), 0);
  const to = startOf(params.get("to"), 1);
  const subject = text("subject");
  const by = text("by");
  return { ...(subject && { subject }), ...(by && { by }), ...(from && { from }), ...(to && { to }) };
}

/** The instant at which a day begins on this device, some days later. */
function startOf(day: string | null, later: number): string | undefined {
  const [year, month, date] = (day ?? "").split("-").map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}

export const listEntries = (query: string, after: string | undefined, limit: number) => read(api.GET("/api/audit", { params: { query: { ...asked(query), limit, ...(after !== undefined && { after }) } } }));

export const verify = () => read(api.GET("/api/audit/verification"));

/** A value of a field, as a person reads it. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
