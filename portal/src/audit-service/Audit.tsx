import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import type { Column } from "../ui/DataTable";
import { ListReport } from "../ui/ListReport";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords, type Words } from "../words/words";
import { listEntries, shown, verify, type Entry, type Verification } from "./audit";

/** Who changed what, and whether the record of it is whole. */
export default function Audit() {
  const words = useWords();
  const { t } = words;
  const [found, setFound] = useState<Verification>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      setFound(await verify());
    } catch (problem) {
      setFailure(problem);
    }
    setBusy(false);
  };
  return (
    <>
      {(found !== undefined || failure !== undefined) && (
        <div className="page">
          {failure !== undefined && <ProblemStrip failure={failure} />}
          {found && <Verified found={found} />}
        </div>
      )}
      <ListReport<Entry>
        page="audit"
        title={t("nav.audit")}
        shows={[]}
        columns={columns(words)}
        filters={[
          { kind: "text", name: "by", label: t("admin.who") },
          { kind: "text", name: "subject", label: t("admin.object"), placeholder: "User/anna" },
          { kind: "dates", from: "from", to: "to", label: t("admin.when") },
        ]}
        keyOf={({ id }) => id}
        load={listEntries}
        actions={
          <Button disabled={busy} onClick={() => void run()}>
            {t("admin.verifyTrail")}
          </Button>
        }
      />
    </>
  );
}

function Verified({ found }: { found: Verification }) {
  const { t, format } = useWords();
  const entries = format.number(found.entries);
  if (found.broken === null && found.findings.length === 0) {
    return (
      <p role="status" className="good">
        {t("admin.trailWhole", { entries })}
      </p>
    );
  }
  return (
    <div role="alert" className="problem">
      <strong>{t("admin.trailBroken", { entries, place: found.broken ?? "" })}</strong>
      <ul>
        {found.findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
    </div>
  );
}

const columns = ({ t, of, format }: Words): Column<Entry>[] => [
  { id: "at", header: t("admin.when"), text: ({ at }) => format.instant(at), width: "11rem", importance: 9 },
  { id: "by", header: t("admin.who"), text: ({ by, displayName }) => (displayName === null || displayName === by ? by : `${displayName} (${by})`), width: "10rem", importance: 8 },
  { id: "subject", header: t("admin.object"), text: ({ subject }) => subject, importance: 9 },
  { id: "operation", header: t("admin.what"), text: ({ operation }) => of("admin.operation", operation), width: "8rem", importance: 7 },
  { id: "changes", header: t("admin.changes"), text: ({ changes }) => changes.map(({ field, before, after }) => `${field}: ${shown(before)} → ${shown(after)}`).join("; "), cell: (entry) => <Changes entry={entry} />, importance: 6 },
  { id: "address", header: t("admin.address"), text: ({ address }) => address ?? "", width: "8rem", importance: 2 },
];

/** The fields that changed, opened on demand. */
function Changes({ entry }: { entry: Entry }) {
  const { t } = useWords();
  if (entry.changes.length === 0) return null;
  return (
    <details>
      <summary>{t("admin.changeCount", { count: entry.changes.length })}</summary>
      <dl className="changes">
        {entry.changes.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>
              <span className="visually-hidden">{t("admin.before")}: </span>
              <del>{shown(before)}</del>
            </dd>
            <dd>
              <span className="visually-hidden">{t("admin.after")}: </span>
              <ins>{shown(after)}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
