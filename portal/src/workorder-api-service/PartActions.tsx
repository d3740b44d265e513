import { lazy } from "react";
import { useSession } from "../session/session";
import { short } from "../ui/numbers";
import { useWords } from "../words/words";
import { Act } from "./Act";
import { cancelConfirmation, cancelMovement } from "./entries";
import { coverage, type Confirmation, type GoodsMovement, type Operation, type OrderComponent, type WorkOrderDetail } from "./orders";
import { isDone, orderAllows, partsKnown } from "./steps";

const ConfirmForm = lazy(() => import("./ConfirmForm"));
const Step = lazy(() => import("./Step"));
const AddOperation = lazy(async () => ({ default: (await import("./PartForms")).AddOperation }));
const AddComponent = lazy(async () => ({ default: (await import("./PartForms")).AddComponent }));
const MoveComponent = lazy(async () => ({ default: (await import("./PartForms")).MoveComponent }));

type Props = { order: WorkOrderDetail; adds?: "operation" | "component"; operation?: Operation; component?: OrderComponent; confirmation?: Confirmation; movement?: GoodsMovement };

/** What can be done with one part of an order, or what adds one; nothing where the order's status forbids it or the reader may not. */
export default function PartActions({ order, adds, operation, component, confirmation, movement }: Props) {
  return (
    <span className="row-actions">
      {adds && <Adding order={order} what={adds} />}
      {operation && <OfOperation order={order} operation={operation} />}
      {component && <OfComponent order={order} component={component} />}
      {confirmation && <OfConfirmation order={order} confirmation={confirmation} />}
      {movement && <OfMovement movement={movement} />}
    </span>
  );
}

function Adding({ order, what }: { order: WorkOrderDetail; what: "operation" | "component" }) {
  const { t } = useWords();
  const { may } = useSession();
  if (!may("work-orders.edit") || !orderAllows("change", order)) return null;
  return what === "operation" ? <Act text={t("command.add-operation")}>{(onEnd) => <AddOperation order={order} onEnd={onEnd} />}</Act> : <Act text={t("command.add-component")}>{(onEnd) => <AddComponent order={order} onEnd={onEnd} />}</Act>;
}

function OfOperation({ order, operation }: { order: WorkOrderDetail; operation: Operation }) {
  const { t } = useWords();
  const { may } = useSession();
  if (!may("work-orders.confirm") || !orderAllows("book", order) || isDone(operation)) return null;
  return (
    <Act small text={t("action.confirm")} of={`${t("object.operation")} ${operation.operation}`}>
      {(onEnd) => <ConfirmForm order={order} operation={operation} onEnd={onEnd} />}
    </Act>
  );
}

function OfComponent({ order, component }: { order: WorkOrderDetail; component: OrderComponent }) {
  const { t } = useWords();
  const { may } = useSession();
  if (!may("goods-movements.post") || !partsKnown(order) || component.deletionFlag) return null;
  const name = component.description ?? short(component.material);
  return (
    <>
      {orderAllows("book", order) && coverage(component).kind !== "done" && (
        <Act small text={t("parts.issue")} of={name}>
          {(onEnd) => <MoveComponent order={order} component={component} direction="issue" onEnd={onEnd} />}
        </Act>
      )}
      {orderAllows("giveBack", order) && (component.withdrawnQuantity ?? 0) > 0 && (
        <Act small text={t("parts.return")} of={name}>
          {(onEnd) => <MoveComponent order={order} component={component} direction="return" onEnd={onEnd} />}
        </Act>
      )}
    </>
  );
}

function OfConfirmation({ order, confirmation: { confirmation, counter, cancelled, cancelledCounter } }: { order: WorkOrderDetail; confirmation: Confirmation }) {
  const { t } = useWords();
  const { may } = useSession();
  const isCancellation = !/^0*$/.test(cancelledCounter ?? "");
  if (!may("work-orders.cancel-confirmation") || !orderAllows("book", order) || cancelled || isCancellation) return null;
  const number = `${short(confirmation)} / ${short(counter)}`;
  return (
    <Act small text={t("order.cancelPosting")} of={number}>
      {(onEnd) => (
        <Step title={`${t("command.cancel-confirmation")}: ${number}`} action={t("order.cancelPosting")} destructive call={cancelConfirmation(confirmation, counter)} onEnd={onEnd}>
          <p>{t("order.cancelConfirmationAsk")}</p>
        </Step>
      )}
    </Act>
  );
}

function OfMovement({ movement: { materialDocument, materialDocumentYear, cancelledDocument } }: { movement: GoodsMovement }) {
  const { t } = useWords();
  const { may } = useSession();
  if (!may("goods-movements.cancel") || cancelledDocument) return null;
  return (
    <Act small text={t("order.cancelPosting")} of={materialDocument}>
      {(onEnd) => (
        <Step title={`${t("command.cancel-goods-movement")}: ${short(materialDocument)}`} action={t("order.cancelPosting")} destructive call={cancelMovement(materialDocument, materialDocumentYear)} onEnd={onEnd}>
          <p>{t("order.cancelMovementAsk")}</p>
        </Step>
      )}
    </Act>
  );
}
