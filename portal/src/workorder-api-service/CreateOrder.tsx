import { useNavigate } from "react-router";
import { pageOf, useCommand } from "../ui/commands";
import { DraftDialog, type DraftPart } from "../ui/DraftDialog";
import { DraftFields } from "../ui/DraftFields";
import { textOf, type Values } from "../ui/form";
import { useWords } from "../words/words";
import { createOrder, orderOf } from "./entries";
import { prioritiesOf, useActivityTypes, useOrderTypeRows, useOrderTypes, usePriorityRows, useWorkCentersOf } from "./masterData";
import type { NotificationDetail } from "./notifications";
import { ObjectFields, objectValues, type GivenObject } from "./ObjectFields";

type Props = { object?: GivenObject | undefined; notification?: NotificationDetail | undefined; plant?: string | null | undefined; orderType?: string | undefined; onEnd: () => void };

/** Creates an order: for an object, out of a notification, or for what is chosen. The page of the new order follows. */
export default function CreateOrder({ object, notification, plant, orderType, onEnd }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const title = t(notification === undefined ? "order.create" : "order.createFromNotification");
  const give = useCommand(t("order.create"));
  const initial: Values = {
    ...objectValues(notification === undefined ? object : undefined),
    notification: notification?.notification ?? "",
    orderType: orderType ?? "", description: notification?.description ?? "", priority: notification?.priority ?? "", activityType: "", workCenter: "", basicStart: "", basicFinish: "",
    "operations.0.description": "", "operations.0.work": "",
  };
  const save = async (draft: Values) => {
    const item = await give(createOrder(orderOf(draft)));
    const page = item && pageOf(item);
    if (page !== undefined) void navigate(page);
  };
  return (
    <DraftDialog<Values> listed title={title} saveText={t("action.create")} initial={initial} ready={(draft) => textOf(draft, "description") !== "" && (textOf(draft, "orderType") !== "" || notification !== undefined)} save={save} onClose={onEnd}>
      {(part) => <OrderFields part={part} object={object} fromNotification={notification !== undefined} plant={plant} />}
    </DraftDialog>
  );
}

type FieldsProps = { part: DraftPart<Values>; object: GivenObject | undefined; fromNotification: boolean; plant: string | null | undefined };

function OrderFields({ part, object, fromNotification, plant }: FieldsProps) {
  const { t } = useWords();
  const chosen = textOf(part.draft, "orderType");
  const type = useOrderTypeRows().find((row) => row.orderType === chosen);
  return (
    <>
      {!fromNotification && <ObjectFields part={part} given={object} />}
      <DraftFields
        part={part}
        fields={[
          { kind: "choice", name: "orderType", label: t("field.orderType"), required: true, choices: useOrderTypes() },
          { kind: "text", name: "description", label: t("field.description"), required: true, lengthMax: 40 },
          { kind: "choice", name: "priority", label: t("field.priority"), choices: prioritiesOf(usePriorityRows(), type?.priorityType) },
          { kind: "choice", name: "activityType", label: t("field.activityType"), choices: useActivityTypes() },
          { kind: "text", name: "workCenter", label: t("field.workCenter"), proposed: useWorkCentersOf(plant) },
        ]}
      />
      <div className="fields">
        <DraftFields
          part={part}
          fields={[
            { kind: "date", name: "basicStart", label: t("field.basicStart") },
            { kind: "date", name: "basicFinish", label: t("field.basicFinish") },
          ]}
        />
      </div>
      <fieldset className="fieldset">
        <legend>{t("field.operation")}</legend>
        <DraftFields
          part={part}
          fields={[
            { kind: "text", name: "operations.0.description", label: t("field.description"), lengthMax: 40 },
            { kind: "number", name: "operations.0.work", label: `${t("field.work")} (${t("field.hours")})`, min: 0 },
          ]}
        />
      </fieldset>
    </>
  );
}
