import { short } from "../ui/numbers";

/** The address of an object's page. Labels of places may contain slashes, so every key is one encoded step of it. */
const page = (list: string) => (key: string) => `/${list}/${encodeURIComponent(short(key))}`;

export const equipmentPage = page("equipment");
export const pointPage = page("measuring-points");
export const planPage = page("maintenance-plans");
export const materialPage = page("materials");
export const orderPage = page("orders");
export const notificationPage = page("notifications");
export const lotPage = page("inspection-lots");

/** A label of a place is a name: its zeros belong to it. */
export const placePage = (label: string) => `/functional-locations/${encodeURIComponent(label)}`;

/** A list with a filter already set. */
export const listOf = (list: string, filters: Record<string, string>) => `/${list}?${new URLSearchParams(filters).toString()}`;
