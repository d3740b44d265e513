import type { Room } from "../shell/navigation";

export const audit: Room = {
  entries: [{ path: "/admin/audit", text: "nav.audit", icon: "customer-history", permission: "audit.read", group: "admin" }],
  routes: [{ path: "admin/audit", lazy: async () => ({ Component: (await import("./Audit")).default }) }],
};
