import { api, ifMatch, read, versioned, type Listing, type Versioned } from "../api/client";
import type { components } from "../api/schema";
import type { Item, State } from "../ui/commands";
import { short } from "../ui/numbers";
import { parameters } from "../ui/query";

/** Values by our field names; the description of the API leaves their form open, since each command has its own. */
type Document = Record<string, unknown>;

export type ItemDetail = Omit<components["schemas"]["OutboxDetail"], "values" | "base"> & { values: Document; base: Document };
export type Figures = components["schemas"]["OutboxFigures"];
export type Step = ItemDetail["history"][number];

/** In the order of an item's life. */
export const STATES: readonly State[] = ["queued", "sending", "posted", "failed", "held", "discarded"];

/** A person has to decide about what is in these states. */
export const STUCK = "failed,held";
export const ON_ITS_WAY = "queued,sending";

/** In the order of the work: notification, order, what is booked on it, the rest. */
export const COMMANDS: readonly Item["command"][] = [
  "create-notification", "change-notification", "put-notification-in-process", "complete-notification", "assign-notification-to-order",
  "create-order", "change-order", "release-order", "complete-order-technically", "reopen-order", "add-operation", "change-operation", "add-component",
  "confirm-operation", "cancel-confirmation", "post-goods-movement", "cancel-goods-movement", "create-time-sheet", "change-time-sheet", "cancel-time-sheet",
  "create-measurement-document", "cancel-measurement-document", "install-equipment", "dismantle-equipment", "record-inspection-result", "make-usage-decision", "upload-attachment",
];

/** How the objects of items are called: the collection, the name of a kind of object, the digits of its numbers, and its page. */
type Kind = { collection: string; object: string; digits: number; page?: string };

const KINDS: readonly Kind[] = [
  { collection: "WorkOrders", object: "work-order", digits: 12, page: "/orders/" },
  { collection: "Notifications", object: "notification", digits: 12, page: "/notifications/" },
  { collection: "Equipment", object: "equipment", digits: 18, page: "/equipment/" },
  { collection: "MeasuringPoints", object: "measuring-point", digits: 12, page: "/measuring-points/" },
  { collection: "TimeSheets", object: "time-sheet", digits: 12 },
  { collection: "InspectionLots", object: "inspection-lot", digits: 12, page: "/inspection-lots/" },
  { collection: "MeasurementDocuments", object: "measurement-document", digits: 20 },
  { collection: "GoodsMovements", object: "goods-movement", digits: 10 },
];

/** The filters by the number of an object, and the collection of each. */
export const OBJECT_FILTERS = { order: "WorkOrders", notification: "Notifications", equipment: "Equipment", measuringPoint: "MeasuringPoints" } as const;

const kindOf = (object: string) => KINDS.find(({ collection }) => object.startsWith(`${collection}/`));

/** The name of the kind of an item's object, as in the texts object.…; the collection where there is none. */
export const objectOf = (object: string): string => kindOf(object)?.object ?? object.slice(0, object.indexOf("/"));

/** The page of an item's object; undefined where it has none, or never will be. */
export function objectPage({ object, number, state, id }: Pick<Item, "object" | "number" | "state" | "id">): string | undefined {
  const page = kindOf(object)?.page;
  return page === undefined || (state === "discarded" && number === id) ? undefined : page + encodeURIComponent(short(number));
}

/** An object's number as items have it: SAP's digits with the zeros before them; what is no number, such as an item's id, stays. */
export function objectKey(collection: string, number: string): string {
  const digits = KINDS.find((kind) => kind.collection === collection)?.digits ?? 0;
  return `${collection}/${/^\d+$/.test(number) ? number.padStart(digits, "0") : number}`;
}

/** The parameters of GET /api/outbox for the query of an address. */
export function outboxParameters(query: string): Record<string, string | string[]> {
  const given = new URLSearchParams(query);
  const named = Object.entries(OBJECT_FILTERS).find(([name]) => given.get(name));
  return {
    ...parameters(query, ["command", "by"], ["state"]),
    ...(named && { object: objectKey(named[1], given.get(named[0]) ?? "") }),
  };
}

export const listItems = (query: string, after: string | undefined, limit: number): Promise<Listing<Item>> => read(api.GET("/api/outbox", { params: { query: { ...outboxParameters(query), after, limit } as never } }));

export const listMine = (query: string, after: string | undefined, limit: number): Promise<Listing<Item>> => {
  const asked = outboxParameters(query);
  delete asked["by"]; // The route lists the reader's own.
  return read(api.GET("/api/my-outbox", { params: { query: { ...asked, after, limit } as never } }));
};

/** The items that wait for another item. Items of other users are listed only for those who may read the outbox. */
export const listFollowers = (waitsFor: string, all: boolean) => {
  const params = { query: { waitsFor, limit: 100 } as never };
  return all ? read(api.GET("/api/outbox", { params })) : read(api.GET("/api/my-outbox", { params }));
};

export const findFigures = () => read(api.GET("/api/outbox-figures"));

const one = (id: string) => ({ path: { id } });

export const openItem = async (id: string) => (await versioned(api.GET("/api/outbox/{id}", { params: one(id) }))) as Versioned<ItemDetail>;

export const retry = (id: string, etag: string, changes: Changes | undefined) => versioned(api.POST("/api/outbox/{id}/retry", { params: { ...one(id), header: ifMatch(etag) }, body: { ...(changes && { changes: changes as never }) } }));

export const discard = (id: string, etag: string, reason: string) => versioned(api.POST("/api/outbox/{id}/discard", { params: { ...one(id), header: ifMatch(etag) }, body: { reason } }));

/** New values by field; null takes one away. */
export type Changes = Record<string, string | number | boolean | null>;

/** What can be done about an item now. */
export type Act = "edit" | "retry" | "discard";

/** @param blocker the item that it waits for; a person has to decide about that one first while that is stuck */
export function acts(item: Pick<ItemDetail, "state" | "attempts" | "number" | "references">, blocker: Pick<Item, "state" | "id"> | undefined): readonly Act[] {
  const { state, attempts } = item;
  switch (state) {
    case "failed":
      return ["edit", "retry", "discard"];
    case "held":
      return blocker === undefined || (blocker.state === "discarded" && !needs(item, blocker.id)) ? ["edit", "retry", "discard"] : ["discard"];
    case "queued":
      // What was sent once may be in SAP.
      return attempts === 0 ? ["discard"] : [];
    case "sending":
    case "posted":
    case "discarded":
      return [];
  }
}

/** Whether an item is about what another one creates, or names it. */
const needs = ({ number, references }: Pick<ItemDetail, "number" | "references">, id: string) => number === id || Object.values(references).includes(id);
