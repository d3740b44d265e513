import type { Room } from "../shell/navigation";

export const masterConfiguration: Room = {
  entries: [
    { path: "/functional-locations", text: "objects.functional-location", icon: "tree", permission: "master-data.read", group: "assets", shortcut: "f" },
    { path: "/equipment", text: "objects.equipment", icon: "machine", permission: "master-data.read", group: "assets", shortcut: "e" },
    { path: "/measuring-points", text: "nav.measurements", icon: "line-chart", permission: "measurements.read", group: "assets", shortcut: "m" },
    { path: "/maintenance-plans", text: "nav.maintenancePlans", icon: "appointment", permission: "maintenance-plans.read", group: "assets" },
    { path: "/materials", text: "nav.materials", icon: "product", permission: "materials.read", group: "assets" },
    { path: "/master-data", text: "nav.masterData", icon: "database", permission: "master-data.read", group: "assets" },
  ],
  routes: [
    { path: "functional-locations", lazy: async () => ({ Component: (await import("./FunctionalLocations")).default }) },
    { path: "functional-locations/:key", lazy: async () => ({ Component: (await import("./FunctionalLocationPage")).default }) },
    { path: "equipment", lazy: async () => ({ Component: (await import("./EquipmentList")).default }) },
    { path: "equipment/:key", lazy: async () => ({ Component: (await import("./EquipmentPage")).default }) },
    { path: "measuring-points", lazy: async () => ({ Component: (await import("./MeasuringPoints")).default }) },
    { path: "measuring-points/:key", lazy: async () => ({ Component: (await import("./MeasuringPointPage")).default }) },
    { path: "maintenance-plans", lazy: async () => ({ Component: (await import("./MaintenancePlans")).default }) },
    { path: "maintenance-plans/:key", lazy: async () => ({ Component: (await import("./MaintenancePlanPage")).default }) },
    { path: "materials", lazy: async () => ({ Component: (await import("./Materials")).default }) },
    { path: "materials/:key", lazy: async () => ({ Component: (await import("./MaterialPage")).default }) },
    { path: "master-data/:list?", lazy: async () => ({ Component: (await import("./MasterData")).default }) },
  ],
};
