import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { DataTable } from "../ui/DataTable";
import { Dialog } from "../ui/Dialog";
import { download } from "../ui/export";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords } from "../words/words";
import { exportUsers, importUsers, type ImportMode, type Report } from "./users";

/** Brings users in from a CSV file, after a look at what it would do, and gives them out as one. */
export function ImportUsers({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [report, setReport] = useState<Report>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const attempt = async (doing: () => Promise<void>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await doing();
    } catch (problem) {
      setFailure(problem);
    }
    setBusy(false);
  };
  const run = (mode: ImportMode) =>
    attempt(async () => {
      if (file === undefined) return;
      setReport(await importUsers(await file.text(), mode));
      await queries.invalidateQueries({ queryKey: ["list", "users"] });
    });
  return (
    <Dialog
      headerText={t("admin.importUsers")}
      onClose={onClose}
      footer={
        <div className="dialog-actions">
          <Button disabled={busy || file === undefined} onClick={() => void run("dry-run")}>
            {t("admin.importCheck")}
          </Button>
          <Button design="Emphasized" disabled={busy || file === undefined} onClick={() => void run("good-lines")}>
            {t("action.import")}
          </Button>
          <Button design="Transparent" onClick={onClose}>
            {t("action.close")}
          </Button>
        </div>
      }
    >
      <div className="form">
        <p>{t("admin.importHint")}</p>
        <Button
          design="Transparent"
          disabled={busy}
          onClick={() =>
            void attempt(async () => {
              download(await exportUsers(), "users.csv");
            })
          }
        >
          {t("admin.exportUsers")}
        </Button>
        <div className="field">
          <label htmlFor="users-file">{t("admin.csvFile")}</label>
          <input
            id="users-file"
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              setReport(undefined);
            }}
          />
        </div>
        {failure !== undefined && <ProblemStrip failure={failure} />}
        {report && <Shown report={report} />}
      </div>
    </Dialog>
  );
}

function Shown({ report }: { report: Report }) {
  const { t } = useWords();
  return (
    <>
      <p role="status">{report.written ? t("admin.importDone", counts(report)) : t("admin.importWould", counts(report))}</p>
      {report.bad.length > 0 && (
        <DataTable
          name={t("admin.badLines")}
          rows={report.bad}
          keyOf={({ line, reason }) => `${line} ${reason}`}
          columns={[
            { id: "line", header: t("admin.line"), text: ({ line }) => String(line), end: true, width: "5rem", importance: 9 },
            { id: "reason", header: t("admin.reason"), text: ({ reason }) => reason, importance: 9 },
          ]}
        />
      )}
    </>
  );
}

const counts = ({ created, changed, unchanged, bad }: Report) => ({ created, changed, unchanged, bad: bad.length });
