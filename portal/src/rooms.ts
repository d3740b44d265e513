import type { RouteObject } from "react-router";
import type { Reads, Room } from "./shell/navigation";
import { account } from "./auth-api-service/routes";
import { alerts } from "./alert-api-service/routes";
import { apiManagement } from "./api-gateway/routes";
import { apiHub } from "./api-hub/routes";
import { audit } from "./audit-service/routes";
import { health } from "./fact-service/routes";
import { integrations } from "./integration-manager-api-service/routes";
import { masterConfiguration } from "./master-configuration-api-service/routes";
import { outbox } from "./outbox-service/routes";
import { seed } from "./seed-service/routes";
import { settings } from "./settings-api-service/routes";
import { users } from "./user-service-api-service/routes";
import { readCards } from "./shell/home/read";
import { workOrders } from "./workorder-api-service/routes";

/** The only file that knows all services. The order is that of the side navigation. */
export const rooms: readonly Room[] = [workOrders, masterConfiguration, outbox, users, settings, audit, seed, account, alerts, integrations, health, apiManagement, apiHub];

/** The page at the root. */
export const home: RouteObject = { index: true, lazy: async () => ({ Component: (await import("./shell/Home")).default }), handle: { reads: readCards } satisfies Reads };

/** The route of a path; undefined where there is nothing. */
export const routeOf = (path: string): RouteObject | undefined => (path === "/" ? home : rooms.flatMap((room) => room.routes).find((route) => leadsTo(route.path ?? "", path)));

/** Whether a path is one of a route such as `orders/:orderNumber`. */
export function leadsTo(pattern: string, path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  const wanted = pattern.split("/");
  const below = wanted.at(-1) === "*";
  if (below) wanted.pop();
  return (below ? parts.length >= wanted.length : parts.length === wanted.length) && wanted.every((part, index) => part.startsWith(":") || part === parts[index]);
}
