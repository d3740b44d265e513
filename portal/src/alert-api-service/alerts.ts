import { api, ifMatch, read, versioned, type Listing } from "../api/client";
import type { components } from "../api/schema";
import type { Meaning } from "../ui/Status";

export type Alert = components["schemas"]["InboxAlert"];
export type AlertState = Alert["state"];
export type Severity = Alert["severity"];
export type Wishes = components["schemas"]["WishesBody"];

/** The collection whose changes the stream tells of; the alerts of others are none of a reader's business. */
export const SHOWS = ["AlertInbox"];

/** The key under which every query for alerts begins, the bell's too. */
export const ALERTS = ["alerts"];

export const STATES: readonly AlertState[] = ["open", "read", "snoozed", "escalated", "acknowledged", "closed"];

export const SEVERITIES: Record<Severity, Meaning> = { info: "plain", warning: "watch", critical: "bad" };

export const STATE_MEANINGS: Record<AlertState, Meaning> = { open: "watch", read: "plain", snoozed: "plain", escalated: "bad", acknowledged: "good", closed: "plain" };

export type Act = "read" | "snooze" | "acknowledge" | "close";

/** What can be done with an alert in a state and changes something. Source: the table of states in the reference of alerts. */
export function acts(state: AlertState): readonly Act[] {
  switch (state) {
    case "open":
    case "snoozed":
      return ["acknowledge", "snooze", "read", "close"];
    case "read":
      return ["acknowledge", "snooze", "close"];
    case "escalated":
      return ["acknowledge", "close"];
    case "acknowledged":
      return ["close"];
    case "closed":
      return [];
  }
}

/** The page of what an alert is about; undefined where the fact does not tell what kind of document its key belongs to. */
export function pageOf({ fact, subject }: Pick<Alert, "fact" | "subject">): string | undefined {
  switch (fact) {
    case "IntegrationFailed":
    case "IntegrationRecovered":
      return `/admin/integrations/${encodeURIComponent(subject)}`;
    case "AlertAcknowledged":
    case "AlertClosed":
    case "AlertEscalated":
      return `/alerts/${encodeURIComponent(subject)}`;
    default:
      return undefined;
  }
}

const one = (id: string) => ({ params: { path: { id } } });

export const listAlerts = (state: string, after: string | undefined): Promise<Listing<Alert>> =>
  read(api.GET("/api/alerts", { params: { query: { limit: 50, ...(isState(state) && { state }), ...(after && { after }) } } }));

const isState = (text: string): text is AlertState => (STATES as readonly string[]).includes(text);

export const findAlert = (id: string) => read(api.GET("/api/alerts/{id}", one(id)));

export const markRead = (id: string) => read(api.POST("/api/alerts/{id}/read", one(id)));

export const acknowledge = (id: string) => read(api.POST("/api/alerts/{id}/acknowledge", one(id)));

export const close = (id: string) => read(api.POST("/api/alerts/{id}/close", one(id)));

export const snooze = (id: string, until: string) => read(api.POST("/api/alerts/{id}/snooze", { ...one(id), body: { until } }));

export const findPreferences = () => versioned(api.GET("/api/alert-preferences"));

export const savePreferences = (etag: string, body: Wishes) => versioned(api.PUT("/api/alert-preferences", { params: { header: ifMatch(etag) }, body }));
