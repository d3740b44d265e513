import type { Room } from "../shell/navigation";

export const outbox: Room = {
  entries: [
    { path: "/my-entries", text: "nav.myEntries", icon: "journey-depart", permission: "events.read", group: "work" },
    { path: "/outbox", text: "nav.outbox", icon: "outbox", permission: "outbox.read", group: "integration", openBelow: true },
  ],
  routes: [
    { path: "my-entries", lazy: async () => ({ Component: (await import("./MyEntries")).default }) },
    { path: "outbox", lazy: async () => ({ Component: (await import("./Outbox")).default }) },
    { path: "outbox/:id", lazy: async () => ({ Component: (await import("./ItemPage")).default }) },
  ],
};
