import { api, read } from "../api/client";
import type { components } from "../api/schema";
import type { CommandHeaders } from "../ui/commands";
import { textOf, type Values } from "../ui/form";
import { outside } from "../ui/limits";
import { prefix } from "../ui/orderQuery";
import { parameters } from "../ui/query";
import type { Meaning } from "../ui/Status";
import { entered } from "./entries";

export type InspectionLot = components["schemas"]["InspectionLot"];
export type InspectionLotDetail = components["schemas"]["InspectionLotDetail"];
export type Characteristic = components["schemas"]["InspectionCharacteristic"];

/** The collections that the list and the page of a lot show. */
export const SHOWS = ["InspectionLots"];
export const SHOWS_ONE = ["InspectionLots", "InspectionCharacteristics", "UsageDecisions"];

/** SAP's catalogs of what inspections find and decide. */
export const ATTRIBUTES = "1";
export const DECISIONS = "3";

export const STATUSES = ["CRTD", "REL", "RREC", "UD"] as const;

/** By what lots are counted. The names are those of the filters. */
export const COUNTED_BY = ["status", "inspectionType", "plant"] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

/** How far a lot is, by its life-cycle status. Source: SAP's system statuses. */
export function meaning(status: string | null): Meaning {
  switch (status) {
    case "REL":
    case "RREC":
      return "watch";
    case "UD":
      return "good";
    default:
      return "plain";
  }
}

const SINGLE = ["decided", "equipment", "functionalLocation", "order", "createdFrom", "createdTo", "text", "sort"];
const MANY = ["plant", "inspectionType", "status"];

/** The parameters of GET /api/inspection-lots for the query of an address; a functional location finds all below it. */
export function lotParameters(query: string): Record<string, string | string[]> {
  const asked = parameters(query, SINGLE, MANY);
  const location = asked["functionalLocation"];
  return typeof location === "string" ? { ...asked, functionalLocation: prefix(location) } : asked;
}

/** The total is the same on each page; counting it once is enough. */
export const listLots = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/inspection-lots", { params: { query: { ...lotParameters(query), after, limit, total: after === undefined } as never } }));

export const findLot = (inspectionLot: string) => read(api.GET("/api/inspection-lots/{inspectionLot}", { params: { path: { inspectionLot } } }));

export const countLots = async (by: CountedBy, query: string) => {
  const asked = lotParameters(query);
  delete asked["sort"];
  return (await read(api.GET("/api/inspection-lot-counts", { params: { query: { ...asked, by } as never } }))).counts;
};

/** An order inspects one or a few objects. */
const OF_ORDER_MAX = 50;
export const lotsOfOrder = (order: string) => read(api.GET("/api/inspection-lots", { params: { query: { order, limit: OF_ORDER_MAX } as never } }));

const ofLot = (inspectionLot: string, header: CommandHeaders) => ({ params: { path: { inspectionLot }, header } });

export const recordResult = (lot: string, body: Record<string, unknown>) => (header: CommandHeaders) => api.POST("/api/inspection-lots/{inspectionLot}/results", { ...ofLot(lot, header), body: body as never });
export const makeDecision = (lot: string, body: Record<string, unknown>) => (header: CommandHeaders) => api.POST("/api/inspection-lots/{inspectionLot}/usage-decision", { ...ofLot(lot, header), body: body as never });

/** Whether a measured value is within its limits; nothing is said of what is no number, or where there are no limits. */
export function verdict(text: string, characteristic: Pick<Characteristic, "lowerLimit" | "upperLimit">): "within" | "outside" | undefined {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value) || (characteristic.lowerLimit === null && characteristic.upperLimit === null)) return undefined;
  return outside(value, characteristic) ? "outside" : "within";
}

/** Whether a result is good: by its limits where it is measured, which is known at once, else by what SAP says of it. */
export function isGood(characteristic: Characteristic): boolean | undefined {
  const { quantitative, result, valuation } = characteristic;
  const said = quantitative && result !== null ? verdict(String(result), characteristic) : undefined;
  if (said !== undefined) return said === "within";
  return valuation === null ? undefined : valuation === "A";
}

export const hasResult = ({ result, resultCode }: Pick<Characteristic, "result" | "resultCode">): boolean => result !== null || resultCode !== null;

/** What has to be known before somebody decides. */
export const openResults = (characteristics: readonly Characteristic[]) => ({
  missing: characteristics.filter((one) => !hasResult(one)).length,
  bad: characteristics.filter((one) => isGood(one) === false).length,
});

type Stated = Pick<InspectionLot, "systemStatuses" | "lifecycleStatus" | "pending">;

/** Whether SAP takes results of a lot. The server has the same rule, and SAP the last word. */
export const allowsResults = ({ systemStatuses, lifecycleStatus }: Stated): boolean => ![...systemStatuses, lifecycleStatus ?? ""].some((status) => status === "CRTD" || status === "UD" || status === "DLFL");

/** A decision is made once: a second one is not offered while the first is on its way, or was refused and waits for somebody. */
export const allowsDecision = (lot: Stated & Pick<InspectionLotDetail, "usageDecision">): boolean => allowsResults(lot) && lot.usageDecision === null && !lot.pending.some(({ command }) => command === "make-usage-decision");

/** A result as it is sent. */
export const resultBody = ({ operation, characteristic, quantitative }: Characteristic, values: Values): Record<string, unknown> => ({
  operation,
  characteristic,
  ...(quantitative ? entered(values, ["remark"], { numbers: ["result"] }) : entered(values, ["resultCode", "remark"])),
});

/** A decision as it is sent; its code was chosen with its group. */
export function decisionBody(values: Values): Record<string, unknown> {
  const [codeGroup = "", code = ""] = textOf(values, "code").split("/");
  return { codeGroup, code, ...entered(values, ["text"]) };
}
