import type { Room } from "../shell/navigation";

export const apiHub: Room = {
  entries: [
    { path: "/developer-hub", text: "apiHub.title", icon: "developer-settings", permission: "api-hub.use", group: "gateway" },
    { path: "/api-management/products", text: "gateway.products", icon: "product", permission: "api-management.read", group: "gateway" },
    { path: "/api-management/applications", text: "gateway.applications", icon: "laptop", permission: "api-hub.administer", group: "gateway" },
    { path: "/api-management/analytics", text: "apiHub.analytics", icon: "vertical-bar-chart", permission: "api-management.read", group: "gateway" },
    { path: "/api-management/traces", text: "apiHub.traces", icon: "journey-arrive", permission: "api-management.develop", group: "gateway" },
  ],
  routes: [
    { path: "developer-hub", lazy: async () => ({ Component: (await import("./Hub")).default }) },
    { path: "developer-hub/console", lazy: async () => ({ Component: (await import("./Console")).default }) },
    { path: "developer-hub/applications/:id", lazy: async () => ({ Component: (await import("./MyApplicationPage")).default }) },
    { path: "api-management/products", lazy: async () => ({ Component: (await import("./Products")).default }) },
    { path: "api-management/products/:name", lazy: async () => ({ Component: (await import("./ProductPage")).default }) },
    { path: "api-management/applications", lazy: async () => ({ Component: (await import("./Applications")).default }) },
    { path: "api-management/applications/:id", lazy: async () => ({ Component: (await import("./ApplicationPage")).default }) },
    { path: "api-management/analytics", lazy: async () => ({ Component: (await import("./Analytics")).default }) },
    { path: "api-management/traces", lazy: async () => ({ Component: (await import("./Traces")).default }) },
  ],
};
