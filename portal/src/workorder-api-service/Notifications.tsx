import { lazy } from "react";
import { Link } from "react-router";
import type { Column } from "../ui/DataTable";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { Later } from "../ui/Later";
import { short } from "../ui/numbers";
import type { QuickFilter } from "../ui/QuickFilters";
import { OUTBOX } from "../ui/commands";
import { PendingMark } from "../ui/PendingMarks";
import { Status } from "../ui/Status";
import { useWords, type TextKey, type Words } from "../words/words";
import { groupingsBy } from "./groups";
import { numberOf } from "./pending";
import { useNotificationTypes, usePlants, usePriorities } from "./masterData";
import { COUNTED_BY, countNotifications, listNotifications, meaning, STATUSES, type CountedBy, type Notification } from "./notifications";

type Choices = Record<CountedBy, readonly Choice[]>;

const CreateFrom = lazy(() => import("./CreateFrom"));

/** All notifications of the caller's plants. */
export default function Notifications() {
  const words = useWords();
  const { t, of } = words;
  const choices: Choices = {
    status: STATUSES.map((value) => ({ value, text: of("status", value) })),
    type: useNotificationTypes(),
    priority: usePriorities(),
    plant: usePlants(),
  };
  return (
    <ListReport<Notification>
      page="notifications"
      title={t("nav.issues")}
      shows={["Notifications", OUTBOX]}
      columns={columns(words)}
      filters={filters(words, choices)}
      quickFilters={quickFilters(words)}
      groupings={groupingsBy(words, LABELS, choices, STATUSES, countNotifications)}
      keyOf={(row) => row.notification}
      hrefOf={(row) => `/notifications/${short(row.notification)}`}
      load={listNotifications}
      actions={
        <Later>
          <CreateFrom what="notification" />
        </Later>
      }
      emptyTitle={t("empty.notifications")}
    />
  );
}

const LABELS: Record<CountedBy, TextKey> = {
  status: "field.lifecycleStatus",
  type: "field.notificationType",
  priority: "field.priority",
  plant: "field.plant",
};

const columns = (words: Words): Column<Notification>[] => {
  const { t, of, format } = words;
  return [
  { id: "notification", header: t("field.notification"), text: (row) => numberOf(row.notification, words), sort: "notification", oneWay: true, width: "8rem", importance: 9 },
  { id: "description", header: t("field.description"), text: (row) => row.description ?? "", importance: 9 },
  {
    id: "status",
    header: t("field.lifecycleStatus"),
    text: (row) => of("status", row.lifecycleStatus ?? ""),
    cell: (row) => (
      <span className="states">
        <Status text={of("status", row.lifecycleStatus ?? "")} meaning={meaning(row.lifecycleStatus)} />
        <PendingMark pending={row.pending} />
      </span>
    ),
    width: "8rem",
    importance: 8,
  },
  { id: "priority", header: t("field.priority"), text: (row) => row.priorityDescription ?? row.priority ?? "", sort: "priority", oneWay: true, width: "7rem", importance: 7 },
  {
    id: "breakdown",
    header: t("field.breakdown"),
    text: (row) => (row.breakdown ? t("form.yes") : ""),
    cell: (row) => row.breakdown && <Status text={t("notification.breakdown")} meaning="bad" />,
    width: "7rem",
    importance: 5,
  },
  { id: "equipment", header: t("field.equipment"), text: (row) => row.equipmentDescription ?? short(row.equipment), importance: 6 },
  { id: "functionalLocation", header: t("field.functionalLocation"), text: (row) => row.functionalLocation ?? "", exportOnly: true },
  { id: "type", header: t("field.notificationType"), text: (row) => row.notificationTypeDescription ?? row.notificationType ?? "", exportOnly: true },
  { id: "order", header: t("field.order"), text: (row) => short(row.order), cell: (row) => row.order && <Link to={`/orders/${short(row.order)}`}>{short(row.order)}</Link>, width: "7rem", importance: 6 },
  { id: "reportedBy", header: t("field.reportedBy"), text: (row) => row.reportedBy ?? "", exportOnly: true },
  { id: "notificationDate", header: t("field.notificationDate"), text: (row) => format.date(row.notificationDate), day: (row) => row.notificationDate, sort: "notificationDate", width: "8rem", importance: 7 },
  { id: "plant", header: t("field.plant"), text: (row) => row.plant ?? "", width: "7rem", importance: 1 },
];
};

const filters = ({ t }: Words, choices: Choices): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  ...COUNTED_BY.map((name): Filter => ({ kind: "choice", name, label: t(LABELS[name]), choices: choices[name] })),
  { kind: "text", name: "equipment", label: t("field.equipment") },
  { kind: "text", name: "functionalLocation", label: t("field.functionalLocation"), placeholder: t("filter.withAllBelow") },
  { kind: "text", name: "reportedBy", label: t("field.reportedBy") },
  { kind: "dates", from: "reportedFrom", to: "reportedTo", label: t("field.notificationDate") },
];

const quickFilters = ({ t }: Words): QuickFilter[] => [
  { text: t("filter.open"), sets: { open: "true" } },
  { text: t("filter.withoutOrder"), sets: { withOrder: "false" } },
  { text: t("filter.withOrder"), sets: { withOrder: "true" } },
  { text: t("notification.breakdown"), sets: { breakdown: "true" } },
];
