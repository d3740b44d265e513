import { isNumbered } from "../ui/commands";
import { coverage, type Operation, type WorkOrderDetail } from "./orders";

/** What can be done with an order, and the statuses that forbid it in SAP. The server has the same table, and SAP the last word. */
const ORDER = {
  change: ["TECO", "CLSD", "LKD", "DLFL"],
  release: ["REL", "TECO", "CLSD", "LKD", "DLFL"],
  complete: ["CRTD", "TECO", "CLSD", "LKD", "DLFL"],
  reopen: ["CRTD", "REL", "CLSD", "LKD", "DLFL"],
  book: ["CRTD", "TECO", "CLSD", "LKD", "DLFL"],
  giveBack: ["CRTD", "CLSD", "LKD", "DLFL"],
} as const;

const NOTIFICATION = {
  change: ["NOCO", "DLFL"],
  putInProcess: ["NOPR", "NOCO", "DLFL"],
  complete: ["NOCO", "DLFL"],
  order: ["NOCO", "ORAS", "DLFL"],
} as const;

type Stated = { systemStatuses: readonly string[]; lifecycleStatus: string | null };

const allowed = (forbidding: readonly string[], { systemStatuses, lifecycleStatus }: Stated) => ![...systemStatuses, lifecycleStatus ?? ""].some((status) => forbidding.includes(status));

export const orderAllows = (step: keyof typeof ORDER, order: Stated): boolean => allowed(ORDER[step], order);
export const notificationAllows = (step: keyof typeof NOTIFICATION, notification: Stated & { order: string | null }): boolean => allowed(NOTIFICATION[step], notification) && (step !== "order" || notification.order === null);

/** Whether the work of an operation is confirmed as done. */
export const isDone = ({ systemStatuses }: Pick<Operation, "systemStatuses">): boolean => systemStatuses.includes("CNF");

/** What is not finished when an order is completed technically. */
export function openParts({ operations, components, pending }: Pick<WorkOrderDetail, "operations" | "components" | "pending">) {
  return {
    operations: operations.filter((operation) => !isDone(operation) && !operation.systemStatuses.includes("DLT")),
    components: components.filter((component) => coverage(component).kind !== "done"),
    entries: pending.filter(({ state }) => state !== "posted"),
  };
}

/** Parts of an order that has no number yet cannot be addressed. */
export const partsKnown = ({ orderNumber }: Pick<WorkOrderDetail, "orderNumber">): boolean => isNumbered(orderNumber);
