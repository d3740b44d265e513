import { useState } from "react";
import { useCommand } from "../ui/commands";
import type { Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { useWords } from "../words/words";
import { changed, changeOrder, valuesOf } from "./entries";
import { prioritiesOf, useActivityTypes, useOrderTypeRows, usePlannerGroups, usePriorityRows, useWorkCentersOf } from "./masterData";
import type { WorkOrderDetail } from "./orders";
import { numberOf } from "./pending";

const NAMES = ["description", "priority", "activityType", "workCenter", "plannerGroup", "basicStart", "basicFinish"] as const;

/** Changes the header of an order. */
export default function ChangeOrder({ order, onEnd }: { order: WorkOrderDetail; onEnd: () => void }) {
  const words = useWords();
  const { t } = words;
  const [seen] = useState(order);
  const title = `${t("command.change-order")}: ${numberOf(order.orderNumber, words)}`;
  const give = useCommand(title);
  const type = useOrderTypeRows().find((row) => row.orderType === order.orderType);
  const priorities = prioritiesOf(usePriorityRows(), type?.priorityType);
  const fields: Field[] = [
    { kind: "text", name: "description", label: t("field.description"), required: true, lengthMax: 40 },
    { kind: "choice", name: "priority", label: t("field.priority"), choices: priorities },
    { kind: "choice", name: "activityType", label: t("field.activityType"), choices: useActivityTypes() },
    { kind: "text", name: "workCenter", label: t("field.workCenter"), proposed: useWorkCentersOf(order.plant) },
    { kind: "choice", name: "plannerGroup", label: t("field.plannerGroup"), choices: usePlannerGroups() },
    { kind: "date", name: "basicStart", label: t("field.basicStart"), required: true },
    { kind: "date", name: "basicFinish", label: t("field.basicFinish"), required: true },
  ];
  const initial = valuesOf(seen, NAMES);
  return (
    <FormDialog
      title={title}
      fields={fields}
      initial={initial}
      save={async (values) => {
        await give(changeOrder(order.orderNumber, changed(values, initial, seen)));
      }}
      onClose={onEnd}
    />
  );
}
