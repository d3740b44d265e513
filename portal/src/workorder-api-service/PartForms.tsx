import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "../api/client";
import { useCommand } from "../ui/commands";
import { DraftDialog } from "../ui/DraftDialog";
import { DraftFields } from "../ui/DraftFields";
import { textOf, type Field, type Values } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { short } from "../ui/numbers";
import { useSettled } from "../ui/useSettled";
import { useWords } from "../words/words";
import { addComponent, addOperation, entered, postMovement } from "./entries";
import { useWorkCentersOf } from "./masterData";
import type { OrderComponent, WorkOrderDetail } from "./orders";
import { numberOf } from "./pending";

/** Somebody who writes is asked for after so long. */
const WRITING_MS = 300;

type Props = { order: WorkOrderDetail; onEnd: () => void };

export function AddOperation({ order, onEnd }: Props) {
  const words = useWords();
  const { t } = words;
  const title = `${t("command.add-operation")}: ${numberOf(order.orderNumber, words)}`;
  const give = useCommand(title);
  const fields: Field[] = [
    { kind: "text", name: "description", label: t("field.description"), required: true, lengthMax: 40 },
    { kind: "number", name: "work", label: `${t("field.work")} (${t("field.hours")})`, min: 0 },
    { kind: "text", name: "workCenter", label: t("field.workCenter"), proposed: useWorkCentersOf(order.plant) },
    { kind: "date", name: "earliestStart", label: t("field.earliestStart") },
    { kind: "date", name: "latestFinish", label: t("field.latestFinish") },
  ];
  return (
    <FormDialog
      title={title}
      saveText={t("action.add")}
      fields={fields}
      initial={{ description: "", work: "", workCenter: order.workCenter ?? "", earliestStart: "", latestFinish: "" }}
      save={async (values) => {
        const work = textOf(values, "work") === "" ? {} : { work: Number(textOf(values, "work")), workUnit: "H" };
        await give(addOperation(order.orderNumber, { ...entered(values, ["description", "workCenter", "earliestStart", "latestFinish"]), ...work }));
      }}
      onClose={onEnd}
    />
  );
}

export function AddComponent({ order, onEnd }: Props) {
  const words = useWords();
  const { t } = words;
  const title = `${t("command.add-component")}: ${numberOf(order.orderNumber, words)}`;
  const give = useCommand(title);
  const initial: Values = { material: "", requiredQuantity: "1", operation: order.operations[0]?.operation ?? "", storageLocation: "", requirementDate: "" };
  return (
    <DraftDialog<Values>
      listed
      title={title}
      saveText={t("action.add")}
      initial={initial}
      ready={(draft) => textOf(draft, "material") !== "" && Number(textOf(draft, "requiredQuantity")) > 0}
      save={(draft) => give(addComponent(order.orderNumber, entered(draft, ["material", "operation", "storageLocation", "requirementDate"], { numbers: ["requiredQuantity"] })))}
      onClose={onEnd}
    >
      {(part) => <ComponentFields part={part} order={order} />}
    </DraftDialog>
  );
}

function ComponentFields({ part, order }: { part: Parameters<typeof DraftFields>[0]["part"]; order: WorkOrderDetail }) {
  const { t, format } = useWords();
  const asked = useSettled(textOf(part.draft, "material"), WRITING_MS);
  const { data: found = [] } = useQuery({ queryKey: ["proposed-materials", asked, order.plant], queryFn: async () => (await read(api.GET("/api/materials", { params: { query: { text: asked, limit: 20, ...(order.plant && { plant: order.plant }) } as never } }))).items, enabled: asked.length > 1 });
  const chosen = found.find((one) => short(one.material) === asked || one.material === asked);
  const fields: Field[] = [
    { kind: "text", name: "material", label: t("field.material"), required: true, hint: chosen?.description ?? t("order.searchHint"), proposed: found.map((one) => ({ value: short(one.material), text: one.description ?? "" })) },
    { kind: "number", name: "requiredQuantity", label: t("field.requiredQuantity"), required: true, min: 0, ...(chosen?.baseUnit && { hint: chosen.baseUnit }) },
    { kind: "choice", name: "operation", label: t("field.operation"), choices: order.operations.filter(({ suboperation }) => !suboperation).map(({ operation, description }) => ({ value: operation, text: [operation, description].filter(Boolean).join(" ") })) },
    { kind: "text", name: "storageLocation", label: t("field.storageLocation"), lengthMax: 4 },
    { kind: "date", name: "requirementDate", label: t("field.requirementDate"), hint: format.date(order.basicStart) },
  ];
  return <DraftFields part={part} fields={fields} />;
}

type Direction = "issue" | "return";

/** Takes a component from the stores for its order, or gives it back. */
export function MoveComponent({ order, component, direction, onEnd }: Props & { component: OrderComponent; direction: Direction }) {
  const { t, format } = useWords();
  const [seen] = useState(component);
  const title = `${t(direction === "issue" ? "parts.issue" : "parts.return")}: ${seen.description ?? short(seen.material)}`;
  const give = useCommand(title);
  const proposed = direction === "issue" ? Math.max(0, (seen.requiredQuantity ?? 0) - (seen.withdrawnQuantity ?? 0)) : (seen.withdrawnQuantity ?? 0);
  const fields: Field[] = [
    { kind: "number", name: "quantity", label: `${t("field.quantity")} (${seen.unit ?? ""})`, required: true, min: 0, hint: `${t("field.unrestrictedStock")}: ${format.quantity(seen.stock?.unrestrictedStock, seen.stock?.baseUnit) || "–"}` },
    { kind: "text", name: "storageLocation", label: t("field.storageLocation"), required: true, lengthMax: 4 },
    { kind: "text", name: "text", label: t("field.text"), lengthMax: 50 },
  ];
  return (
    <FormDialog
      title={title}
      saveText={t(direction === "issue" ? "parts.issue" : "parts.return")}
      fields={fields}
      initial={{ quantity: proposed === 0 ? "" : String(proposed), storageLocation: seen.storageLocation ?? "", text: "" }}
      save={async (values) => {
        await give(
          postMovement({
            movementType: direction === "issue" ? "261" : "262",
            orderNumber: order.orderNumber,
            reservation: seen.reservation,
            reservationItem: seen.item,
            ...entered(values, ["storageLocation", "text"], { numbers: ["quantity"] }),
          }),
        );
      }}
      onClose={onEnd}
    />
  );
}
