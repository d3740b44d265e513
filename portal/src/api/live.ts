import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { follow } from "./stream";

/** Many documents of a load change at once; a page asks again at most so often. */
const ASKED_AGAIN_EVERY_MS = 1_000;

let held = 0;

/** Lets live changes wait while something is done, such as a removal: its own event would read what is gone before its page is left. */
export async function holdLive<T>(work: () => Promise<T>): Promise<T> {
  held++;
  try {
    return await work();
  } finally {
    held--;
  }
}

/**
 * Follows the server's changes for as long as a page is open: what was read from a collection is asked for again when a document of it changes.
 * Queries name the collections they show in `meta.shows`.
 */
export function useLiveQueries(on: boolean, user: string) {
  const queries = useQueryClient();
  useEffect(() => {
    if (!on) return undefined;
    const stale = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      timer = held > 0 ? setTimeout(again, ASKED_AGAIN_EVERY_MS) : undefined;
      if (held > 0) return;
      refresh(queries, new Set(stale));
      stale.clear();
    };
    const end = follow(`imaint.live.${user}`, ({ kind, collection }) => {
      if (kind === "ready") return;
      stale.add(collection);
      timer ??= setTimeout(again, ASKED_AGAIN_EVERY_MS);
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [on, user, queries]);
}

function refresh(queries: QueryClient, collections: ReadonlySet<string>) {
  void queries.invalidateQueries({
    predicate: ({ meta }) => {
      const shows = (meta?.["shows"] ?? []) as string[];
      return collections.has("") ? shows.length > 0 : shows.some((name) => collections.has(name));
    },
  });
}
