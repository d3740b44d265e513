import { Link } from "react-router";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import type { Section } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useSession } from "../session/session";
import { useWords } from "../words/words";
import type { components } from "../api/schema";
import { equipmentPage, listOf, lotPage, materialPage, notificationPage, orderPage, placePage, planPage } from "./links";
import { listBomItems, listEquipment, listInspectionLots, listNotifications, listOrders, listPlans, SHOWS, type BomItem, type Equipment, type InspectionLot, type Notification, type Order, type PlaceStep, type Plan } from "./reads";

// What the pages of equipment and of functional locations have in common: everything that belongs to an object, each part read for itself.

/** An object by the name of the filter that finds what belongs to it. */
export type Owner = { equipment: string } | { functionalLocation: string };

/** What a page shows of a long list; its own list shows the rest. */
const NEWEST = 10;
const ALL = 200;

const queryOf = (owner: Owner, more: Record<string, string> = {}) => new URLSearchParams({ ...owner, ...more }).toString();

/** The parts that need permissions of their own: orders, notifications, inspection lots and maintenance plans. */
export function useWorkSections(owner: Owner): Section[] {
  const { t } = useWords();
  const { may } = useSession();
  const sections: (Section & { permission: string })[] = [
    { id: "orders", title: t("nav.orders"), content: <Orders owner={owner} />, permission: "work-orders.read" },
    { id: "notifications", title: t("nav.issues"), content: <Notifications owner={owner} />, permission: "notifications.read" },
    { id: "inspection-lots", title: t("objects.inspection-lot"), content: <InspectionLots owner={owner} />, permission: "inspections.read" },
    { id: "plans", title: t("nav.maintenancePlans"), content: <Plans owner={owner} />, permission: "maintenance-plans.read" },
  ];
  return sections.filter(({ permission }) => may(permission));
}

/** The way down to an object, each place with its page. */
export function Place({ steps }: { steps: readonly PlaceStep[] }) {
  const { t } = useWords();
  return (
    <nav aria-label={t("location.path")}>
      <ol className="place">
        {steps.map((step) => (
          <li key={step.functionalLocation}>
            <Link to={placePage(step.functionalLocation)}>{step.description ?? step.functionalLocation}</Link> <span className="quiet">{step.functionalLocation}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function All({ to, count, shown }: { to: string; count: number | null; shown: number }) {
  const { t, format } = useWords();
  if (count === null || count <= shown) return null;
  return (
    <p>
      <Link to={to}>{t("equipment.showAll", { count: format.number(count) })}</Link>
    </p>
  );
}

function Orders({ owner }: { owner: Owner }) {
  const { t, of, format } = useWords();
  const query = queryOf(owner, { sort: "-basicStart" });
  const read = useRead(["orders of", query], () => listOrders(query, NEWEST), SHOWS.orders);
  return (
    <ReadFrame read={read}>
      {({ items, total }) => (
        <>
          <DataTable<Order>
            name={t("nav.orders")}
            rows={items}
            keyOf={(order) => order.orderNumber}
            hrefOf={(order) => orderPage(order.orderNumber)}
            empty={<Empty title={t("empty.orders")} />}
            columns={[
              { id: "orderNumber", header: t("field.orderNumber"), text: (order) => short(order.orderNumber), width: "8rem", importance: 9 },
              { id: "description", header: t("field.description"), text: (order) => order.description ?? "", importance: 9 },
              { id: "status", header: t("field.lifecycleStatus"), text: (order) => of("status", order.lifecycleStatus ?? ""), importance: 7 },
              { id: "orderType", header: t("field.orderType"), text: (order) => order.orderTypeDescription ?? order.orderType ?? "", importance: 4 },
              { id: "basicStart", header: t("field.basicStart"), text: (order) => format.date(order.basicStart), width: "9rem", importance: 8 },
            ]}
          />
          <All to={listOf("orders", owner)} count={total} shown={items.length} />
        </>
      )}
    </ReadFrame>
  );
}

function Notifications({ owner }: { owner: Owner }) {
  const { t, of, format } = useWords();
  const query = queryOf(owner, { sort: "-notificationDate" });
  const read = useRead(["notifications of", query], () => listNotifications(query, NEWEST), SHOWS.notifications);
  return (
    <ReadFrame read={read}>
      {({ items, total }) => (
        <>
          <DataTable<Notification>
            name={t("nav.issues")}
            rows={items}
            keyOf={(notification) => notification.notification}
            hrefOf={(notification) => notificationPage(notification.notification)}
            empty={<Empty title={t("empty.notifications")} />}
            columns={[
              { id: "notification", header: t("field.notification"), text: (notification) => short(notification.notification), width: "8rem", importance: 9 },
              { id: "description", header: t("field.description"), text: (notification) => notification.description ?? "", importance: 9 },
              { id: "status", header: t("field.lifecycleStatus"), text: (notification) => of("status", notification.lifecycleStatus ?? ""), importance: 7 },
              { id: "date", header: t("field.notificationDate"), text: (notification) => format.date(notification.notificationDate), width: "9rem", importance: 8 },
            ]}
          />
          <All to={listOf("notifications", owner)} count={total} shown={items.length} />
        </>
      )}
    </ReadFrame>
  );
}

function InspectionLots({ owner }: { owner: Owner }) {
  const { t, of, format } = useWords();
  const query = queryOf(owner, { sort: "-createdOn" });
  const read = useRead(["inspection lots of", query], () => listInspectionLots(query, NEWEST), SHOWS.inspectionLots);
  return (
    <ReadFrame read={read}>
      {({ items, total }) => (
        <>
          <DataTable<InspectionLot>
            name={t("objects.inspection-lot")}
            rows={items}
            keyOf={(lot) => lot.inspectionLot}
            hrefOf={(lot) => lotPage(lot.inspectionLot)}
            empty={<Empty title={t("empty.inspectionLots")} />}
            columns={[
              { id: "inspectionLot", header: t("field.inspectionLot"), text: (lot) => short(lot.inspectionLot), width: "8rem", importance: 9 },
              { id: "description", header: t("field.description"), text: (lot) => lot.description ?? "", importance: 9 },
              { id: "status", header: t("field.lifecycleStatus"), text: (lot) => of("status", lot.lifecycleStatus ?? ""), importance: 7 },
              { id: "createdOn", header: t("field.createdOn"), text: (lot) => format.date(lot.createdOn), width: "9rem", importance: 8 },
            ]}
          />
          <All to={listOf("inspection-lots", owner)} count={total} shown={items.length} />
        </>
      )}
    </ReadFrame>
  );
}

function Plans({ owner }: { owner: Owner }) {
  const { t, format } = useWords();
  const query = queryOf(owner);
  const read = useRead(["plans of", query], () => listPlans(query, undefined, ALL), SHOWS.plans);
  return (
    <ReadFrame read={read}>
      {({ items, total }) => (
        <>
          <DataTable<Plan>
            name={t("nav.maintenancePlans")}
            rows={items}
            keyOf={(plan) => plan.maintenancePlan}
            hrefOf={(plan) => planPage(plan.maintenancePlan)}
            empty={<Empty title={t("empty.maintenancePlans")} />}
            columns={[
              { id: "maintenancePlan", header: t("field.maintenancePlan"), text: (plan) => short(plan.maintenancePlan), width: "8rem", importance: 9 },
              { id: "description", header: t("field.description"), text: (plan) => plan.description ?? "", importance: 9 },
              { id: "cycle", header: t("field.cycle"), text: (plan) => format.quantity(plan.cycle, plan.cycleUnit), width: "7rem", importance: 6 },
              { id: "next", header: t("field.nextPlannedDate"), text: (plan) => format.date(plan.nextPlannedDate), width: "9rem", importance: 8 },
            ]}
          />
          <All to={listOf("maintenance-plans", owner)} count={total} shown={items.length} />
        </>
      )}
    </ReadFrame>
  );
}

/** The equipment at a place. */
export function Installed({ functionalLocation }: { functionalLocation: string }) {
  const { t } = useWords();
  const query = queryOf({ functionalLocation });
  const read = useRead(["equipment of", query], () => listEquipment(query, undefined, ALL), SHOWS.equipment);
  return (
    <ReadFrame read={read}>
      {({ items, total }) => (
        <>
          <DataTable<Equipment>
            name={t("equipment.installed")}
            rows={items}
            keyOf={(one) => one.equipment}
            hrefOf={(one) => equipmentPage(one.equipment)}
            empty={<Empty title={t("empty.equipment")} />}
            columns={[
              { id: "equipment", header: t("field.equipment"), text: (one) => short(one.equipment), width: "8rem", importance: 9 },
              { id: "description", header: t("field.description"), text: (one) => one.description ?? "", importance: 9 },
              { id: "objectType", header: t("field.objectType"), text: (one) => one.objectType ?? "", width: "8rem", importance: 5 },
              { id: "superior", header: t("field.superiorEquipment"), text: (one) => one.superiorDescription ?? short(one.superiorEquipment), importance: 4 },
              { id: "status", header: t("field.systemStatuses"), text: (one) => one.systemStatusTexts.join(", "), importance: 3 },
            ]}
          />
          <All to={listOf("equipment", { functionalLocation })} count={total} shown={items.length} />
        </>
      )}
    </ReadFrame>
  );
}

/** The bill of material of equipment, or where a material is built in. */
export function BomItems({ filter, used = false }: { filter: { equipment: string } | { component: string }; used?: boolean }) {
  const { t, format } = useWords();
  const query = new URLSearchParams(filter).toString();
  const read = useRead(["bom", query], () => listBomItems(query, undefined, ALL), SHOWS.bom);
  const quantity = { id: "quantity", header: t("field.quantity"), text: (item: BomItem) => format.quantity(item.quantity, item.unit), end: true, width: "8rem", importance: 8 };
  return (
    <ReadFrame read={read}>
      {({ items, total }) => (
        <>
          {used ? (
            <DataTable<BomItem>
              name={t("material.whereUsed")}
              rows={items}
              keyOf={(item) => `${item.equipment ?? ""}/${item.material ?? ""}/${item.billOfMaterial ?? ""}/${item.item}`}
              hrefOf={(item) => (item.equipment === null ? item.material === null ? undefined : materialPage(item.material) : equipmentPage(item.equipment))}
              empty={<Empty title={t("empty.bom")} />}
              columns={[
                { id: "owner", header: t("field.equipment"), text: (item) => short(item.equipment ?? item.material), width: "10rem", importance: 9 },
                { id: "description", header: t("field.description"), text: (item) => item.equipmentDescription ?? "", importance: 9 },
                { id: "plant", header: t("object.plant"), text: (item) => item.plant ?? "", width: "6rem", importance: 4 },
                quantity,
              ]}
            />
          ) : (
            <DataTable<BomItem>
              name={t("equipment.bom")}
              rows={items}
              keyOf={(item) => `${item.billOfMaterial ?? ""}/${item.item}`}
              empty={<Empty title={t("empty.bom")} />}
              columns={[
                { id: "item", header: t("field.item"), text: (item) => item.item, width: "5rem", importance: 6 },
                { id: "component", header: t("field.component"), text: (item) => short(item.component), cell: (item) => item.component && <Link to={materialPage(item.component)}>{short(item.component)}</Link>, width: "10rem", importance: 9 },
                { id: "description", header: t("field.description"), text: (item) => item.componentDescription ?? item.description ?? "", importance: 9 },
                quantity,
              ]}
            />
          )}
          {total !== null && total > items.length && <p className="quiet">{t("list.shownOf", { shown: items.length, total })}</p>}
        </>
      )}
    </ReadFrame>
  );
}

type Classification = components["schemas"]["Classification"];
type Characteristic = components["schemas"]["Characteristic"];

/** The classes of an object with the values of their characteristics. */
export function Classes({ id, load, shows }: { id: string; load: () => Promise<Classification>; shows: readonly string[] }) {
  const { t, format } = useWords();
  const read = useRead(["classification", id], load, shows);
  return (
    <ReadFrame read={read}>
      {({ classes }) =>
        classes.length === 0 ? (
          <Empty title={t("empty.classification")} />
        ) : (
          classes.map((one) => (
            <DataTable<Characteristic>
              key={one.name}
              name={`${t("field.class")} ${one.name}`}
              rows={one.characteristics}
              keyOf={(characteristic) => characteristic.characteristic}
              columns={[
                { id: "characteristic", header: `${t("field.characteristic")} · ${one.name}`, text: (characteristic) => characteristic.description ?? characteristic.characteristic, importance: 9 },
                { id: "value", header: t("field.value"), text: (characteristic) => characteristic.value ?? format.quantity(characteristic.numericValue, characteristic.unit), importance: 9 },
              ]}
            />
          ))
        )
      }
    </ReadFrame>
  );
}

/** The system statuses of an object; a deletion flag or a missing installation are to be watched. */
export function Statuses({ codes, texts }: { codes: readonly string[]; texts: readonly string[] }) {
  if (codes.length === 0) return null;
  return <Status text={(texts.length > 0 ? texts : codes).join(", ")} meaning={codes.some((code) => code === "DLFL" || code === "INAC" || code === "AVLB") ? "watch" : "plain"} />;
}
