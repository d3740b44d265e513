import { api, ifMatch, read, versioned, type Listing } from "../api/client";
import type { components } from "../api/schema";
import { parameters } from "../ui/query";

export type Rule = components["schemas"]["AlertRule"];
export type RuleInput = components["schemas"]["AlertRuleInputBody"];
export type Condition = components["schemas"]["FactConditionBody"];
export type Webhook = components["schemas"]["WebhooksShown"];
export type WebhookInput = components["schemas"]["WebhookInputBody"];
export type Delivery = components["schemas"]["Logged"];

/** Rules are in no stream of changes; a page that changes one reads them again itself. */
export const RULES = "alert-rules";
export const WEBHOOKS = ["alert-webhooks"];

/** The facts that the program writes. Source: the reference of alerts; others may come from services that are added. */
export const FACTS = ["IntegrationFailed", "IntegrationRecovered", "DocumentWritten", "AlertAcknowledged", "AlertClosed", "AlertEscalated"] as const;

export const OPERATORS: readonly Condition["operator"][] = ["equal", "in", "at-least", "below", "changed-to"];

export const CHANNELS = ["email", "push", "webhook"] as const;

/** A rule as the form begins it. */
export const NEW_RULE: RuleInput = { name: "", enabled: true, fact: "", conditions: [], plants: [], users: [], roles: [], userField: null, text: "fact", severity: "warning", channels: [], grouping: null, escalation: null, quietHours: true };

/** A rule as it is sent back, without its id. */
export const inputOf = ({ name, enabled, fact, conditions, plants, users, roles, userField, text, severity, channels, grouping, escalation, quietHours }: Rule): RuleInput => ({ name, enabled, fact, conditions, plants, users, roles, userField, text, severity, channels, grouping, escalation, quietHours });

/** Texts between commas; what is empty is left out. */
export const listed = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** A condition in words, such as: integration in work-orders, plants. */
export const said = ({ field, operator, values }: Condition, of: (prefix: string, name: string) => string): string => `${field} ${of("alert", `operator.${operator}`)} ${(values ?? []).join(", ")}`;

const one = (id: string) => ({ path: { id } });
const version = (id: string, etag: string) => ({ params: { path: { id }, header: ifMatch(etag) } });

export const listRules = (query: string, after: string | undefined, limit: number): Promise<Listing<Rule>> => read(api.GET("/api/alert-rules", { params: { query: { ...parameters(query, ["fact"], []), limit, ...(after && { after }) } } }));

export const findRule = (id: string) => versioned(api.GET("/api/alert-rules/{id}", { params: one(id) }));

export const createRule = (body: RuleInput) => read(api.POST("/api/alert-rules", { body }));

export const replaceRule = (id: string, etag: string, body: RuleInput) => read(api.PUT("/api/alert-rules/{id}", { ...version(id, etag), body }));

export const removeRule = (id: string, etag: string) => read(api.DELETE("/api/alert-rules/{id}", version(id, etag)));

export const listRoles = () => read(api.GET("/api/roles", { params: { query: { limit: 200 } } }));

export const listWebhooks = () => read(api.GET("/api/alert-webhooks"));

export const findWebhook = (id: string) => versioned(api.GET("/api/alert-webhooks/{id}", { params: one(id) }));

export const createWebhook = (body: WebhookInput) => read(api.POST("/api/alert-webhooks", { body }));

export const replaceWebhook = (id: string, etag: string, body: WebhookInput) => read(api.PUT("/api/alert-webhooks/{id}", { ...version(id, etag), body }));

export const removeWebhook = (id: string, etag: string) => read(api.DELETE("/api/alert-webhooks/{id}", version(id, etag)));

export const newSecret = (id: string) => read(api.POST("/api/alert-webhooks/{id}/secret", { params: one(id) }));

export const test = (id: string) => read(api.POST("/api/alert-webhooks/{id}/test", { params: one(id) }));

export const listDeliveries = (id: string, after: string | undefined): Promise<Listing<Delivery>> => read(api.GET("/api/alert-webhooks/{id}/deliveries", { params: { ...one(id), query: { limit: 50, ...(after && { after }) } } }));
