import { isNumbered, type Pending } from "../ui/commands";
import { short } from "../ui/numbers";
import type { Section } from "../ui/ObjectFrame";
import { PendingMarks } from "../ui/PendingMarks";
import type { Words } from "../words/words";

/** A number as people write it; SAP gives it only when it has created the object. */
export const numberOf = (number: string, { t }: Words): string => (isNumbered(number) ? short(number) : t("command.noNumber"));

/** The first section of an object's page, where something about the object has not got to SAP. */
export const pendingSection = (pending: readonly Pending[], { t }: Words): Section[] => {
  const open = pending.filter(({ state }) => state !== "posted"); // What is posted needs nobody; its values arrive with the next delta.
  return open.length === 0 ? [] : [{ id: "pending", title: t("command.pending"), content: <PendingMarks pending={open} /> }];
};
