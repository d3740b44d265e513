import { api, read } from "../api/client";
import type { components } from "../api/schema";
import { notificationParameters } from "../ui/notificationQuery";
import type { Meaning } from "../ui/Status";

export type Notification = components["schemas"]["Notification"];
export type NotificationDetail = components["schemas"]["NotificationDetail"];
export type NotificationItem = components["schemas"]["NotificationItem"];
export type NotificationCause = components["schemas"]["NotificationCause"];
export type NotificationTask = components["schemas"]["NotificationTask"];
export type NotificationActivity = components["schemas"]["NotificationActivity"];

/** The collections that the pages of notifications show. */
export const SHOWS = ["Notifications", "NotificationItems", "NotificationCauses", "NotificationTasks", "NotificationActivities"];

/** Those of which a history is made. */
export const HISTORY_SHOWS = ["Notifications", "NotificationTasks", "NotificationActivities", "Attachments"];

/** By what notifications are counted. The names are those of the filters. */
export const COUNTED_BY = ["status", "type", "priority", "plant"] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

export const STATUSES = ["OSNO", "NOPR", "NOPO", "NOCO"] as const;

/** How far a notification is, by its life-cycle status. Source: SAP's system statuses. */
export function meaning(status: string | null): Meaning {
  switch (status) {
    case "OSNO":
      return "bad";
    case "NOPR":
    case "NOPO":
      return "watch";
    case "NOCO":
      return "good";
    default:
      return "plain";
  }
}

/** A code as people say it: its text, and where it has none the code in its group. */
export const codeText = (description: string | null, group: string | null, code: string | null): string => description ?? [group, code].filter(Boolean).join(" ");

/** The total is the same on each page; counting it once is enough. */
export const listNotifications = (query: string, after: string | undefined, limit: number) =>
  read(api.GET("/api/notifications", { params: { query: { ...notificationParameters(query), after, limit, total: after === undefined } as never } }));

export const findNotification = (notification: string) => read(api.GET("/api/notifications/{notification}", { params: { path: { notification } } }));

export const countNotifications = async (by: CountedBy, query: string) => {
  const asked = notificationParameters(query);
  delete asked["sort"];
  return (await read(api.GET("/api/notification-counts", { params: { query: { ...asked, by } as never } }))).counts;
};

export const documentsOf = (notification: string, after: string | undefined) =>
  read(api.GET("/api/notifications/{notification}/documents", { params: { path: { notification }, query: { ...(after !== undefined && { after }) } } }));
export const historyOf = (notification: string) => read(api.GET("/api/notifications/{notification}/history", { params: { path: { notification } } }));
