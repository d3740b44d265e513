import { lazy, useMemo } from "react";
import { useMe } from "../session/session";
import type { Column } from "../ui/DataTable";
import { daysBetween } from "../ui/days";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { Later } from "../ui/Later";
import { short } from "../ui/numbers";
import { OPEN } from "../ui/orderQuery";
import type { QuickFilter } from "../ui/QuickFilters";
import { OUTBOX } from "../ui/commands";
import { PendingMark } from "../ui/PendingMarks";
import { Status } from "../ui/Status";
import { useWords, type TextKey, type Words } from "../words/words";
import { groupingsBy } from "./groups";
import { numberOf } from "./pending";
import { useOrderTypes, usePlannerGroups, usePlants, usePriorities, useWorkCenters } from "./masterData";
import { COUNTED_BY, countOrders, isOverdue, listOrders, meaning, readerOf, SHOWS, STATUSES, type CountedBy, type WorkOrder } from "./orders";

type Choices = Record<CountedBy, readonly Choice[]>;

const CreateFrom = lazy(() => import("./CreateFrom"));

/** All work orders of the caller's plants. */
export default function Orders() {
  const words = useWords();
  const { t, of } = words;
  const me = useMe();
  const reader = readerOf(me, words.dayZone);
  const shown = useMemo(() => columns(words, reader.today), [words, reader.today]);
  const choices: Choices = {
    status: STATUSES.map((value) => ({ value, text: of("status", value) })),
    type: useOrderTypes(),
    priority: usePriorities(),
    workCenter: useWorkCenters(),
    plannerGroup: usePlannerGroups(),
    plant: usePlants(),
  };
  return (
    <ListReport<WorkOrder>
      page="orders"
      title={t("nav.orders")}
      shows={[...SHOWS, OUTBOX]}
      columns={shown}
      filters={filters(words, choices)}
      quickFilters={quickFilters(words, me.workCenters.length > 0)}
      groupings={groupingsBy(words, LABELS, choices, STATUSES, (by, query) => countOrders(by, query, reader))}
      keyOf={(order) => order.orderNumber}
      hrefOf={(order) => `/orders/${short(order.orderNumber)}`}
      load={(query, after, limit) => listOrders(query, after, limit, reader)}
      actions={
        <Later>
          <CreateFrom what="order" />
        </Later>
      }
      emptyTitle={t("empty.orders")}
      emptyHint={t("empty.ordersHint")}
    />
  );
}

const LABELS: Record<CountedBy, TextKey> = {
  status: "field.lifecycleStatus",
  type: "field.orderType",
  priority: "field.priority",
  workCenter: "field.workCenter",
  plannerGroup: "field.plannerGroup",
  plant: "field.plant",
};

const columns = (words: Words, day: string): Column<WorkOrder>[] => {
  const { t, of, format } = words;
  return [
  { id: "orderNumber", header: t("field.orderNumber"), text: (order) => numberOf(order.orderNumber, words), sort: "orderNumber", oneWay: true, width: "7rem", importance: 9 },
  { id: "description", header: t("field.description"), text: (order) => order.description ?? "", importance: 9 },
  {
    id: "status",
    header: t("field.lifecycleStatus"),
    text: (order) => of("status", order.lifecycleStatus ?? ""),
    cell: (order) => (
      <span className="states">
        <Status text={of("status", order.lifecycleStatus ?? "")} meaning={meaning(order.lifecycleStatus)} />
        <PendingMark pending={order.pending} />
      </span>
    ),
    width: "9rem",
    importance: 8,
  },
  { id: "priority", header: t("field.priority"), text: (order) => order.priorityDescription ?? order.priority ?? "", sort: "priority", oneWay: true, width: "7rem", importance: 6 },
  { id: "equipment", header: t("field.equipment"), text: (order) => order.equipmentDescription ?? short(order.equipment), importance: 5 },
  { id: "functionalLocation", header: t("field.functionalLocation"), text: (order) => order.functionalLocation ?? "", exportOnly: true },
  { id: "type", header: t("field.orderType"), text: (order) => order.orderTypeDescription ?? order.orderType ?? "", exportOnly: true },
  { id: "workCenter", header: t("field.workCenter"), text: (order) => order.workCenter ?? "", width: "7rem", importance: 4 },
  { id: "plannerGroup", header: t("field.plannerGroup"), text: (order) => order.plannerGroupName ?? order.plannerGroup ?? "", exportOnly: true },
  { id: "basicStart", header: t("field.basicStart"), text: (order) => format.date(order.basicStart), day: (order) => order.basicStart, sort: "basicStart", width: "8rem", importance: 7 },
  {
    id: "basicFinish",
    header: t("field.basicFinish"),
    text: (order) => format.date(order.basicFinish),
    day: (order) => order.basicFinish,
    cell: (order) => (
      <>
        {format.date(order.basicFinish)}{" "}
        {isOverdue(order, day) && <Status text={t("order.daysLate", { count: daysBetween(order.basicFinish ?? day, day) })} meaning="bad" />}
      </>
    ),
    sort: "basicFinish",
    width: "8rem",
    importance: 6,
  },
  { id: "plant", header: t("field.plant"), text: (order) => order.plant ?? "", width: "7rem", importance: 2 },
  { id: "notification", header: t("field.notification"), text: (order) => short(order.notification), exportOnly: true },
];
};

const filters = ({ t }: Words, choices: Choices): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  ...COUNTED_BY.map((name): Filter => ({ kind: "choice", name, label: t(LABELS[name]), choices: choices[name] })),
  { kind: "text", name: "equipment", label: t("field.equipment") },
  { kind: "text", name: "functionalLocation", label: t("field.functionalLocation"), placeholder: t("filter.withAllBelow") },
  { kind: "dates", from: "startFrom", to: "startTo", label: t("field.basicStart") },
  { kind: "dates", from: "finishFrom", to: "finishTo", label: t("field.basicFinish") },
];

/** Whoever has no work center sees no filter for it. */
const quickFilters = ({ t }: Words, hasWorkCenter: boolean): QuickFilter[] => [
  ...(hasWorkCenter ? [{ text: t("filter.myWorkCenter"), sets: { mine: "true" } }] : []),
  { text: t("filter.open"), sets: { status: OPEN.join(",") } },
  { text: t("filter.overdue"), sets: { overdue: "true" } },
  { text: t("filter.dueByToday"), sets: { start: "today" } },
  { text: t("filter.thisWeek"), sets: { start: "week" } },
  { text: t("filter.ahead"), sets: { start: "ahead" } },
];
