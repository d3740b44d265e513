import type { components } from "../api/schema";

type Type = components["schemas"]["Hit"]["type"];

const PAGES: Record<Type, string> = {
  order: "/orders",
  notification: "/notifications",
  equipment: "/equipment",
  "functional-location": "/functional-locations",
  material: "/materials",
};

/** The page of what a search found. */
export function pageOf(type: Type, key: string): string {
  return `${PAGES[type]}/${encodeURIComponent(key)}`;
}
