import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, useEffect, useRef } from "react";
import { api, ifMatch, read, versioned } from "../api/client";
import type { components } from "../api/schema";
import { useWords } from "../words/words";
import { Later } from "./Later";
import type { ListState } from "./listState";
import { ProblemStrip } from "./ProblemStrip";

export type SavedView = components["schemas"]["SavedView"];

const ViewMenu = lazy(() => import("./ViewMenu"));

const KEY = ["views"];

type ViewsProps = {
  page: string;
  title: string;
  state: ListState;
  /** The query that the list opens with where the user has no view for that. */
  standard: string;
  /** Whether the list has opened with that query, or with another one of the address. */
  opened: boolean;
};

/** The title of a list with the views of it that the user keeps: filters, sorting and grouping under a name. */
export function Views({ page, title, state, standard, opened }: ViewsProps) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: () => versioned(api.GET("/api/me/views")), staleTime: 60_000 });
  const all = data?.value.views ?? [];
  const mine = all.filter((view) => view.page === page);
  const save = useMutation({
    mutationFn: (views: SavedView[]) => read(api.PUT("/api/me/views", { body: { views: [...all.filter((view) => view.page !== page), ...views] }, headers: ifMatch(data?.etag ?? "") })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  useStandardView(data !== undefined && opened, mine, state, standard);
  return (
    <div className="views">
      <h1 id="page-title" className="views-title">
        {title}
      </h1>
      <Later meanwhile={<span className="later" />}>
        <ViewMenu page={page} mine={mine} state={state} standard={standard} onSave={save.mutate} />
      </Later>
      {error && <ProblemStrip failure={error} onRetry={() => void refetch()} />}
      {save.error && (
        <ProblemStrip
          failure={save.error}
          title={t("list.viewNotSaved")}
          onRetry={() => {
            save.mutate(save.variables);
          }}
        />
      )}
    </div>
  );
}

/** Opens a list with the user's standard view, unless the address asks for something. */
function useStandardView(known: boolean, views: readonly SavedView[], state: ListState, opening: string) {
  const done = useRef(false);
  useEffect(() => {
    if (!known || done.current) return;
    done.current = true;
    const standard = views.find((view) => view.standard);
    if (standard !== undefined && state.query === opening) state.replace(standard.query);
  }, [known, views, state, opening]);
}
