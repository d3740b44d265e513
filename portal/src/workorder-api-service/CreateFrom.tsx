import { lazy } from "react";
import { useSession } from "../session/session";
import { useWords } from "../words/words";
import { Act } from "./Act";
import type { GivenObject } from "./ObjectFields";

const CreateNotification = lazy(() => import("./CreateNotification"));
const CreateOrder = lazy(() => import("./CreateOrder"));

/** Reports a malfunction of an object, or creates an order for it; on a list for what is chosen. */
export default function CreateFrom({ object, plant, what = "both" }: { object?: GivenObject; plant?: string | null; what?: "both" | "order" | "notification" }) {
  const { t } = useWords();
  const { may } = useSession();
  return (
    <div className="page-actions">
      {what !== "order" && may("notifications.create") && (
        <Act text={t("notification.create")} emphasized>
          {(onEnd) => <CreateNotification object={object} onEnd={onEnd} />}
        </Act>
      )}
      {what !== "notification" && may("work-orders.create") && (
        <Act text={t("order.create")} emphasized={what === "order"}>
          {(onEnd) => <CreateOrder object={object} plant={plant} onEnd={onEnd} />}
        </Act>
      )}
    </div>
  );
}
