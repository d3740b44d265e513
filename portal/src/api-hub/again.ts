import { useQueryClient } from "@tanstack/react-query";

/** What is shown of single objects. */
const SINGLE = ["gateway-product", "gateway-application"];

/** What is shown of several: the lists of administrators, the subscribers of a product, and the developer hub. */
const SEVERAL = ["gateway-applications", "gateway-hub"];

/** Whether a change of a product or an application shows in what was read under a key; what is gone is not read again itself. */
export function changes([kind, one]: readonly unknown[], what: "changed" | "gone"): boolean {
  if (kind === "list") return one === "gateway-applications" || one === "gateway-products";
  return SEVERAL.includes(String(kind)) || (what === "changed" && SINGLE.includes(String(kind)));
}

/** Reads products and applications again, after one was changed here: not every user receives the events. */
export function useHubAgain() {
  const queries = useQueryClient();
  return (what: "changed" | "gone" = "changed") => queries.invalidateQueries({ predicate: ({ queryKey }) => changes(queryKey, what) });
}
