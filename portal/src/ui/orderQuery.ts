import { plusDays, weekOf } from "./days";
import { parameters } from "./query";

/** The life-cycle statuses of orders on which somebody still has to work. */
export const OPEN = ["CRTD", "REL", "PCNF"] as const;
/** Those on which work may be done now. */
export const IN_WORK = ["REL", "PCNF"] as const;

/** What a list's address means depends on who reads it and when. */
export type Reader = {
  today: string;
  workCenters: readonly string[];
  /** The plants that the reader wants to see; empty is all. */
  plants?: readonly string[];
};

/** A query narrowed to the plants that the reader wants to see, unless it names plants itself. */
export function inShownPlants(query: string, { plants = [] }: Pick<Reader, "plants">): string {
  const params = new URLSearchParams(query);
  if (plants.length === 0 || params.has("plant")) return query;
  return `${query === "" ? "" : `${query}&`}plant=${plants.map(encodeURIComponent).join(",")}`;
}

/** The query that a list opens with at an address: what the address asks for, else the plants that the reader wants to see. */
export const openingQuery = (query: string, plants: readonly string[]): string => new URLSearchParams(query === "" ? inShownPlants("", { plants }) : query).toString();

/** Rows that a list reads at once. */
export const PAGE = 100;

/** Periods that move with the calendar, so that a saved view is right next week, too. */
export const PERIODS = ["today", "week", "ahead"] as const;
type Period = (typeof PERIODS)[number];

/** How far ahead work is looked at that is next. */
const AHEAD_DAYS = 7;

const SINGLE = ["equipment", "functionalLocation", "startFrom", "startTo", "finishFrom", "finishTo", "overdue", "text", "sort"];
const MANY = ["plant", "workCenter", "status", "type", "priority", "plannerGroup"];

/**
 * The parameters of GET /api/work-orders for the query of an address. `mine` stands for the reader's work centers, `start` for a period
 * that moves with the calendar; a functional location finds all below it.
 */
export function orderParameters(query: string, reader: Reader): Record<string, string | string[]> {
  const asked = parameters(query, SINGLE, MANY);
  const given = new URLSearchParams(query);
  const mine = given.get("mine") === "true" ? placesOf(reader.workCenters) : {};
  const location = asked["functionalLocation"];
  return {
    ...mine,
    ...period(given.get("start"), reader.today),
    ...asked,
    ...(asked["overdue"] !== undefined && { today: reader.today }),
    ...(typeof location === "string" && { functionalLocation: prefix(location) }),
  };
}

/** A location with all below it. Who writes a * means what begins so. */
export const prefix = (text: string): string => (text.endsWith("*") ? text : `${text}**`);

/** Work centers such as 1000/MECH as filters. Where a person has different ones in several plants this finds some more. */
export function placesOf(workCenters: readonly string[]): { plant?: string[]; workCenter?: string[] } {
  const pairs = workCenters.map((place) => place.split("/"));
  if (pairs.length === 0) return {};
  const distinct = (index: number) => [...new Set(pairs.map((pair) => pair[index] ?? ""))].filter((part) => part !== "");
  return { plant: distinct(0), workCenter: distinct(1) };
}

/** A period of the basic start. What should have begun by today is what is to be done today. */
function period(name: string | null, today: string): { startFrom?: string; startTo?: string } {
  switch (name as Period | null) {
    case "today":
      return { startTo: today };
    case "week":
      return { startFrom: weekOf(today).from, startTo: weekOf(today).to };
    case "ahead":
      return { startFrom: plusDays(today, 1), startTo: plusDays(today, AHEAD_DAYS) };
    default:
      return {};
  }
}
