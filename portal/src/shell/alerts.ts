import { useQuery } from "@tanstack/react-query";
import { api, read } from "../api/client";

/** What fits into the popover; all alerts have a page. */
const SHOWN = 20;

/** The caller's alerts that nobody has taken on yet; live, since the inbox is in the stream of changes. */
export function useOpenAlerts(may: boolean) {
  return useQuery({
    queryKey: ["alerts", "open"],
    queryFn: () => read(api.GET("/api/alerts", { params: { query: { limit: SHOWN } } })),
    enabled: may,
    meta: { shows: ["AlertInbox"] },
  });
}
