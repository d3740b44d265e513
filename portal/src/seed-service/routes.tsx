import type { Room } from "../shell/navigation";

export const seed: Room = {
  entries: [{ path: "/admin/seed", text: "nav.seed", icon: "database", permission: "seed.read", group: "admin" }],
  routes: [{ path: "admin/seed", lazy: async () => ({ Component: (await import("./Seed")).default }) }],
};
