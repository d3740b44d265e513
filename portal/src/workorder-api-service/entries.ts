import { api, patch } from "../api/client";
import type { CommandHeaders } from "../ui/commands";
import { differing, flagOf, textOf, type Value, type Values } from "../ui/form";

/** What was entered in these fields, as a body has it: nothing for what was left empty. */
export function entered(values: Values, texts: readonly string[], { numbers = [], flags = [] }: { numbers?: readonly string[]; flags?: readonly string[] } = {}): Record<string, unknown> {
  const filled = (names: readonly string[]) => names.filter((name) => textOf(values, name) !== "");
  return {
    ...Object.fromEntries(filled(texts).map((name) => [name, textOf(values, name)])),
    ...Object.fromEntries(filled(numbers).map((name) => [name, Number(textOf(values, name))])),
    ...Object.fromEntries(flags.map((name) => [name, flagOf(values, name)])),
  };
}

/** The fields that were changed, null for what was emptied, with the values that the person saw: who was faster is not overwritten. */
export function changed(values: Values, seen: Values, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = differing(seen, values);
  const next = names.map((name): [string, string | boolean | null] => [name, typeof values[name] === "boolean" ? values[name] : textOf(values, name) || null]);
  return { ...Object.fromEntries(next), base: Object.fromEntries(names.map((name) => [name, object[name] ?? null])) };
}

/** What fields of a change hold at first. */
export const valuesOf = (object: Readonly<Record<string, unknown>>, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name): [string, Value] => [name, typeof object[name] === "boolean" ? object[name] : ((object[name] ?? "") as string)]));

const CODE_SEPARATOR = "/";

/** A code is chosen with its group, since it is known only there. */
export const codeValue = (codeGroup: string, code: string): string => codeGroup + CODE_SEPARATOR + code;

function code(values: Values, at: string, field: string): Record<string, unknown> {
  const [codeGroup, one] = textOf(values, `${at}.${field}Code`).split(CODE_SEPARATOR);
  return one === undefined ? {} : { [`${field}CodeGroup`]: codeGroup, [`${field}Code`]: one };
}

/** A list of parts whose fields are called `items.0.text`; one in which nothing was entered is left out. */
function parts(values: Values, list: string, read: (at: string) => Record<string, unknown>): Record<string, unknown>[] {
  return Array.from({ length: countOf(values, list) }, (_, index) => read(`${list}.${String(index)}`)).filter((one) => Object.keys(one).length > 0);
}

/** How many parts of a list are shown. */
export const countOf = (values: Values, list: string): number => Number(textOf(values, list)) || 0;

const text = (values: Values, at: string, name = "text") => entered({ [name]: textOf(values, `${at}.${name}`) }, [name]);

/** A notification as it is created: its fields, and what was found, is to be done and was done. */
export function notificationOf(values: Values): Record<string, unknown> {
  const moment = textOf(values, "malfunctionStart") === "" ? [] : ["malfunctionStart", "malfunctionStartTime"];
  return {
    ...entered(values, ["notificationType", "description", "priority", "equipment", "functionalLocation", "requiredEnd", ...moment], { flags: ["breakdown"] }),
    items: parts(values, "items", (at) => {
      const cause = { ...code(values, `${at}.causes.0`, "cause"), ...text(values, `${at}.causes.0`) };
      return { ...text(values, at), ...code(values, at, "damage"), ...code(values, at, "objectPart"), ...(Object.keys(cause).length > 0 && { causes: [cause] }) };
    }),
    tasks: parts(values, "tasks", (at) => ({ ...text(values, at), ...code(values, at, "task"), ...text(values, at, "plannedFinish") })),
    activities: parts(values, "activities", (at) => ({ ...text(values, at), ...code(values, at, "activity") })),
  };
}

/** An order as it is created, with the operation that was entered with it. */
export function orderOf(values: Values): Record<string, unknown> {
  const operation = { ...text(values, "operations.0", "description"), ...entered({ work: textOf(values, "operations.0.work") }, [], { numbers: ["work"] }) };
  return {
    ...entered(values, ["orderType", "description", "notification", "equipment", "functionalLocation", "priority", "workCenter", "activityType", "basicStart", "basicFinish", "plant"]),
    ...(Object.keys(operation).length > 0 && { operations: [{ ...operation, ...("work" in operation && { workUnit: "H" }) }] }),
  };
}

const ofOrder = (orderNumber: string, header: CommandHeaders) => ({ params: { path: { orderNumber }, header } });
const ofNotification = (notification: string, header: CommandHeaders) => ({ params: { path: { notification }, header } });
type Body = Record<string, unknown>;

export const createOrder = (body: Body) => (header: CommandHeaders) => api.POST("/api/work-orders", { params: { header }, body: body as never });
export const changeOrder = (order: string, body: Body) => (header: CommandHeaders) => api.PATCH("/api/work-orders/{orderNumber}", { ...ofOrder(order, header), body: patch(body) });
export const releaseOrder = (order: string) => (header: CommandHeaders) => api.POST("/api/work-orders/{orderNumber}/release", ofOrder(order, header));
export const completeOrder = (order: string) => (header: CommandHeaders) => api.POST("/api/work-orders/{orderNumber}/technically-complete", ofOrder(order, header));
export const reopenOrder = (order: string) => (header: CommandHeaders) => api.POST("/api/work-orders/{orderNumber}/reopen", ofOrder(order, header));
export const assignOrder = (order: string, body: Body) => (header: CommandHeaders) => api.POST("/api/work-orders/{orderNumber}/assignments", { ...ofOrder(order, header), body: body as never });
export const addOperation = (order: string, body: Body) => (header: CommandHeaders) => api.POST("/api/work-orders/{orderNumber}/operations", { ...ofOrder(order, header), body: body as never });
export const addComponent = (order: string, body: Body) => (header: CommandHeaders) => api.POST("/api/work-orders/{orderNumber}/components", { ...ofOrder(order, header), body: body as never });
export const confirmOperation = (orderNumber: string, operation: string, body: Body) => (header: CommandHeaders) =>
  api.POST("/api/work-orders/{orderNumber}/operations/{operation}/confirmations", { params: { path: { orderNumber, operation }, header }, body: body as never });
export const cancelConfirmation = (confirmation: string, counter: string) => (header: CommandHeaders) => api.POST("/api/confirmations/{confirmation}/{counter}/cancel", { params: { path: { confirmation, counter }, header } });
export const postMovement = (body: Body) => (header: CommandHeaders) => api.POST("/api/goods-movements", { params: { header }, body: body as never });
export const cancelMovement = (materialDocument: string, materialDocumentYear: string) => (header: CommandHeaders) =>
  api.POST("/api/goods-movements/{materialDocument}/{materialDocumentYear}/cancel", { params: { path: { materialDocument, materialDocumentYear }, header } });
export const enterReading = (body: Body) => (header: CommandHeaders) => api.POST("/api/measurement-documents", { params: { header }, body: body as never });
export const createNotification = (body: Body) => (header: CommandHeaders) => api.POST("/api/notifications", { params: { header }, body: body as never });
export const changeNotification = (notification: string, body: Body) => (header: CommandHeaders) => api.PATCH("/api/notifications/{notification}", { ...ofNotification(notification, header), body: patch(body) });
export const putInProcess = (notification: string) => (header: CommandHeaders) => api.POST("/api/notifications/{notification}/put-in-process", ofNotification(notification, header));
export const completeNotification = (notification: string) => (header: CommandHeaders) => api.POST("/api/notifications/{notification}/complete", ofNotification(notification, header));
