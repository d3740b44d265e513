import type { Room } from "../shell/navigation";

export const alerts: Room = {
  entries: [
    { path: "/alerts", text: "nav.alerts", icon: "bell", permission: "alerts.read", group: "work", shortcut: "l" },
    { path: "/admin/alert-rules", text: "alert.rules", icon: "message-warning", permission: "alert-rules.read", group: "admin" },
    { path: "/admin/alert-webhooks", text: "alert.webhooks", icon: "chain-link", permission: "alert-webhooks.read", group: "integration" },
  ],
  routes: [
    { path: "alerts", lazy: async () => ({ Component: (await import("./Inbox")).default }) },
    { path: "alerts/preferences", lazy: async () => ({ Component: (await import("./Preferences")).default }) },
    { path: "alerts/:id", lazy: async () => ({ Component: (await import("./AlertPage")).default }) },
    { path: "admin/alert-rules", lazy: async () => ({ Component: (await import("./Rules")).default }) },
    { path: "admin/alert-webhooks", lazy: async () => ({ Component: (await import("./Webhooks")).default }) },
  ],
};
