import type { Reads, Room } from "../shell/navigation";
import { openingQuery, PAGE } from "../ui/orderQuery";
import { dayZone, rememberedChoice } from "../words/chosen";
import { listOrders, readerOf } from "./orders";

export const workOrders: Room = {
  entries: [
    { path: "/orders", text: "nav.orders", icon: "wrench", permission: "work-orders.read", group: "work", shortcut: "o" },
    { path: "/notifications", text: "nav.issues", icon: "alert", permission: "notifications.read", group: "work", shortcut: "n" },
    { path: "/inspection-lots", text: "objects.inspection-lot", icon: "inspection", permission: "inspections.read", group: "work" },
    { path: "/time-sheet", text: "nav.timeSheet", icon: "history", permission: "time-sheets.record", group: "work", shortcut: "t" },
  ],
  routes: [
    {
      path: "orders",
      lazy: async () => ({ Component: (await import("./Orders")).default }),
      handle: { reads: (me, query) => void listOrders(openingQuery(query, me.shownPlants), undefined, PAGE, readerOf(me, dayZone(me.timeZone, rememberedChoice(me.id)))) } satisfies Reads,
    },
    { path: "orders/:orderNumber", lazy: async () => ({ Component: (await import("./OrderPage")).default }) },
    { path: "inspection-lots", lazy: async () => ({ Component: (await import("./InspectionLots")).default }) },
    { path: "inspection-lots/:inspectionLot", lazy: async () => ({ Component: (await import("./InspectionLotPage")).default }) },
    { path: "time-sheet", lazy: async () => ({ Component: (await import("./TimeSheet")).default }) },
    { path: "notifications", lazy: async () => ({ Component: (await import("./Notifications")).default }) },
    { path: "notifications/:notification", lazy: async () => ({ Component: (await import("./NotificationPage")).default }) },
  ],
};
