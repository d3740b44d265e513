import { api, ifMatch, read, versioned } from "../api/client";
import type { components } from "../api/schema";
import { textOf, type Values } from "../ui/form";
import { chosen } from "../ui/listing";
import type { Meaning } from "../ui/Status";
import { attributesOf } from "./products";

export type Application = components["schemas"]["ShownOnce"]["application"];
export type Key = components["schemas"]["KeyView"];
export type ShownOnce = components["schemas"]["ShownOnce"];
export type Published = components["schemas"]["Published"];
export type Status = Application["status"];

/** The collections that the pages of applications show. */
export const SHOWS = ["ApiApplication", "ApiProduct"];

const PATH = "/api/api-management/applications";

/** Whose applications are meant: those of everybody, or those of the caller, whose routes are alike. */
export type Whose = "all" | "mine";

const path = (whose: Whose) => (whose === "all" ? PATH : "/api/api-management/hub/applications") as typeof PATH;
const one = (whose: Whose) => `${path(whose)}/{id}` as const;
const subscription = (whose: Whose) => `${one(whose)}/subscriptions/{product}` as const;
const keys = (whose: Whose) => `${one(whose)}/keys` as const;

export const allApplications = async (whose: Whose) => (await read(api.GET(path(whose)))).items;

export const listApplications = async (query: string) =>
  chosen(await allApplications("all"), query, {
    words: ({ name, title, developer }) => [name, title, developer],
    sorts: { name: ({ name }) => name, title: ({ title }) => title, developer: ({ developer }) => developer, status: ({ status }) => status },
    filters: { status: ({ status }) => status, waiting: (application) => String(waits(application)) },
  });

export const findApplication = (whose: Whose, id: string) => versioned(api.GET(one(whose), { params: { path: { id } } }));

export const createApplication = (whose: Whose, values: Values, products: readonly string[]): Promise<ShownOnce> =>
  read(
    api.POST(path(whose), {
      body: {
        name: textOf(values, "name"),
        title: textOf(values, "title"),
        callbackUrl: textOf(values, "callbackUrl"),
        developer: whose === "all" ? textOf(values, "developer") || null : null,
        products: [...products],
        attributes: {},
      },
    }),
  );

export const changeApplication = (whose: Whose, id: string, values: Values, etag: string) =>
  read(api.PUT(one(whose), { params: { path: { id }, header: ifMatch(etag) }, body: { title: textOf(values, "title"), callbackUrl: textOf(values, "callbackUrl"), attributes: attributesOf(textOf(values, "attributes")) } }));

export const removeApplication = (whose: Whose, id: string, etag: string) => read(api.DELETE(one(whose), { params: { path: { id }, header: ifMatch(etag) } }));

export const decide = (id: string, status: "approve" | "revoke") => {
  const asked = { params: { path: { id } } };
  return read(status === "approve" ? api.POST(`${PATH}/{id}/approve`, asked) : api.POST(`${PATH}/{id}/revoke`, asked));
};

export const subscribe = (whose: Whose, id: string, product: string) => read(api.PUT(subscription(whose), { params: { path: { id, product } } }));

export const unsubscribe = (whose: Whose, id: string, product: string) => read(api.DELETE(subscription(whose), { params: { path: { id, product } } }));

export const decideSubscription = (id: string, product: string, status: "approve" | "revoke") => {
  const asked = { params: { path: { id, product } } };
  return read(status === "approve" ? api.POST(`${PATH}/{id}/subscriptions/{product}/approve`, asked) : api.POST(`${PATH}/{id}/subscriptions/{product}/revoke`, asked));
};

export const addKey = (whose: Whose, id: string): Promise<ShownOnce> => read(api.POST(keys(whose), { params: { path: { id } } }));

export const rotateKey = (whose: Whose, id: string, key: string, overlap: string): Promise<ShownOnce> =>
  read(api.POST(`${keys(whose)}/{key}/rotate`, { params: { path: { id, key }, query: overlap === "" ? {} : { overlap } } }));

export const revokeKey = (whose: Whose, id: string, key: string) => read(api.POST(`${keys(whose)}/{key}/revoke`, { params: { path: { id, key } } }));

export const publishedProducts = async () => (await read(api.GET("/api/api-management/hub/products"))).items;

const MEANINGS: Record<Status, Meaning> = { APPROVED: "good", PENDING: "watch", REVOKED: "bad" };

export const meaning = (status: Status): Meaning => MEANINGS[status];

/** How a key stands now; one that has expired is good no more, whatever its status. */
export function standing(key: Key, now: number): { text: "EXPIRED" | Status; meaning: Meaning } {
  if (key.status === "APPROVED" && key.expiresAt !== null && Date.parse(key.expiresAt) <= now) return { text: "EXPIRED", meaning: "bad" };
  return { text: key.status, meaning: meaning(key.status) };
}

/** Whether a key is good now. */
export const usable = (key: Key, now: number) => standing(key, now).text === "APPROVED";

/** The products of all keys that are not revoked; what one key may, the next may too. */
export function subscriptionsOf(application: Pick<Application, "keys">): { product: string; status: Status }[] {
  const good = application.keys.filter(({ status }) => status !== "REVOKED");
  const all = Object.assign({}, ...good.map(({ products }) => products)) as Record<string, Status>;
  return Object.entries(all)
    .map(([product, status]) => ({ product, status }))
    .sort((first, second) => first.product.localeCompare(second.product));
}

/** Whether somebody has to decide about a subscription or the application. */
export const waits = (application: Application) => application.status === "PENDING" || subscriptionsOf(application).some(({ status }) => status === "PENDING");

/** How long the old key may be good beside the new one, as ISO 8601 says it; empty for not at all. */
export const OVERLAPS = ["", "PT1H", "P1D", "P7D", "P30D"] as const;
