import type { ReactNode } from "react";
import { useWords } from "../words/words";
import { DataTable, type Column } from "./DataTable";
import { Loading } from "./Empty";
import { ProblemStrip } from "./ProblemStrip";
import type { Pages } from "./usePages";

type PagesTableProps<T> = { name: string; pages: Pages<T>; columns: readonly Column<T>[]; keyOf: (row: T) => string; hrefOf?: (row: T) => string | undefined; empty?: ReactNode };

/** A table of a listing that is read page by page. */
export function PagesTable<T>({ name, pages, columns, keyOf, hrefOf, empty }: PagesTableProps<T>) {
  const { t } = useWords();
  const { rows, total, error, again, more } = pages;
  const problem = error && <ProblemStrip failure={error} onRetry={again} />;
  if (rows === undefined) return problem ?? <Loading />;
  return (
    <>
      {problem}
      {total !== null && total > rows.length && <p className="quiet">{t("list.shownOf", { shown: rows.length, total })}</p>}
      <DataTable<T> name={name} columns={columns} rows={rows} keyOf={keyOf} hrefOf={hrefOf} onMore={more} empty={empty} />
    </>
  );
}
