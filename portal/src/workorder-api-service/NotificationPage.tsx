import { lazy } from "react";
import { Link, useParams } from "react-router";
import { useSession } from "../session/session";
import { DataTable } from "../ui/DataTable";
import { Facts, ObjectFrame, type Section } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { OUTBOX } from "../ui/commands";
import { PendingMark } from "../ui/PendingMarks";
import { Later } from "../ui/Later";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useFormats } from "../words/plantTime";
import { useWords, type Words } from "../words/words";
import { Documents, History } from "./History";
import { Nothing } from "./Nothing";
import { codeText, documentsOf, findNotification, HISTORY_SHOWS, historyOf, meaning, SHOWS, type NotificationActivity, type NotificationCause, type NotificationDetail, type NotificationItem, type NotificationTask } from "./notifications";
import { meaning as orderMeaning } from "./orders";
import { numberOf, pendingSection } from "./pending";
import { Place } from "./Place";
import { dayTime } from "./times";

const NotificationActions = lazy(() => import("./NotificationActions"));

/** One notification: what was found, what caused it, what is to be done and what was done. */
export default function NotificationPage() {
  const { notification = "" } = useParams();
  const found = useRead(["notification", notification], () => findNotification(notification), [...SHOWS, "WorkOrders", OUTBOX]);
  return <ReadFrame read={found}>{(value) => <Shown notification={value} />}</ReadFrame>;
}

function Shown({ notification: shown }: { notification: NotificationDetail }) {
  const words = useWords();
  const { t, of, format } = words;
  const { may } = useSession();
  return (
    <ObjectFrame
      title={shown.description ?? numberOf(shown.notification, words)}
      subtitle={`${t("object.notification")} ${numberOf(shown.notification, words)}`}
      path={[{ text: t("nav.issues"), href: "/notifications" }]}
      status={
        <span className="states">
          <Status text={of("status", shown.lifecycleStatus ?? "")} meaning={meaning(shown.lifecycleStatus)} />
          {shown.breakdown && <Status text={t("notification.breakdown")} meaning="bad" />}
          <PendingMark pending={shown.pending} />
        </span>
      }
      actions={
        <Later>
          <NotificationActions notification={shown} />
        </Later>
      }
      facts={[
        { label: t("field.notificationType"), value: shown.notificationTypeDescription ?? shown.notificationType },
        { label: t("field.priority"), value: shown.priorityDescription ?? shown.priority },
        { label: t("field.equipment"), value: shown.equipment && <Link to={`/equipment/${short(shown.equipment)}`}>{shown.equipmentDescription ?? short(shown.equipment)}</Link> },
        {
          label: t("field.functionalLocation"),
          value: shown.functionalLocation && <Link to={`/functional-locations/${encodeURIComponent(shown.functionalLocation)}`}>{shown.functionalLocationDescription ?? shown.functionalLocation}</Link>,
        },
        { label: t("field.order"), value: shown.order && <OrderLink notification={shown} may={may("work-orders.read")} /> },
        { label: t("field.reportedBy"), value: shown.reportedBy },
        { label: t("field.notificationDate"), value: dayTime(format, shown.notificationDate, shown.notificationTime) },
        { label: t("field.plant"), value: shown.plantName ?? shown.plant },
        { label: t("field.systemStatusTexts"), value: shown.systemStatusTexts.join(", ") },
      ]}
      sections={sections(shown, words)}
    />
  );
}

function OrderLink({ notification: { order, orderDescription, orderLifecycleStatus }, may }: { notification: NotificationDetail; may: boolean }) {
  const { of } = useWords();
  const text = `${short(order)} ${orderDescription ?? ""}`;
  return (
    <>
      {may ? <Link to={`/orders/${short(order)}`}>{text}</Link> : text} {orderLifecycleStatus && <Status text={of("status", orderLifecycleStatus)} meaning={orderMeaning(orderLifecycleStatus)} />}
    </>
  );
}

function sections(shown: NotificationDetail, words: Words): Section[] {
  const { t } = words;
  return [
    ...pendingSection(shown.pending, words),
    { id: "malfunction", title: t("notification.malfunction"), content: <Malfunction shown={shown} /> },
    { id: "items", title: t("notification.items"), content: <Items items={shown.items} causes={shown.causes} /> },
    { id: "tasks", title: t("notification.tasks"), content: <Tasks tasks={shown.tasks} /> },
    { id: "activities", title: t("notification.activities"), content: <Activities activities={shown.activities} /> },
    { id: "documents", title: t("order.documents"), content: <Documents holder={{ kind: "notification", number: shown.notification, plant: shown.plant }} load={(after) => documentsOf(shown.notification, after)} count={shown.documentCount} /> },
    { id: "history", title: t("order.history"), content: <History id={["notification", shown.notification]} load={() => historyOf(shown.notification)} shows={HISTORY_SHOWS} /> },
    { id: "place", title: t("object.place"), content: <Place steps={shown.place} equipment={shown.equipment} equipmentDescription={shown.equipmentDescription} /> },
    { id: "header", title: t("order.header"), content: <Header shown={shown} /> },
  ];
}

function Malfunction({ shown }: { shown: NotificationDetail }) {
  const { t, format } = useWords();
  return (
    <Facts
      facts={[
        { label: t("field.breakdown"), value: shown.breakdown ? t("form.yes") : t("form.no") },
        { label: t("field.malfunctionStart"), value: dayTime(format, shown.malfunctionStart, shown.malfunctionStartTime) },
        { label: t("field.malfunctionEnd"), value: dayTime(format, shown.malfunctionEnd, shown.malfunctionEndTime) },
        { label: t("field.breakdownDuration"), value: shown.breakdownDuration === null ? "" : format.quantity(shown.breakdownDuration, shown.breakdownDurationUnit) },
        { label: t("field.requiredStart"), value: dayTime(format, shown.requiredStart, shown.requiredStartTime) },
        { label: t("field.requiredEnd"), value: dayTime(format, shown.requiredEnd, shown.requiredEndTime) },
        { label: t("field.code"), value: codeText(shown.codeDescription, shown.codeGroup, shown.code) },
      ]}
    />
  );
}

/** What was found, with the causes of each finding. */
function Items({ items, causes }: { items: readonly NotificationItem[]; causes: readonly NotificationCause[] }) {
  const { t } = useWords();
  if (items.length === 0) return <Nothing text={t("empty.items")} />;
  const causesOf = (item: NotificationItem) =>
    causes
      .filter((cause) => cause.item === item.item && !cause.deletionFlag)
      .map((cause) => [codeText(cause.causeCodeDescription, cause.causeCodeGroup, cause.causeCode), cause.text].filter((text, index, all) => text && all.indexOf(text) === index).join(": "))
      .join("; ");
  return (
    <DataTable<NotificationItem>
      name={t("notification.items")}
      rows={items.filter((item) => !item.deletionFlag)}
      keyOf={(item) => item.item}
      columns={[
        { id: "item", header: t("field.item"), text: (item) => short(item.item), width: "5rem", importance: 3 },
        { id: "text", header: t("field.text"), text: (item) => item.text ?? "", importance: 9 },
        { id: "part", header: t("field.objectPartCode"), text: (item) => codeText(item.objectPartCodeDescription, item.objectPartCodeGroup, item.objectPartCode), importance: 8 },
        { id: "damage", header: t("field.damageCode"), text: (item) => codeText(item.damageCodeDescription, item.damageCodeGroup, item.damageCode), importance: 8 },
        { id: "cause", header: t("field.cause"), text: causesOf, importance: 8 },
      ]}
    />
  );
}

function Tasks({ tasks }: { tasks: readonly NotificationTask[] }) {
  const { t, format } = useWords();
  if (tasks.length === 0) return <Nothing text={t("empty.tasks")} />;
  return (
    <DataTable<NotificationTask>
      name={t("notification.tasks")}
      rows={tasks.filter((task) => !task.deletionFlag)}
      keyOf={(task) => task.task}
      columns={[
        { id: "task", header: t("field.task"), text: (task) => short(task.task), width: "5rem", importance: 3 },
        { id: "code", header: t("field.taskCode"), text: (task) => codeText(task.taskCodeDescription, task.taskCodeGroup, task.taskCode), importance: 9 },
        { id: "text", header: t("field.text"), text: (task) => task.text ?? "", importance: 8 },
        { id: "person", header: t("field.personResponsible"), text: (task) => task.personResponsible ?? "", width: "9rem", importance: 6 },
        { id: "finish", header: t("field.plannedFinish"), text: (task) => dayTime(format, task.plannedFinish, task.plannedFinishTime), width: "9rem", importance: 6 },
        { id: "completed", header: t("field.completedOn"), text: (task) => [format.date(task.completedOn), task.completedBy].filter(Boolean).join(", "), width: "9rem", importance: 5 },
        { id: "status", header: t("field.systemStatusTexts"), text: (task) => task.systemStatusTexts.join(", "), importance: 7 },
      ]}
    />
  );
}

function Activities({ activities }: { activities: readonly NotificationActivity[] }) {
  const { t, format } = useWords();
  if (activities.length === 0) return <Nothing text={t("empty.activities")} />;
  return (
    <DataTable<NotificationActivity>
      name={t("notification.activities")}
      rows={activities.filter((activity) => !activity.deletionFlag)}
      keyOf={(activity) => activity.activity}
      columns={[
        { id: "activity", header: t("field.activity"), text: (activity) => short(activity.activity), width: "5rem", importance: 3 },
        { id: "code", header: t("field.activityCode"), text: (activity) => codeText(activity.activityCodeDescription, activity.activityCodeGroup, activity.activityCode), importance: 9 },
        { id: "text", header: t("field.text"), text: (activity) => activity.text ?? "", importance: 8 },
        { id: "start", header: t("order.start"), text: (activity) => format.date(activity.start), width: "9rem", importance: 6 },
        { id: "finish", header: t("order.end"), text: (activity) => format.date(activity.finish), width: "9rem", importance: 5 },
      ]}
    />
  );
}

function Header({ shown }: { shown: NotificationDetail }) {
  const { t } = useWords();
  const format = useFormats(shown.plant);
  return (
    <Facts
      facts={[
        { label: t("field.workCenter"), value: shown.workCenterDescription ?? shown.workCenter },
        { label: t("field.plannerGroup"), value: shown.plannerGroupName ?? shown.plannerGroup },
        { label: t("field.planningPlant"), value: shown.planningPlant },
        { label: t("field.catalogProfile"), value: shown.catalogProfile },
        { label: t("field.createdBy"), value: shown.createdBy },
        { label: t("field.createdOn"), value: format.date(shown.createdOn) },
        { label: t("field.changedBy"), value: shown.changedBy },
        { label: t("field.changedAt"), value: format.instant(shown.changedAt) },
      ]}
    />
  );
}
