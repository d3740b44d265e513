import { lazy, type ReactNode } from "react";
import { Link, useParams } from "react-router";
import { useSession } from "../session/session";
import { daysBetween, today } from "../ui/days";
import { Facts, ObjectFrame, type Section } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { isNumbered, OUTBOX } from "../ui/commands";
import { PendingMark } from "../ui/PendingMarks";
import { Later } from "../ui/Later";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useFormats } from "../words/plantTime";
import { useWords, type Words } from "../words/words";
import { Nothing } from "./Nothing";
import { lotsOfOrder, SHOWS as LOTS_SHOW, type InspectionLot } from "./inspections";
import { OrderDates } from "./OrderDates";
import { Documents, History } from "./History";
import { Components, Confirmations, GoodsMovements, InspectionLots, Operations, TimeSheets } from "./OrderParts";
import { documentsOf, findOrder, HISTORY_SHOWS, historyOf, isOverdue, meaning, SHOWS, type WorkOrderDetail } from "./orders";
import { numberOf, pendingSection } from "./pending";
import { Place } from "./Place";
import { dayTime } from "./times";

const OrderActions = lazy(() => import("./OrderActions"));
const PartActions = lazy(() => import("./PartActions"));

/** One work order: its dates, operations, parts and what was posted for it, and where it comes from. */
export default function OrderPage() {
  const { orderNumber = "" } = useParams();
  const order = useRead(["order", orderNumber], () => findOrder(orderNumber), [...SHOWS, "Components", "Stocks", "Confirmations", "GoodsMovements", "TimeSheets", "Attachments", OUTBOX]);
  return <ReadFrame read={order}>{(found) => <Shown order={found} />}</ReadFrame>;
}

function Shown({ order }: { order: WorkOrderDetail }) {
  const words = useWords();
  const { t, of, format } = words;
  const { may } = useSession();
  const day = today(words.dayZone);
  const { data: lots } = useRead(["inspection lots of", order.orderNumber], () => lotsOfOrder(order.orderNumber), LOTS_SHOW, may("inspections.read") && isNumbered(order.orderNumber));
  return (
    <ObjectFrame
      title={order.description ?? numberOf(order.orderNumber, words)}
      subtitle={`${t("object.work-order")} ${numberOf(order.orderNumber, words)}`}
      path={[{ text: t("nav.orders"), href: "/orders" }]}
      status={
        <span className="states">
          <Status text={of("status", order.lifecycleStatus ?? "")} meaning={meaning(order.lifecycleStatus)} />
          {isOverdue(order, day) && <Status text={t("order.daysLate", { count: daysBetween(order.basicFinish ?? day, day) })} meaning="bad" />}
          <PendingMark pending={order.pending} />
        </span>
      }
      actions={
        <Later>
          <OrderActions order={order} />
        </Later>
      }
      facts={[
        { label: t("field.orderType"), value: order.orderTypeDescription ?? order.orderType },
        { label: t("field.priority"), value: order.priorityDescription ?? order.priority },
        { label: t("field.equipment"), value: order.equipment && <Link to={`/equipment/${short(order.equipment)}`}>{order.equipmentDescription ?? short(order.equipment)}</Link> },
        {
          label: t("field.functionalLocation"),
          value: order.functionalLocation && <Link to={`/functional-locations/${encodeURIComponent(order.functionalLocation)}`}>{order.functionalLocationDescription ?? order.functionalLocation}</Link>,
        },
        { label: t("field.workCenter"), value: order.workCenterDescription ?? order.workCenter },
        { label: t("field.plannerGroup"), value: order.plannerGroupName ?? order.plannerGroup },
        { label: t("field.basicStart"), value: format.date(order.basicStart) },
        { label: t("field.basicFinish"), value: format.date(order.basicFinish) },
        { label: t("field.plant"), value: order.plantName ?? order.plant },
        { label: t("field.systemStatusTexts"), value: order.systemStatusTexts.join(", ") },
      ]}
      sections={sections(order, words, may("notifications.read"), lots?.items ?? [])}
    />
  );
}

function sections(order: WorkOrderDetail, words: Words, mayNotifications: boolean, lots: readonly InspectionLot[]): Section[] {
  const { t } = words;
  return [
    ...pendingSection(order.pending, words),
    { id: "operations", title: t("order.operations"), content: <Acting order={order} what="operation" table={<Operations operations={order.operations} act={(operation) => <PartActions order={order} operation={operation} />} />} /> },
    { id: "components", title: t("order.components"), content: <Acting order={order} what="component" table={order.components.length > 0 ? <Components components={order.components} act={(component) => <PartActions order={order} component={component} />} /> : <Nothing text={t("empty.components")} />} /> },
    ...(lots.length > 0 ? [{ id: "inspection-lots", title: t("objects.inspection-lot"), content: <InspectionLots lots={lots} /> }] : []),
    { id: "dates", title: t("order.dates"), content: <OrderDates order={order} /> },
    { id: "confirmations", title: t("order.confirmations"), content: <Confirmations orderNumber={order.orderNumber} count={order.confirmationCount} act={(confirmation) => <PartActions order={order} confirmation={confirmation} />} /> },
    { id: "goods-movements", title: t("objects.goods-movement"), content: <GoodsMovements orderNumber={order.orderNumber} count={order.goodsMovementCount} act={(movement) => <PartActions order={order} movement={movement} />} /> },
    { id: "time-sheets", title: t("objects.time-sheet"), content: <TimeSheets orderNumber={order.orderNumber} count={order.timeSheetCount} /> },
    ...(mayNotifications && order.originNotification ? [{ id: "notification", title: t("order.notification"), content: <Origin order={order} /> }] : []),
    { id: "documents", title: t("order.documents"), content: <Documents holder={{ kind: "order", number: order.orderNumber, plant: order.plant }} load={(after) => documentsOf(order.orderNumber, after)} count={order.documentCount} /> },
    { id: "history", title: t("order.history"), content: <History id={["order", order.orderNumber]} load={() => historyOf(order.orderNumber)} shows={HISTORY_SHOWS} /> },
    { id: "place", title: t("object.place"), content: <Place steps={order.place} equipment={order.equipment} equipmentDescription={order.equipmentDescription} /> },
    { id: "header", title: t("order.header"), content: <Header order={order} /> },
  ];
}

/** A table of the order's parts, and below it what adds one. */
function Acting({ order, what, table }: { order: WorkOrderDetail; what: "operation" | "component"; table: ReactNode }) {
  return (
    <div className="stack">
      {table}
      <Later>
        <PartActions order={order} adds={what} />
      </Later>
    </div>
  );
}

/** The notification that the order answers. */
function Origin({ order: { originNotification } }: { order: WorkOrderDetail }) {
  const { t, format } = useWords();
  if (originNotification === null) return null;
  const { notification, description, reportedBy, notificationDate, breakdown, malfunctionStart, malfunctionStartTime, malfunctionEnd, malfunctionEndTime } = originNotification;
  return (
    <Facts
      facts={[
        { label: t("field.notification"), value: <Link to={`/notifications/${short(notification)}`}>{`${short(notification)} ${description ?? ""}`}</Link> },
        { label: t("field.reportedBy"), value: reportedBy },
        { label: t("field.notificationDate"), value: format.date(notificationDate) },
        { label: t("field.breakdown"), value: breakdown && <Status text={t("notification.breakdown")} meaning="bad" /> },
        { label: t("field.malfunctionStart"), value: dayTime(format, malfunctionStart, malfunctionStartTime) },
        { label: t("field.malfunctionEnd"), value: dayTime(format, malfunctionEnd, malfunctionEndTime) },
      ]}
    />
  );
}

function Header({ order }: { order: WorkOrderDetail }) {
  const { t } = useWords();
  const format = useFormats(order.plant);
  return (
    <Facts
      facts={[
        { label: t("field.activityType"), value: order.activityTypeDescription ?? order.activityType },
        { label: t("field.planningPlant"), value: order.planningPlant },
        { label: t("field.companyCode"), value: order.companyCode },
        { label: t("field.costCenter"), value: short(order.costCenter) },
        { label: t("field.maintenancePlan"), value: short(order.maintenancePlan) },
        { label: t("field.maintenanceItem"), value: short(order.maintenanceItem) },
        { label: t("field.callNumber"), value: format.number(order.callNumber) },
        { label: t("field.createdBy"), value: order.createdBy },
        { label: t("field.createdOn"), value: format.date(order.createdOn) },
        { label: t("field.releasedOn"), value: format.date(order.releasedOn) },
        { label: t("field.technicallyCompletedOn"), value: format.date(order.technicallyCompletedOn) },
        { label: t("field.closedOn"), value: format.date(order.closedOn) },
        { label: t("field.changedBy"), value: order.changedBy },
        { label: t("field.changedAt"), value: format.instant(order.changedAt) },
      ]}
    />
  );
}
