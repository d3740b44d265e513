import { api } from "../api/client";
import type { components } from "../api/schema";
import type { CommandHeaders } from "../ui/commands";
import { faulty, flagOf, textOf, type Values } from "../ui/form";
import { valueOf } from "./readings";
import type { MeasuringPoint } from "./reads";

export type NewReading = components["schemas"]["NewReadingBody"];

/** What a form of a reading says, as it is sent. A number that is below the counter's last one is refused, as the server would. */
export function readingBody(point: MeasuringPoint, values: Values, tooLow: (last: number) => string): NewReading {
  const text = (name: string) => textOf(values, name) || null;
  const reading = text("reading") === null ? null : Number(textOf(values, "reading"));
  const last = point.lastReading === null ? null : valueOf(point.lastReading, true);
  const exchanged = flagOf(values, "counterExchanged");
  // A counter that can run over begins again; whether it did, the server knows.
  if (point.counter && !exchanged && reading !== null && last !== null && reading < last && point.counterOverflow === null && !isEarlier(point, textOf(values, "readingDate"))) throw faulty("/reading", tooLow(last));
  return {
    measuringPoint: point.measuringPoint,
    reading,
    readingDate: text("readingDate"),
    readingTime: text("readingTime"),
    text: text("text"),
    ...(point.counter && { counterExchanged: exchanged }),
    ...(text("valuationCode") !== null && { valuationCode: text("valuationCode") }),
  };
}

/** Whether a day is before that of the last reading, after which the counter went on. */
const isEarlier = ({ lastReading }: MeasuringPoint, day: string) => day !== "" && lastReading?.readingDate != null && day < lastReading.readingDate;

export const recordReading = (headers: CommandHeaders, body: NewReading) => api.POST("/api/measurement-documents", { params: { header: headers }, body });

export const cancelReading = (headers: CommandHeaders, measurementDocument: string) => api.POST("/api/measurement-documents/{measurementDocument}/cancel", { params: { header: headers, path: { measurementDocument } } });

export const install = (headers: CommandHeaders, equipment: string, functionalLocation: string) =>
  api.POST("/api/equipment/{equipment}/install", { params: { header: headers, path: { equipment } }, body: { functionalLocation } });

export const dismantle = (headers: CommandHeaders, equipment: string) => api.POST("/api/equipment/{equipment}/dismantle", { params: { header: headers, path: { equipment } } });

/** Moves stock from one storage location of a plant to another. */
export const transfer = (headers: CommandHeaders, body: components["schemas"]["NewMovementBody"]) => api.POST("/api/goods-movements", { params: { header: headers }, body });
