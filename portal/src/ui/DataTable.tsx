import "./table.css";
import { memo, useMemo, useRef, type MouseEvent, type ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { useWords } from "../words/words";
import { fitting } from "./columns";
import { Empty, Loading } from "./Empty";
import { PlainButton } from "./PlainButton";
import { useRowsDrawn } from "./shown";
import { useWidth } from "./useWidth";

/** A column of a table. */
export type Column<T> = {
  id: string;
  header: string;
  /** What an export holds, and what the cell shows where it has no form of its own. */
  text: (row: T) => string;
  cell?: (row: T) => ReactNode;
  /** Where a spreadsheet can count with it: a number, or a day such as 2026-11-30. What only looks like a number, such as a key, is a text. */
  number?: (row: T) => number | null | undefined;
  day?: (row: T) => string | null | undefined;
  /** Numbers stand at the end, so that digits are below each other. */
  end?: boolean;
  width?: string;
  /** Columns with less go below the row first where the screen is narrow. */
  importance?: number;
  /** By what name the route sorts by it. */
  sort?: string;
  /** The route sorts by it in one direction only. */
  oneWay?: boolean;
  /** Left to the export where the table has no room for it. */
  exportOnly?: boolean;
};

type Sorting = { by: string; onSort: (by: string) => void };

type DataTableProps<T> = {
  name: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** The page of a row; the first column leads there, as does a click on the row. */
  hrefOf?: ((row: T) => string | undefined) | undefined;
  sorting?: Sorting;
  loading?: boolean;
  onMore?: (() => void) | undefined;
  empty?: ReactNode;
};

/**
 * A table; where it is too narrow for a column, that column's values stand below their row. It is made of the browser's own elements: a page of
 * rows has hundreds of cells, and a web component for each takes longer than all else that a list needs.
 */
export function DataTable<T>({ name, columns: all, rows, keyOf, hrefOf, sorting, loading = false, onMore, empty }: DataTableProps<T>) {
  const { t } = useWords();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const { shown, below } = useMemo(() => fitting(all, width), [all, width]);
  const drawn = useRowsDrawn(rows.length);
  const open = (event: MouseEvent) => {
    const href = hrefUnder(event);
    if (href !== undefined) void navigate(href);
  };
  return (
    <div ref={frame} className={loading ? "table-frame loads" : "table-frame"}>
      {/* A row can be clicked anywhere; with the keyboard its link is opened. A table without links takes the focus itself, so that keys scroll to it. */}
      <table className="table" aria-label={name} aria-busy={loading} tabIndex={hrefOf === undefined && sorting === undefined ? 0 : undefined} onClick={open}>
        <colgroup>
          {shown.map((column) => (
            <col key={column.id} style={column.width === undefined ? undefined : { width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {shown.map((column) => (
              <HeaderCell key={column.id} column={column} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, drawn).map((row) => (
            <Row key={keyOf(row)} row={row} shown={shown} below={below} href={hrefOf?.(row)} />
          ))}
          {rows.length === 0 && (
            <tr className="no-rows">
              <td colSpan={shown.length}>{loading ? <Loading /> : (empty ?? <Empty title={t("empty.filtered")} />)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {onMore && drawn >= rows.length && (
        <PlainButton quiet onClick={onMore}>
          {t("action.showMore")}
        </PlainButton>
      )}
    </div>
  );
}

/** The page of the row that was clicked; none where something in it was meant, or where text was marked. */
function hrefUnder({ target, defaultPrevented }: MouseEvent): string | undefined {
  if (defaultPrevented || !(target instanceof Element) || !getSelection()?.isCollapsed) return undefined;
  if (target.closest("a, button, input, select, textarea, label, [role], ui5-button, ui5-checkbox, ui5-switch, ui5-link") !== null) return undefined;
  return target.closest<HTMLElement>("tr[data-href]")?.dataset["href"];
}

type RowProps<T> = { row: T; shown: readonly Column<T>[]; below: readonly Column<T>[]; href: string | undefined };

/** Drawn again only if the row or the columns changed. */
const Row = memo(function Row<T>({ row, shown, below, href }: RowProps<T>) {
  return (
    <>
      <tr className="row" data-href={href}>
        {shown.map((column, index) => (
          <td key={column.id} className={column.end ? "cell end" : "cell"}>
            {index === 0 && href !== undefined ? <Link to={href}>{column.text(row)}</Link> : (column.cell?.(row) ?? column.text(row))}
          </td>
        ))}
      </tr>
      {below.length > 0 && (
        <tr className="below" data-href={href}>
          <td colSpan={shown.length}>
            <dl>
              {below.map((column) => (
                <div key={column.id}>
                  <dt>{column.header}</dt>
                  <dd>{column.cell?.(row) ?? column.text(row)}</dd>
                </div>
              ))}
            </dl>
          </td>
        </tr>
      )}
    </>
  );
}) as <T>(props: RowProps<T>) => ReactNode;

const SORTED = { none: undefined, up: "ascending", down: "descending" } as const;

function HeaderCell<T>({ column, sorting }: { column: Column<T>; sorting: Sorting | undefined }) {
  const { t } = useWords();
  const { sort, oneWay = false } = column;
  const order = sorting === undefined || sort === undefined ? "none" : sorting.by === sort ? "up" : sorting.by === `-${sort}` ? "down" : "none";
  return (
    <th scope="col" className={column.end ? "end" : undefined} aria-sort={SORTED[order]}>
      {sorting === undefined || sort === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          className={`sort ${order}`}
          title={order === "up" && !oneWay ? t("list.sortDescending") : t("list.sortAscending")}
          onClick={() => {
            sorting.onSort(order !== "up" ? sort : oneWay ? "" : `-${sort}`);
          }}
        >
          {column.header}
        </button>
      )}
    </th>
  );
}
