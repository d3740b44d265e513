import { api, read } from "../api/client";
import type { components } from "../api/schema";
import type { CommandHeaders } from "../ui/commands";

export type Limits = components["schemas"]["AttachmentLimits"];

/** What files belong to. */
export type Holder = { kind: "order" | "notification"; number: string; plant: string | null };

export const findLimits = (plant: string | null) => read(api.GET("/api/attachment-limits", { params: { query: { ...(plant && { plant }) } } }));

/** Attaches a file to an order or a notification in SAP. */
export const attach = (holder: Holder, fileName: string, body: Blob) => (header: CommandHeaders) => {
  const rest = { body: body as never, bodySerializer: (sent: unknown) => sent as Blob, headers: { "Content-Type": body.type } };
  const asked = { query: { fileName }, header: header as never };
  return holder.kind === "order"
    ? api.POST("/api/work-orders/{orderNumber}/documents", { params: { ...asked, path: { orderNumber: holder.number } }, ...rest })
    : api.POST("/api/notifications/{notification}/documents", { params: { ...asked, path: { notification: holder.number } }, ...rest });
};
