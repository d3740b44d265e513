import type { Item } from "../ui/commands";
import type { Field, Values } from "../ui/form";
import type { Changes, ItemDetail } from "./outbox";

/** What a field of a command holds. */
type Kind = "text" | "number" | "date" | "time" | "switch";

/** Fields in which a person says when or how much; all others hold texts, also those that look like numbers. */
const NUMBERS = new Set(["hours", "reading", "actualWork", "remainingWork", "quantity", "requiredQuantity", "work", "duration", "result", "sizeBytes"]);
const SWITCHES = new Set(["breakdown", "finalConfirmation", "counterExchanged", "cancelled", "inactive"]);
const DATE = /(Date|Start|Finish|End)$/;
const TIME = /Time$/;

/** By its name, since a value that is missing has no type. */
export function kindOf(field: string): Kind {
  if (NUMBERS.has(field)) return "number";
  if (SWITCHES.has(field)) return "switch";
  if (TIME.test(field)) return "time";
  return DATE.test(field) ? "date" : "text";
}

const ORDER_FIELDS = ["description", "equipment", "functionalLocation", "planningPlant", "plannerGroup", "workCenter", "workCenterPlant", "priority", "activityType", "basicStart", "basicFinish", "systemCondition", "costCenter"];
const NOTIFICATION_FIELDS = ["description", "priority", "equipment", "functionalLocation", "planningPlant", "plannerGroup", "workCenter", "workCenterPlant", "reportedBy", "requiredStart", "requiredStartTime", "requiredEnd", "requiredEndTime", "breakdown", "malfunctionStart", "malfunctionStartTime", "malfunctionEnd", "malfunctionEndTime", "codeGroup", "code"];
const TIME_FIELDS = ["workDate", "hours", "startTime", "endTime", "operation", "activityType", "attendanceType", "text"];

/** The fields that can be entered beside those that were: those of the bodies of the routes that take the commands. */
const FIELDS: Partial<Record<Item["command"], readonly string[]>> = {
  "create-notification": ["notificationType", ...NOTIFICATION_FIELDS],
  "create-order": ["orderType", ...ORDER_FIELDS],
  "add-operation": ["operation", "description", "controlKey", "workCenter", "workCenterPlant", "activityType", "work", "workUnit", "duration", "durationUnit", "personnelNumber"],
  "add-component": ["material", "description", "operation", "stockPlant", "storageLocation", "batch", "requirementDate", "requiredQuantity", "unit", "itemCategory"],
  "confirm-operation": ["actualWork", "workUnit", "finalConfirmation", "remainingWork", "workCenter", "workCenterPlant", "personnelNumber", "activityType", "postingDate", "actualStart", "actualStartTime", "actualFinish", "actualFinishTime", "reasonForVariance", "text"],
  "post-goods-movement": ["movementType", "material", "stockPlant", "storageLocation", "receivingStorageLocation", "batch", "quantity", "unit", "text", "recipient", "reference", "postingDate", "documentDate"],
  "create-measurement-document": ["reading", "readingDate", "readingTime", "counterExchanged", "codeGroup", "valuationCode", "text", "readBy"],
  "create-time-sheet": TIME_FIELDS,
  "make-usage-decision": ["codeGroup", "code", "text"],
  "record-inspection-result": ["result", "resultCodeGroup", "resultCode", "remark"],
};

/** Values that are lists have no field; they stay as they are. */
const isPlain = (value: unknown) => value === null || typeof value !== "object";

/** The fields of an item's values that the reader may correct, in the order in which they were entered. */
export const enteredFields = ({ values, correctable }: Pick<ItemDetail, "values" | "correctable">): string[] =>
  Object.entries(values).flatMap(([field, value]) => (isPlain(value) && isCorrectable(field, correctable) ? [field] : []));

/** The fields that nothing was entered in, and that the command knows. */
export const moreFields = ({ command, values, correctable }: Pick<ItemDetail, "command" | "values" | "correctable">): string[] => (FIELDS[command] ?? []).filter((field) => !(field in values) && isCorrectable(field, correctable));

/** Those who repair the outbox correct any field. */
const isCorrectable = (field: string, correctable: readonly string[] | null) => correctable?.includes(field) ?? true;

/** A field of the form of an item's values. */
export function formField(name: string, label: string): Field {
  const kind = kindOf(name);
  return kind === "number" ? { kind, name, label, step: "any" } : { kind, name, label };
}

/** What the form holds at first. */
export const formValues = (fields: readonly string[], { values }: Pick<ItemDetail, "values">): Values => Object.fromEntries(fields.map((field) => [field, held(field, values[field])]));

function held(field: string, value: unknown): string | boolean {
  const kind = kindOf(field);
  if (kind === "switch") return value === true;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return "";
  return kind === "time" ? String(value).slice(0, 5) : String(value);
}

/** What was changed of an item's values: new ones as they are sent, null for one that was cleared. */
export function changesOf(item: Pick<ItemDetail, "values">, entered: Values): Changes {
  const before = formValues(Object.keys(entered), item);
  return Object.fromEntries(Object.entries(entered).flatMap(([field, value]) => (value === before[field] || Array.isArray(value) ? [] : [[field, sent(field, value as string | boolean)]])));
}

function sent(field: string, value: string | boolean): Changes[string] {
  if (typeof value === "boolean") return value;
  const text = value.trim();
  if (text === "") return null;
  return kindOf(field) === "number" ? Number(text) : text;
}
