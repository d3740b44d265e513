import type { Room } from "../shell/navigation";

export const users: Room = {
  entries: [
    { path: "/admin/users", text: "nav.users", icon: "employee", permission: "users.read", group: "admin", shortcut: "u" },
    { path: "/admin/roles", text: "nav.roles", icon: "role", permission: "roles.read", group: "admin" },
    { path: "/admin/groups", text: "nav.groups", icon: "group", permission: "groups.read", group: "admin" },
  ],
  routes: [
    { path: "admin/users", lazy: async () => ({ Component: (await import("./Users")).default }) },
    { path: "admin/users/:id", lazy: async () => ({ Component: (await import("./UserPage")).default }) },
    { path: "admin/roles", lazy: async () => ({ Component: (await import("./Roles")).default }) },
    { path: "admin/groups", lazy: async () => ({ Component: (await import("./Groups")).default }) },
    { path: "admin/groups/:id", lazy: async () => ({ Component: (await import("./GroupPage")).default }) },
  ],
};
