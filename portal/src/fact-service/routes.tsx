import type { Room } from "../shell/navigation";

export const health: Room = {
  entries: [{ path: "/admin/health", text: "nav.health", icon: "stethoscope", permission: "metrics.read", group: "integration" }],
  routes: [{ path: "admin/health", lazy: async () => ({ Component: (await import("./Health")).default }) }],
};
