import { lazy, useState } from "react";
import { useSession } from "../session/session";
import { useCommand } from "../ui/commands";
import type { Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { useWords } from "../words/words";
import { Act } from "./Act";
import { changed, changeNotification, completeNotification, putInProcess, valuesOf } from "./entries";
import { prioritiesOf, useNotificationTypeRows, usePriorityRows, useWorkCentersOf } from "./masterData";
import type { NotificationDetail } from "./notifications";
import { numberOf } from "./pending";
import Step from "./Step";
import { notificationAllows } from "./steps";

const CreateOrder = lazy(() => import("./CreateOrder"));

/** What can be done with a notification, by who may and where its status allows it. */
export default function NotificationActions({ notification }: { notification: NotificationDetail }) {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const type = useNotificationTypeRows().find((row) => row.notificationType === notification.notificationType);
  const number = numberOf(notification.notification, words);
  const openTasks = notification.tasks.filter(({ completedOn, deletionFlag }) => completedOn === null && !deletionFlag).length;
  return (
    <div className="page-actions">
      {may("work-orders.create") && notificationAllows("order", notification) && (
        <Act text={t("order.create")} emphasized>
          {(onEnd) => <CreateOrder notification={notification} plant={notification.plant} orderType={type?.orderType ?? undefined} onEnd={onEnd} />}
        </Act>
      )}
      {may("notifications.edit") && notificationAllows("putInProcess", notification) && (
        <Act text={t("notification.putInProcess")}>
          {(onEnd) => (
            <Step title={`${t("notification.putInProcess")}: ${number}`} action={t("notification.putInProcess")} call={putInProcess(notification.notification)} onEnd={onEnd}>
              <p>{t("notification.putInProcessAsk")}</p>
            </Step>
          )}
        </Act>
      )}
      {may("notifications.edit") && notificationAllows("change", notification) && <Act text={t("action.edit")}>{(onEnd) => <Change notification={notification} onEnd={onEnd} />}</Act>}
      {may("notifications.complete") && notificationAllows("complete", notification) && (
        <Act text={t("notification.complete")}>
          {(onEnd) => (
            <Step title={`${t("notification.complete")}: ${number}`} action={t("notification.complete")} call={completeNotification(notification.notification)} onEnd={onEnd}>
              <p>{openTasks > 0 ? t("notification.openTasks", { count: openTasks }) : t("notification.completeAsk")}</p>
            </Step>
          )}
        </Act>
      )}
    </div>
  );
}

const NAMES = ["description", "priority", "workCenter", "breakdown", "malfunctionStart", "malfunctionStartTime", "malfunctionEnd", "malfunctionEndTime", "requiredStart", "requiredEnd"] as const;

function Change({ notification, onEnd }: { notification: NotificationDetail; onEnd: () => void }) {
  const words = useWords();
  const { t } = words;
  const [seen] = useState(notification);
  const title = `${t("command.change-notification")}: ${numberOf(notification.notification, words)}`;
  const give = useCommand(title);
  const type = useNotificationTypeRows().find((row) => row.notificationType === seen.notificationType);
  const fields: Field[] = [
    { kind: "text", name: "description", label: t("field.description"), required: true, lengthMax: 40 },
    { kind: "choice", name: "priority", label: t("field.priority"), choices: prioritiesOf(usePriorityRows(), type?.priorityType) },
    { kind: "text", name: "workCenter", label: t("field.workCenter"), proposed: useWorkCentersOf(seen.plant) },
    { kind: "switch", name: "breakdown", label: t("notification.breakdown"), hint: t("notification.breakdownHint") },
    { kind: "date", name: "malfunctionStart", label: t("field.malfunctionStart") },
    { kind: "time", name: "malfunctionStartTime", label: t("operation.startTime") },
    { kind: "date", name: "malfunctionEnd", label: t("field.malfunctionEnd") },
    { kind: "time", name: "malfunctionEndTime", label: t("operation.finishTime") },
    { kind: "date", name: "requiredStart", label: t("field.requiredStart") },
    { kind: "date", name: "requiredEnd", label: t("field.requiredEnd") },
  ];
  const initial = valuesOf(seen, NAMES);
  return (
    <FormDialog
      title={title}
      fields={fields}
      initial={initial}
      save={async (values) => {
        await give(changeNotification(notification.notification, changed(values, initial, seen)));
      }}
      onClose={onEnd}
    />
  );
}
