import { Button } from "@ui5/webcomponents-react/Button";
import { ProgressIndicator } from "@ui5/webcomponents-react/ProgressIndicator";
import { useState } from "react";
import type { Listing } from "../api/client";
import { useWords } from "../words/words";
import type { Column } from "./DataTable";
import { Dialog } from "./Dialog";
import { csv, download, ROWS_MAX, rowsOf, spreadsheetCell } from "./export";
import { ProblemStrip } from "./ProblemStrip";

type ExportProps = {
  name: string;
  columns: readonly Column<unknown>[];
  load: (after: string | undefined, limit: number) => Promise<Listing<unknown>>;
  onEnd: () => void;
};

/** Exports what a list shows, with all its pages, as CSV or as a spreadsheet. */
export default function Export({ name, columns, load, onEnd }: ExportProps) {
  const { t } = useWords();
  const [done, setDone] = useState<number>();
  const [failure, setFailure] = useState<unknown>();
  const [limited, setLimited] = useState(false);

  const run = async (write: (rows: readonly unknown[]) => Promise<Blob>, ending: string) => {
    setFailure(undefined);
    setDone(0);
    try {
      const { rows, complete } = await rowsOf(load, setDone);
      download(await write(rows), `${name}.${ending}`);
      if (complete) onEnd();
      else setLimited(true);
    } catch (problem) {
      setFailure(problem);
    }
    setDone(undefined);
  };

  const spreadsheet = async (rows: readonly unknown[]) => {
    const { default: writeXlsx } = await import("write-excel-file/browser");
    const head = columns.map((column) => ({ value: column.header, fontWeight: "bold" as const }));
    const body = rows.map((row) => columns.map((column) => spreadsheetCell(column, row)));
    return writeXlsx([head, ...body]).toBlob();
  };

  return (
    <Dialog
      headerText={t("action.export")}
      onClose={onEnd}
      footer={
        <div className="dialog-actions">
          <Button design="Emphasized" disabled={done !== undefined} onClick={() => void run((rows) => Promise.resolve(csv(columns, rows)), "csv")}>
            {t("list.exportCsv")}
          </Button>
          <Button disabled={done !== undefined} onClick={() => void run(spreadsheet, "xlsx")}>
            {t("list.exportXlsx")}
          </Button>
          <Button design="Transparent" onClick={onEnd}>
            {t("action.close")}
          </Button>
        </div>
      }
    >
      {failure !== undefined && <ProblemStrip failure={failure} />}
      {limited && <p role="alert">{t("list.exportCut", { limit: ROWS_MAX })}</p>}
      {done === undefined ? !limited && <p>{t("list.exportLimit", { limit: ROWS_MAX })}</p> : <ProgressIndicator accessibleName={t("list.loading")} value={Math.round((done / ROWS_MAX) * 100)} displayValue={t("list.rows", { count: done })} />}
    </Dialog>
  );
}
