import type { Room } from "../shell/navigation";

export const integrations: Room = {
  entries: [{ path: "/admin/integrations", text: "nav.integrations", icon: "synchronize", permission: "integrations.read", group: "integration", shortcut: "i" }],
  routes: [
    { path: "admin/integrations", lazy: async () => ({ Component: (await import("./Integrations")).default }) },
    { path: "admin/integrations/:name", lazy: async () => ({ Component: (await import("./IntegrationPage")).default }) },
  ],
};
