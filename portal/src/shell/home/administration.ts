import { api, read } from "../../api/client";
import type { components } from "../../api/schema";
import { asProblem } from "../../api/problem";
import type { Card, CardContent } from "./cards";

/** What can be taken in at a glance; the page has the rest. */
const ROWS = 5;
/** The state of an integration whose last run failed. */
const FAILED = 4;

const roles = ["administrator"];

const first = <T>(found: readonly T[], row: (one: T) => CardContent["rows"][number], count = found.length): CardContent => ({ count, rows: found.slice(0, ROWS).map(row) });

/** A server of which a part is not ready says so with 503, and names the part in the same answer. */
async function health(): Promise<components["schemas"]["Health"]> {
  try {
    const { data, error, response } = await api.GET("/health/ready");
    return data ?? (response.status === 503 ? (error) : await read(Promise.resolve({ response, error })));
  } catch (failure) {
    throw asProblem(failure);
  }
}

/** What the installation asks of its administrator. */
export const administrationCards: readonly Card[] = [
  {
    id: "health",
    title: "home.notReady",
    roles,
    permission: "integrations.read",
    href: "/admin/health",
    meaning: "bad",
    shows: [],
    load: async () => first((await health()).targets.filter((target) => !target.ready), ({ name, detail }) => ({ key: name, text: name, detail })),
  },
  {
    id: "integrations",
    title: "home.integrationsFailed",
    roles,
    permission: "integrations.read",
    href: "/admin/integrations",
    meaning: "bad",
    shows: ["Integrations", "InboundStates"],
    load: async () => {
      const { items } = await read(api.GET("/api/integrations"));
      return first(
        items.filter(({ status }) => status === FAILED),
        ({ name, lastError }) => ({ key: name, text: name, detail: lastError?.detail ?? "", href: `/admin/integrations/${encodeURIComponent(name)}` }),
      );
    },
  },
  {
    id: "dead-letters",
    title: "home.deadLetters",
    roles,
    permission: "integrations.read",
    href: "/admin/integrations",
    meaning: "watch",
    shows: ["DeadLetters"],
    load: async (_, { t }) => {
      const { items } = await read(api.GET("/api/integrations"));
      const found = items.filter(({ deadLetters }) => deadLetters > 0).sort((one, other) => other.deadLetters - one.deadLetters);
      return first(
        found,
        ({ name, deadLetters }) => ({ key: name, text: name, detail: t("integration.deadLetters", { count: deadLetters }), href: `/admin/integrations/${encodeURIComponent(name)}` }),
        found.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
      );
    },
  },
  {
    id: "fact-failures",
    title: "home.factFailures",
    roles,
    permission: "facts.read",
    meaning: "watch",
    shows: ["FactDeadLetters"],
    load: async () => {
      const { items, total } = await read(api.GET("/api/facts/dead-letters", { params: { query: { limit: ROWS } } }));
      return first(items, (failure) => ({ key: failure.id, text: `${failure.consumer}: ${failure.fact}`, detail: failure.reason }), total ?? items.length);
    },
  },
  {
    id: "seed-conflicts",
    title: "home.seedConflicts",
    roles,
    permission: "seed.read",
    href: "/admin/seed",
    meaning: "watch",
    shows: ["SeedConflict"],
    load: async () => {
      const { conflicts } = await read(api.GET("/api/seed"));
      return first(
        conflicts.filter(({ state }) => state === "open"),
        (conflict) => ({ key: conflict.id, text: `${conflict.collection} ${conflict.document}`, detail: conflict.path }),
      );
    },
  },
];
