import { lazy } from "react";
import { useSession } from "../session/session";
import { useWords } from "../words/words";
import { Act } from "./Act";
import { completeOrder, releaseOrder, reopenOrder } from "./entries";
import type { WorkOrderDetail } from "./orders";
import { numberOf } from "./pending";
import Step from "./Step";
import { openParts, orderAllows, partsKnown } from "./steps";

const AssignForm = lazy(() => import("./AssignForm"));
const ChangeOrder = lazy(() => import("./ChangeOrder"));

/** What can be done with an order as a whole, by who may and where its status allows it. */
export default function OrderActions({ order }: { order: WorkOrderDetail }) {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const { orderNumber } = order;
  const number = numberOf(orderNumber, words);
  const step = (text: string) => `${text}: ${partsKnown(order) ? number : (order.description ?? number)}`;
  return (
    <div className="page-actions">
      {may("work-orders.release") && orderAllows("release", order) && (
        <Act text={t("order.release")} emphasized>
          {(onEnd) => (
            <Step title={step(t("order.release"))} action={t("order.release")} call={releaseOrder(orderNumber)} onEnd={onEnd}>
              <p>{t("order.releaseAsk", { orderNumber: number })}</p>
            </Step>
          )}
        </Act>
      )}
      {may("work-orders.complete") && orderAllows("complete", order) && (
        <Act text={t("order.complete")}>
          {(onEnd) => (
            <Step title={step(t("order.complete"))} action={t("order.complete")} call={completeOrder(orderNumber)} onEnd={onEnd}>
              <Open order={order} />
            </Step>
          )}
        </Act>
      )}
      {may("work-orders.complete") && orderAllows("reopen", order) && (
        <Act text={t("order.reopen")}>
          {(onEnd) => (
            <Step title={step(t("order.reopen"))} action={t("order.reopen")} call={reopenOrder(orderNumber)} onEnd={onEnd}>
              <p>{t("order.reopenAsk")}</p>
            </Step>
          )}
        </Act>
      )}
      {may("work-orders.edit") && orderAllows("change", order) && <Act text={t("action.edit")}>{(onEnd) => <ChangeOrder order={order} onEnd={onEnd} />}</Act>}
      {may("work-orders.assign") && orderAllows("change", order) && <Act text={t("order.assign")}>{(onEnd) => <AssignForm order={order} onEnd={onEnd} />}</Act>}
    </div>
  );
}

/** Names what is not finished, so that nobody completes an order without knowing. */
function Open({ order }: { order: WorkOrderDetail }) {
  const { t, of, format } = useWords();
  const { operations, components, entries } = openParts(order);
  if (operations.length + components.length + entries.length === 0) return <p>{t("order.completeAsk")}</p>;
  return (
    <>
      <p>{t("order.completeOpen")}</p>
      <ul>
        {operations.map(({ operation, description }) => (
          <li key={operation}>
            {t("object.operation")} {operation} {description}
          </li>
        ))}
        {components.map((one) => (
          <li key={`${one.reservation}/${one.item}`}>
            {one.description}: {format.quantity((one.requiredQuantity ?? 0) - (one.withdrawnQuantity ?? 0), one.unit)}
          </li>
        ))}
        {entries.map(({ id, command }) => (
          <li key={id}>
            {of("command", command)}: {t("command.pending")}
          </li>
        ))}
      </ul>
    </>
  );
}
