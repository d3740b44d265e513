import { api, read } from "../api/client";
import type { components } from "../api/schema";
import type { Me } from "../session/session";
import { today } from "../ui/days";
import { OPEN, orderParameters, type Reader } from "../ui/orderQuery";
import type { Meaning } from "../ui/Status";

export type WorkOrder = components["schemas"]["WorkOrder"];
export type WorkOrderDetail = components["schemas"]["WorkOrderDetail"];
export type Operation = components["schemas"]["Operation"];
export type OrderComponent = components["schemas"]["StockedComponent"];
export type Confirmation = components["schemas"]["Confirmation"];
export type GoodsMovement = components["schemas"]["GoodsMovement"];
export type TimeSheetEntry = components["schemas"]["TimeSheetEntry"];
export type AttachedFile = components["schemas"]["AttachedFile"];
export type HistoryEvent = components["schemas"]["HistoryEvent"];

/** For whom orders are listed. */
export const readerOf = ({ workCenters }: Pick<Me, "workCenters">, zone: string | undefined): Reader => ({ today: today(zone), workCenters });

/** The collections that the pages of orders show. */
export const SHOWS = ["WorkOrders", "Operations"];

/** Those of which a history is made. */
export const HISTORY_SHOWS = ["WorkOrders", "Confirmations", "GoodsMovements", "TimeSheets", "Attachments"];

export const STATUSES = ["CRTD", "REL", "PCNF", "CNF", "TECO", "CLSD"] as const;

/** By what orders are counted. The names are those of the filters. */
export const COUNTED_BY = ["status", "type", "priority", "workCenter", "plannerGroup", "plant"] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

/** How far an order is, by its life-cycle status. Source: SAP's system statuses. */
export function meaning(status: string | null): Meaning {
  switch (status) {
    case "REL":
    case "PCNF":
      return "watch";
    case "CNF":
    case "TECO":
    case "CLSD":
      return "good";
    default:
      return "plain";
  }
}

/** Whether an order should have been finished before a day. */
export const isOverdue = (order: Pick<WorkOrder, "basicFinish" | "lifecycleStatus">, day: string): boolean =>
  order.basicFinish !== null && order.basicFinish < day && (OPEN as readonly string[]).includes(order.lifecycleStatus ?? "");

/** What stands behind a component: nothing more is taken, it is there, some of it is missing, or nobody knows. */
export type Coverage = { kind: "done" | "covered" | "short" | "unknown"; quantity: number };

/** Compares what a component still needs with the stock; different units cannot be compared. */
export function coverage({ requiredQuantity, withdrawnQuantity, unit, finalIssue, deletionFlag, stock }: OrderComponent): Coverage {
  const needed = (requiredQuantity ?? 0) - (withdrawnQuantity ?? 0);
  if (finalIssue || deletionFlag || needed <= 0) return { kind: "done", quantity: 0 };
  if (stock?.unrestrictedStock == null || stock.baseUnit !== unit) return { kind: "unknown", quantity: needed };
  const missing = needed - stock.unrestrictedStock;
  return missing > 0 ? { kind: "short", quantity: missing } : { kind: "covered", quantity: stock.unrestrictedStock };
}

/** The total is the same on each page; counting it once is enough. */
export const listOrders = (query: string, after: string | undefined, limit: number, reader: Reader) =>
  read(api.GET("/api/work-orders", { params: { query: { ...orderParameters(query, reader), after, limit, total: after === undefined } as never } }));

export const countOrders = async (by: CountedBy, query: string, reader: Reader) => {
  const asked = orderParameters(query, reader);
  delete asked["sort"];
  return (await read(api.GET("/api/work-order-counts", { params: { query: { ...asked, by } as never } }))).counts;
};

const of = (orderNumber: string, after: string | undefined) => ({ params: { path: { orderNumber }, query: { ...(after !== undefined && { after }) } } });

export const findOrder = (orderNumber: string) => read(api.GET("/api/work-orders/{orderNumber}", { params: { path: { orderNumber } } }));
export const confirmationsOf = (orderNumber: string, after: string | undefined) => read(api.GET("/api/work-orders/{orderNumber}/confirmations", of(orderNumber, after)));
export const goodsMovementsOf = (orderNumber: string, after: string | undefined) => read(api.GET("/api/work-orders/{orderNumber}/goods-movements", of(orderNumber, after)));
export const timeSheetsOf = (orderNumber: string, after: string | undefined) => read(api.GET("/api/work-orders/{orderNumber}/time-sheets", of(orderNumber, after)));
export const documentsOf = (orderNumber: string, after: string | undefined) => read(api.GET("/api/work-orders/{orderNumber}/documents", of(orderNumber, after)));
export const historyOf = (orderNumber: string) => read(api.GET("/api/work-orders/{orderNumber}/history", { params: { path: { orderNumber } } }));
