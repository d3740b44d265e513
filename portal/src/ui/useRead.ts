import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useId } from "react";

/**
 * Reads something once, for a form or a decision: what is entered stands on it, and its version is that of what was seen. It is read anew
 * only by who opens the form again.
 */
export function useFirstRead<T>(key: readonly unknown[], load: () => Promise<T>): UseQueryResult<T> {
  const opened = useId();
  return useQuery({ queryKey: ["form", ...key, opened], queryFn: load, staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false });
}

/** Reads something for a page, where the user may; a change of a document in the collections that it shows reads it again. */
export function useRead<T>(key: readonly unknown[], load: () => Promise<T>, shows: readonly string[] = [], may = true): UseQueryResult<T> {
  return useQuery({ queryKey: key, queryFn: load, enabled: may, meta: { shows } });
}
