import { useInfiniteQuery } from "@tanstack/react-query";
import type { Listing } from "../api/client";

/** What was read of a listing so far, page by page. */
export type Pages<T> = { rows: T[] | undefined; total: number | null; error: Error | null; again: () => void; more: (() => void) | undefined };

/** Reads a listing page by page, where it is wanted; a change of a document in the collections that it shows reads it again. */
export function usePages<T>(key: readonly unknown[], load: (after: string | undefined) => Promise<Listing<T>>, shows: readonly string[] = [], wanted = true): Pages<T> {
  const { data, error, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: wanted,
    meta: { shows },
  });
  return {
    rows: data?.pages.flatMap((page) => page.items),
    total: data?.pages[0]?.total ?? null,
    error,
    again: () => void refetch(),
    more: hasNextPage ? () => void fetchNextPage() : undefined,
  };
}
