import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { changed } from "./query";

/** What a list shows, as it stands in the page's address: filters by parameter, sorting and grouping. Several values of a filter are joined by commas. */
export type ListState = {
  /** The address's query, without the question mark. */
  query: string;
  /** The values of a filter; empty where it is not set. */
  values: (name: string) => string[];
  value: (name: string) => string;
  /** Sets filters; an empty value takes one away. */
  set: (changes: Record<string, string | readonly string[]>) => void;
  /** Replaces everything, as a saved view does. */
  replace: (query: string) => void;
  /** How many of these filters are set. */
  count: (names: readonly string[]) => number;
};

export function useListState(): ListState {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | readonly string[]>) => {
      setParams((now) => changed(now, changes), { replace: true });
    },
    [setParams],
  );
  return useMemo(() => {
    const values = (name: string) => (params.get(name) ?? "").split(",").filter((value) => value !== "");
    return {
      query: params.toString(),
      values,
      value: (name) => params.get(name) ?? "",
      set,
      replace: (query) => {
        setParams(new URLSearchParams(query), { replace: true });
      },
      count: (names) => names.filter((name) => values(name).length > 0).length,
    };
  }, [params, set, setParams]);
}
