import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import type { Listing } from "../api/client";
import { useMe } from "../session/session";
import { useWords } from "../words/words";
import { DataTable, type Column } from "./DataTable";
import { Empty, Loading } from "./Empty";
import { Filters, names, type Choice, type Filter } from "./Filters";
import { useListState, type ListState } from "./listState";
import { openingQuery, PAGE } from "./orderQuery";
import { PlainButton } from "./PlainButton";
import { ProblemStrip } from "./ProblemStrip";
import { QuickFilters, type QuickFilter } from "./QuickFilters";
import { usePageTitle } from "./page";
import { ReadFrame } from "./ReadFrame";
import { useRead } from "./useRead";
import { Views } from "./Views";

const Export = lazy(() => import("./Export"));

/** Rows that a list holds at most; who needs more narrows the filter or exports. */
const ROWS_MAX = 2_000;

type Group = { value: string; count: number };

/** How the rows of a list can be grouped: by which filter, and how many there are for each of its values. */
export type Grouping = Choice & {
  /** The groups in the state of the list: the filter's value and the number of rows. */
  groups: (query: string) => Promise<readonly Group[]>;
  /** What a group is called; it may be known later than how many rows it has. */
  textOf: (value: string) => string;
};

export type ListReportProps<T> = {
  /** The page's route, which names its saved views. */
  page: string;
  title: string;
  columns: readonly Column<T>[];
  filters: readonly Filter[];
  quickFilters?: readonly QuickFilter[];
  keyOf: (row: T) => string;
  hrefOf?: ((row: T) => string | undefined) | undefined;
  /** Reads a page of what an address's query asks for. */
  load: (query: string, after: string | undefined, limit: number) => Promise<Listing<T>>;
  /** The collections that the rows come from; a change of one reads the list again. */
  shows: readonly string[];
  groupings?: readonly Grouping[];
  emptyTitle?: string;
  emptyHint?: string;
  actions?: ReactNode;
  /** The query that the list opens with where the address asks for nothing. */
  opens?: string | undefined;
  /** What stands between the title and the filters. */
  above?: ReactNode;
};

/** A list with filters, views, sorting, grouping and export, all of it in the page's address. */
export function ListReport<T>(props: ListReportProps<T>) {
  const { t } = useWords();
  const state = useListState();
  const [exporting, setExporting] = useState(false);
  const grouping = props.groupings?.find(({ value }) => value === state.value("group"));
  const { standard, opened } = useOpening(props.filters, state, props.opens);
  usePageTitle(props.title);
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <Views page={props.page} title={props.title} state={state} standard={standard} opened={opened} />
        <div className="page-actions">
          {props.actions}
          {props.groupings && <GroupChoice groupings={props.groupings} state={state} />}
          <PlainButton
            onClick={() => {
              setExporting(true);
            }}
          >
            {t("action.export")}
          </PlainButton>
        </div>
      </header>
      {props.above}
      {props.quickFilters && <QuickFilters filters={props.quickFilters} state={state} />}
      <Filters filters={props.filters} state={state} also={quickNames(props.quickFilters)} />
      {!opened ? <Loading /> : grouping ? <Groups key={grouping.value} {...props} grouping={grouping} state={state} /> : <Rows {...props} state={state} query={state.query} />}
      {exporting && (
        <Suspense fallback={null}>
          <Export
            name={props.page}
            columns={props.columns as readonly Column<unknown>[]}
            load={(after, limit) => props.load(state.query, after, limit)}
            onEnd={() => {
              setExporting(false);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

/** Opens a list as it is meant to, or else with the plants that the reader wants to see, unless the address asks for something. */
function useOpening(filters: readonly Filter[], state: ListState, opens = ""): { standard: string; opened: boolean } {
  const { shownPlants } = useMe();
  const filter = filters.find((one) => names(one).includes("plant"));
  // A route that takes one plant cannot be asked for several.
  const narrows = filter?.kind === "choice" || (filter?.kind === "one" && shownPlants.length === 1);
  const standard = narrows ? openingQuery("", shownPlants) : new URLSearchParams(opens).toString();
  const [opened, setOpened] = useState(standard === "" || state.query !== "");
  if (!opened && state.query !== "") setOpened(true);
  useEffect(() => {
    if (!opened) state.replace(standard);
  }, [opened, standard, state]);
  return { standard, opened };
}

type Narrowed = { filters: readonly Filter[]; quickFilters?: readonly QuickFilter[] | undefined };

/** The names of all that narrows a list. */
const allNames = ({ filters, quickFilters }: Narrowed) => [...filters.flatMap(names), ...quickNames(quickFilters)];

/** Takes away all that narrows a list; its sorting and grouping stay. */
function clear({ state, ...narrowed }: Narrowed & { state: ListState }) {
  state.set(Object.fromEntries(allNames(narrowed).map((name) => [name, ""])));
}

/** The filters that only the quick filters set. */
const quickNames = (filters: readonly QuickFilter[] = []) => filters.flatMap(({ sets }) => Object.keys(sets));

function GroupChoice({ groupings, state }: { groupings: readonly Grouping[]; state: ListState }) {
  const { t } = useWords();
  return (
    <select
      aria-label={t("list.group")}
      value={state.value("group")}
      onChange={(event) => {
        state.set({ group: event.target.value });
      }}
    >
      <option value="">{t("list.group")} …</option>
      {groupings.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** The groups with their counts; one that is opened shows its rows. */
function Groups<T>(props: ListReportProps<T> & { grouping: Grouping; state: ListState }) {
  const { grouping, state } = props;
  const { t } = useWords();
  const read = useGroups(grouping, state.query, props.shows);
  return (
    <ReadFrame read={read}>
      {(groups) => (groups.length === 0 ? <Empty title={t("empty.filtered")} action={t("filter.clear")} onAction={() => { clear(props); }} /> : <GroupList {...props} groups={groups} />)}
    </ReadFrame>
  );
}

function GroupList<T>(props: ListReportProps<T> & { grouping: Grouping; state: ListState; groups: readonly Group[] }) {
  const { grouping, state, groups } = props;
  const [open, setOpen] = useState<string>();
  return (
    <ul className="groups">
      {groups.map((group) => {
        const params = new URLSearchParams(state.query);
        params.set(grouping.value, group.value);
        return (
          <li key={group.value}>
            <button
              type="button"
              disabled={group.value === ""} // No filter finds the rows without a value.
              aria-expanded={open === group.value}
              onClick={() => {
                setOpen(open === group.value ? undefined : group.value);
              }}
            >
              <span>{grouping.textOf(group.value)}</span>
              <span className="count">{group.count}</span>
            </button>
            {open === group.value && <Rows {...props} query={params.toString()} />}
          </li>
        );
      })}
    </ul>
  );
}

function useGroups(grouping: Grouping, query: string, shows: readonly string[]) {
  return useRead(["groups", grouping.value, query], () => grouping.groups(query), shows);
}

function Rows<T>({ page, title, columns, keyOf, hrefOf, load, shows, state, query, emptyTitle, emptyHint, filters, quickFilters }: ListReportProps<T> & { state: ListState; query: string }) {
  const { t } = useWords();
  const { data, error, isFetching, isPlaceholderData, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ["list", page, query],
    queryFn: ({ pageParam }) => load(query, pageParam, PAGE),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
    meta: { shows },
  });
  const problem = error && <ProblemStrip failure={error} onRetry={() => void refetch()} />;
  if (data === undefined) return problem ?? <Loading />;
  const rows = data.pages.flatMap((one) => one.items);
  const total = data.pages[0]?.total ?? null;
  const filtered = state.count(allNames({ filters, quickFilters })) > 0;
  return (
    <>
      {problem /* The rows that were read stay. */}
      <p className="quiet" role="status">
        {total === null ? t("list.rows", { count: rows.length }) : t("list.shownOf", { shown: rows.length, total })}
      </p>
      <DataTable
        name={title}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        hrefOf={hrefOf}
        loading={isFetching && (isPlaceholderData || rows.length === 0)}
        sorting={{
          by: state.value("sort"),
          onSort: (sort) => {
            state.set({ sort });
          },
        }}
        onMore={hasNextPage && rows.length < ROWS_MAX ? () => void fetchNextPage() : undefined}
        empty={filtered ? <Empty title={t("empty.filtered")} action={t("filter.clear")} onAction={() => { clear({ filters, quickFilters, state }); }} /> : <Empty title={emptyTitle ?? t("empty.filtered")} hint={emptyHint} />}
      />
    </>
  );
}
