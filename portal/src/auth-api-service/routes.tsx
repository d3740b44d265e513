import type { Room } from "../shell/navigation";

/** The own account is reached from the user menu, so it has no entry in the side navigation. */
export const account: Room = {
  entries: [],
  routes: [{ path: "account", lazy: async () => ({ Component: (await import("./Account")).default }) }],
};
