import { api, read } from "../../api/client";
import { notificationParameters } from "../../ui/notificationQuery";
import { short } from "../../ui/numbers";
import { IN_WORK, inShownPlants, OPEN, orderParameters, type Reader } from "../../ui/orderQuery";
import type { TextKey } from "../../words/words";
import type { Card, CardContent, CardWords } from "./cards";

/** What can be taken in at a glance; the list has the rest. */
const ROWS = 5;

/** A list's address and the number of rows in it are asked for by the same query, so that the number is that of the list. */
const orders = (query: string) => ({
  href: `/orders?${query}`,
  ofPlants: true,
  permission: "work-orders.read",
  shows: ["WorkOrders"],
  load: async (reader: Reader, { format }: CardWords): Promise<CardContent> => {
    const { items, total } = await read(api.GET("/api/work-orders", { params: { query: { ...orderParameters(inShownPlants(query, reader), reader), limit: ROWS } as never } }));
    return {
      count: total ?? items.length,
      rows: items.map((order) => ({
        key: order.orderNumber,
        text: order.description ?? short(order.orderNumber),
        detail: joined(short(order.orderNumber), order.equipmentDescription, order.workCenter, [...new Set([format.date(order.basicStart), format.date(order.basicFinish)])].join(" – ")),
        href: `/orders/${short(order.orderNumber)}`,
      })),
    };
  },
});

const notifications = (query: string) => ({
  href: `/notifications?${query}`,
  ofPlants: true,
  permission: "notifications.read",
  shows: ["Notifications"],
  load: async (reader: Reader, { format }: CardWords): Promise<CardContent> => {
    const { items, total } = await read(api.GET("/api/notifications", { params: { query: { ...notificationParameters(inShownPlants(query, reader)), limit: ROWS } as never } }));
    return {
      count: total ?? items.length,
      rows: items.map((found) => ({
        key: found.notification,
        text: found.description ?? short(found.notification),
        detail: joined(found.priorityDescription, found.equipmentDescription, format.date(found.notificationDate)),
        href: `/notifications/${short(found.notification)}`,
      })),
    };
  },
});

const joined = (...parts: readonly (string | null)[]) => parts.filter((part) => part !== null && part !== "").join(" · ");

/** Who has no work center sees the orders of the plants. */
const mine = ({ workCenters }: Reader): TextKey => (workCenters.length > 0 ? "home.inMyWorkCenters" : "home.inMyPlants");

const openByPriority: Card = {
  id: "open-by-priority",
  title: "home.openByPriority",
  roles: ["planner", "reliability-engineer"],
  permission: "work-orders.read",
  href: `/orders?status=${OPEN.join(",")}&group=priority`,
  meaning: "plain",
  shows: ["WorkOrders"],
  ofPlants: true,
  load: async (reader, { of, t }) => {
    const { counts } = await read(api.GET("/api/work-order-counts", { params: { query: { by: "priority", ...orderParameters(inShownPlants(`status=${OPEN.join(",")}`, reader), reader) } as never } }));
    const found = Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      count: found.reduce((sum, [, count]) => sum + count, 0),
      rows: found.map(([priority, count]) => ({
        key: priority,
        text: priority === "" ? t("priority.none") : of("priority", priority),
        detail: t("order.count", { count }),
        ...(priority !== "" && { href: `/orders?${inShownPlants(`status=${OPEN.join(",")}&priority=${encodeURIComponent(priority)}`, reader)}` }),
      })),
    };
  },
};

/** What work orders and notifications ask of a person. */
export const workCards: readonly Card[] = [
  { id: "without-order", title: "home.notificationsWithoutOrder", roles: ["planner"], meaning: "watch", ...notifications("open=true&withOrder=false&sort=-notificationDate") },
  { id: "overdue", title: "home.ordersOverdue", roles: ["planner"], meaning: "bad", ...orders("overdue=true&sort=basicFinish") },
  openByPriority,
  { id: "this-week", title: "home.startingThisWeek", roles: ["planner"], meaning: "plain", ...orders(`start=week&status=${OPEN.join(",")}&sort=basicStart`) },
  { id: "in-work", title: "home.inWork", about: mine, roles: ["supervisor"], meaning: "plain", ...orders(`mine=true&status=${IN_WORK.join(",")}&sort=priority`) },
  { id: "overdue-mine", title: "home.ordersOverdue", about: mine, roles: ["supervisor"], meaning: "bad", ...orders("mine=true&overdue=true&sort=basicFinish") },
  { id: "today", title: "home.dueByToday", about: mine, roles: ["technician", "operator"], meaning: "watch", ...orders(`mine=true&start=today&status=${IN_WORK.join(",")}&sort=priority`) },
  { id: "ahead", title: "home.ahead", about: mine, roles: ["technician", "operator"], meaning: "plain", ...orders(`mine=true&start=ahead&status=${OPEN.join(",")}&sort=basicStart`) },
  { id: "new", title: "home.newNotifications", about: () => "home.inMyPlants", roles: ["technician", "operator"], meaning: "watch", ...notifications("status=OSNO&sort=-notificationDate") },
];
