import { api, patch, read } from "../api/client";
import type { components } from "../api/schema";
import { worst, type CommandHeaders } from "../ui/commands";
import { plusDays, weekOf } from "../ui/days";
import { short } from "../ui/numbers";

export type Hours = components["schemas"]["RecordedHours"];
export type NewHours = components["schemas"]["NewTimeSheetBody"];

/** The collections that a week shows: what is on its way, and what is replicated. */
export const SHOWS = ["TimeSheets", "Outbox"];

/** Statuses of records that count no more: replaced after approval, cancelled. Source: SAP's field CATSDB-STATUS. */
const OVER = new Set(["50", "60"]);

/** The Monday of the week that an address names; of the present one where it names none. */
export const mondayOf = (named: string | null, today: string): string => weekOf(named !== null && /^\d{4}-\d{2}-\d{2}$/.test(named) && !Number.isNaN(Date.parse(named)) ? named : today).from;

export const daysOf = (monday: string): string[] => Array.from({ length: 7 }, (_, index) => plusDays(monday, index));

/** The number of a week by ISO 8601: that of its Thursday in its year. */
export function weekNumber(monday: string): number {
  const thursday = plusDays(monday, 3);
  const first = weekOf(`${thursday.slice(0, 4)}-01-04`).from;
  return Math.round((Date.parse(monday) - Date.parse(first)) / (7 * 86_400_000)) + 1;
}

/** Work of one kind over the days: on an operation of an order, or an absence. */
export type Line = { key: string; first: Hours; byDay: ReadonlyMap<string, readonly Hours[]>; sum: number };

/** Whether hours count: they are in SAP or on their way there. */
export const counts = ({ processingStatus, pending }: Pick<Hours, "processingStatus" | "pending">): boolean =>
  !OVER.has(processingStatus ?? "") && !pending.some(({ command, state }) => command === "create-time-sheet" && (state === "failed" || state === "held"));

/** What is shown: all but what is over in SAP. What is about to be cancelled is shown until it is. */
const isShown = ({ processingStatus, pending }: Hours) => !OVER.has(processingStatus ?? "") || pending.length > 0;

export const sumOf = (hours: readonly Hours[]): number => hours.filter(counts).reduce((sum, one) => sum + (one.hours ?? 0), 0);

export const hoursOfDay = (all: readonly Hours[], day: string): Hours[] => all.filter((one) => one.workDate === day && isShown(one));

/** The lines of a week: orders first, by number, then absences. */
export function linesOf(all: readonly Hours[]): Line[] {
  const lines = new Map<string, Hours[]>();
  for (const one of all.filter(isShown)) {
    const key = lineKey(one);
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  return [...lines]
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([key, hours]) => {
      const [first] = hours;
      if (first === undefined) return [];
      const byDay = new Map<string, Hours[]>();
      for (const one of hours) byDay.set(one.workDate ?? "", [...(byDay.get(one.workDate ?? "") ?? []), one]);
      return [{ key, first, byDay, sum: sumOf(hours) }];
    });
}

/** Orders sort before absences. */
const lineKey = ({ orderNumber, operation, attendanceType }: Hours) => (orderNumber === null ? `2/${attendanceType ?? ""}` : `1/${orderNumber}/${operation ?? ""}/${attendanceType ?? ""}`);

/** How people call a line: the order with its operation, or the type of the absence. */
export const lineName = ({ orderNumber, operation, attendanceType }: Pick<Hours, "orderNumber" | "operation" | "attendanceType">, unnumbered: string): string => {
  if (orderNumber === null) return attendanceType ?? "";
  const number = /^\d+$/.test(orderNumber) ? short(orderNumber) : unnumbered;
  return operation === null || operation === "" ? number : `${number} / ${operation}`;
};

/** Whether a record can be changed or cancelled: SAP has numbered it, and it is not over. */
export const changeable = ({ record, processingStatus, pending }: Hours): boolean => /^\d+$/.test(record) && !OVER.has(processingStatus ?? "") && worst(pending) === undefined;

/** Whether a reader may record hours of a person: their own, and with a permission of its own those of others, such as a crew. */
export const mayRecord = (person: string, own: string | null, may: (permission: string) => boolean): boolean =>
  may("time-sheets.record") && (may("work-orders.confirm-others") || (own !== null && short(own) === short(person)));

/** What the form of hours holds. */
export type Draft = { workDate: string; orderNumber: string; operation: string; attendanceType: string; hours: string; startTime: string; endTime: string; text: string };

export const newDraft = (day: string, of: Hours | undefined): Draft => ({
  workDate: day,
  orderNumber: short(of?.orderNumber),
  operation: of?.operation ?? "",
  attendanceType: of?.attendanceType ?? "",
  hours: "",
  startTime: "",
  endTime: "",
  text: "",
});

export const draftOf = (hours: Hours): Draft => ({
  ...newDraft(hours.workDate ?? "", hours),
  hours: hours.hours === null ? "" : String(hours.hours),
  startTime: hours.startTime?.slice(0, 5) ?? "",
  endTime: hours.endTime?.slice(0, 5) ?? "",
  text: hours.text ?? "",
});

/** Whether a draft says when, how long and on what. */
export const isComplete = ({ workDate, hours, startTime, endTime, orderNumber, attendanceType }: Draft): boolean => workDate !== "" && (hours.trim() !== "" || (startTime !== "" && endTime !== "")) && (orderNumber.trim() !== "" || attendanceType.trim() !== "");

const orNull = (text: string) => text.trim() || null;
const number = (text: string) => (text.trim() === "" ? null : Number(text.trim().replace(",", ".")));

/** What is sent for new hours. */
export const newBody = (personnelNumber: string, draft: Draft): NewHours => ({
  personnelNumber,
  workDate: draft.workDate,
  hours: number(draft.hours),
  startTime: orNull(draft.startTime),
  endTime: orNull(draft.endTime),
  orderNumber: orNull(draft.orderNumber),
  operation: orNull(draft.operation),
  attendanceType: orNull(draft.attendanceType),
  text: orNull(draft.text),
});

/** The fields that a change may have. SAP keeps the day and the order: who errs in them cancels the record. */
const CHANGED = ["hours", "startTime", "endTime", "operation", "attendanceType", "text"] as const;

/** What is sent for a change: the fields that differ, and the values that were seen in their place. */
export function changeBody(hours: Hours, draft: Draft): Record<string, unknown> {
  const before = draftOf(hours);
  const differing = CHANGED.filter((field) => draft[field].trim() !== before[field].trim());
  const value = (field: (typeof CHANGED)[number]) => (field === "hours" ? number(draft.hours) : orNull(draft[field]));
  return { ...Object.fromEntries(differing.map((field) => [field, value(field)])), base: Object.fromEntries(differing.map((field) => [field, hours[field]])) };
}

export const listHours = async (personnelNumber: string, from: string, to: string): Promise<Hours[]> => (await read(api.GET("/api/time-sheets", { params: { query: { personnelNumber, from, to } } }))).items;

export const recordHours = (headers: CommandHeaders, body: NewHours) => api.POST("/api/time-sheets", { params: { header: headers }, body });

export const changeHours = (headers: CommandHeaders, record: string, body: Record<string, unknown>) => api.PATCH("/api/time-sheets/{record}", { params: { header: headers, path: { record } }, body: patch(body) });

export const cancelHours = (headers: CommandHeaders, record: string) => api.POST("/api/time-sheets/{record}/cancel", { params: { header: headers, path: { record } } });

/** Hits that a search suggests. */
const HITS = 20;

export const ordersOf = async (text: string) =>
  (await read(api.GET("/api/work-orders", { params: { query: { text, status: ["REL", "PCNF", "CNF"], limit: HITS, total: false } as never } }))).items.map(({ orderNumber, description }) => ({ value: short(orderNumber), text: description ?? "" }));

export const personsOf = async (text: string) =>
  (await read(api.GET("/api/master-data/persons", { params: { query: { text, limit: HITS } as never } }))).items.map((person) => ({ value: short(person.personnelNumber), text: person.name ?? "" }));
