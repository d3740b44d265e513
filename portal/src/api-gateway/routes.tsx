import type { Entry, Room } from "../shell/navigation";

const ROOT = "api-management";

const entry = (path: string, text: Entry["text"], icon: string): Entry => ({ path: `/${ROOT}/${path}`, text, icon, permission: `${ROOT}.read`, group: "gateway" });

export const apiManagement: Room = {
  entries: [
    entry("providers", "gateway.providers", "connected"),
    entry("proxies", "gateway.proxies", "process"),
    entry("maps", "gateway.maps", "key"),
    entry("certificates", "gateway.certificateStores", "locked"),
  ],
  routes: [{ path: `${ROOT}/*`, lazy: async () => ({ Component: (await import("./pages")).default }) }],
};
