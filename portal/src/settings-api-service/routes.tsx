import type { Room } from "../shell/navigation";

export const settings: Room = {
  entries: [{ path: "/admin/settings", text: "nav.settings", icon: "action-settings", permission: "settings.read", group: "admin" }],
  routes: [
    { path: "admin/settings", lazy: async () => ({ Component: (await import("./Settings")).default }) },
    { path: "admin/settings/:key", lazy: async () => ({ Component: (await import("./SettingPage")).default }) },
  ],
};
