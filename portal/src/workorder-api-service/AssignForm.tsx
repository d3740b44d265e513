import { useCommand } from "../ui/commands";
import type { Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { useWords } from "../words/words";
import { assignOrder, entered } from "./entries";
import { usePersonsOf, useWorkCentersOf } from "./masterData";
import type { WorkOrderDetail } from "./orders";
import { numberOf } from "./pending";

/** Says who does the work of an order or of one of its operations. */
export default function AssignForm({ order, onEnd }: { order: WorkOrderDetail; onEnd: () => void }) {
  const words = useWords();
  const { t } = words;
  const title = `${t("order.assign")}: ${numberOf(order.orderNumber, words)}`;
  const give = useCommand(title);
  const operations = order.operations.filter(({ suboperation }) => !suboperation).map(({ operation, description }) => ({ value: operation, text: [operation, description].filter(Boolean).join(" ") }));
  const fields: Field[] = [
    { kind: "choice", name: "operation", label: t("field.operation"), hint: t("order.assignHint"), choices: operations },
    { kind: "text", name: "workCenter", label: t("field.workCenter"), proposed: useWorkCentersOf(order.plant) },
    { kind: "text", name: "personnelNumber", label: t("field.personName"), hint: t("field.personnelNumber"), proposed: usePersonsOf(order.plant) },
  ];
  return (
    <FormDialog
      title={title}
      saveText={t("order.assign")}
      fields={fields}
      initial={{ operation: operations.length === 1 ? (operations[0]?.value ?? "") : "", workCenter: "", personnelNumber: "" }}
      save={async (values) => {
        await give(assignOrder(order.orderNumber, entered(values, ["operation", "workCenter", "personnelNumber"])));
      }}
      onClose={onEnd}
    />
  );
}
