import { ProgressIndicator } from "@ui5/webcomponents-react/ProgressIndicator";
import { Button } from "@ui5/webcomponents-react/Button";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../session/session";
import { DataTable } from "../ui/DataTable";
import { flagOf, textOf } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { Facts } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { Status, type Meaning } from "../ui/Status";
import { useWords } from "../words/words";
import { compare, lastComparison, loaded, stop, type Comparison, type Found, type Integration } from "./integrations";

/** While one runs, it is asked so often how far it is. */
const ASKED_EVERY_MS = 1_000;

const MEANINGS: Record<Comparison["state"], Meaning> = { running: "watch", same: "good", repaired: "good", different: "bad", failed: "bad", stopped: "watch" };

/** Compares an integration with SAP, shows what differs, and puts it right. */
export function Check({ integration }: { integration: Integration }) {
  const { t } = useWords();
  const { may } = useSession();
  const { name } = integration;
  const [asks, setAsks] = useState<"verify" | "repair">();
  const last = useQuery({
    queryKey: ["integration-outcome", name, "comparison"],
    queryFn: () => lastComparison(name),
    enabled: may("inbound.read"),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? ASKED_EVERY_MS : false),
  });
  const running = last.data?.state === "running";
  const startable = may("inbound.run") && loaded(integration) && !running;
  return (
    <div className="stack">
      <p className="value">{t("integration.verifyHint")}</p>
      <div className="page-actions">
        <Button disabled={!startable} onClick={() => { setAsks("verify"); }}>
          {t("integration.compare")}
        </Button>
        <Button disabled={!startable} onClick={() => { setAsks("repair"); }}>
          {t("integration.repair")}
        </Button>
        {running && (
          <Button disabled={!may("inbound.run")} onClick={() => void stop(name)}>
            {t("action.stop")}
          </Button>
        )}
      </div>
      <ReadFrame read={last}>{(found) => (found === null ? <p className="quiet">{t("integration.neverCompared")}</p> : <Last comparison={found} />)}</ReadFrame>
      {asks && <Ask name={name} repair={asks === "repair"} onStarted={() => void last.refetch()} onClose={() => { setAsks(undefined); }} />}
    </div>
  );
}

function Ask({ name, repair, onStarted, onClose }: { name: string; repair: boolean; onStarted: () => void; onClose: () => void }) {
  const { t } = useWords();
  return (
    <FormDialog
      title={`${t(repair ? "integration.repair" : "integration.compare")}: ${name}`}
      saveText={t("action.start")}
      fields={[
        { kind: "switch", name: "contents", label: t("integration.verifyContentsHint") },
        ...(repair ? [{ kind: "number" as const, name: "removalsMax", label: t("integration.removalsMax"), hint: t("integration.removalsHint"), min: 0, step: 1 }] : []),
      ]}
      initial={{ contents: false, removalsMax: "" }}
      save={async (values) => {
        const most = textOf(values, "removalsMax");
        await compare(name, { repair, contents: flagOf(values, "contents"), removalsMax: most === "" ? null : Number(most) });
      }}
      onSaved={onStarted}
      onClose={onClose}
    >
      <p>{t(repair ? "integration.repairHint" : "integration.verifyHint")}</p>
    </FormDialog>
  );
}

/** How the last comparison went, or how far it is. */
function Last({ comparison }: { comparison: Comparison }) {
  const { t, of, format } = useWords();
  const { state, beganAt, endedAt, rowsRead, documents, code, detail, remedy, report, repair, integration } = comparison;
  return (
    <>
      <Facts
        facts={[
          { label: t("integration.comparedAt"), value: format.instant(endedAt ?? beganAt) },
          { label: t("integration.kind"), value: t(repair ? "integration.repair" : "integration.compare") },
          { label: t("integration.resultTitle"), value: <span data-compared={state}><Status text={of("integration.compared", state)} meaning={MEANINGS[state]} /></span> },
          { label: t("integration.rowsOfSap"), value: report && format.number(report.sourceRows) },
          { label: t("integration.documentsHere"), value: report && format.number(report.storeDocuments) },
        ]}
      />
      {state === "running" && (
        <div>
          <ProgressIndicator accessibleName={t("integration.progressOf", { name: integration })} value={documents === 0 ? 0 : Math.min(100, Math.round((rowsRead / documents) * 100))} />
          <span className="quiet">{t("list.rows", { count: rowsRead })}</span>
        </div>
      )}
      {detail !== null && (
        <div className="problem" role="alert">
          {code !== null && <strong>{code}: </strong>}
          {detail}
          {remedy !== null && <div>{t("error.remedy", { remedy })}</div>}
        </div>
      )}
      {report !== null && report.missing.count + report.stale.count + report.superfluous.count + report.unconfirmed.count > 0 && (
        <Differences found={{ missing: report.missing, stale: report.stale, superfluous: report.superfluous, unconfirmed: report.unconfirmed }} />
      )}
    </>
  );
}

type Kind = "missing" | "stale" | "superfluous" | "unconfirmed";

function Differences({ found }: { found: Record<Kind, Found> }) {
  const { t, of, format } = useWords();
  return (
    <DataTable<Kind>
      name={t("integration.compared.different")}
      rows={(Object.keys(found) as Kind[]).filter((kind) => found[kind].count > 0)}
      keyOf={(kind) => kind}
      columns={[
        { id: "kind", header: t("integration.kind"), text: (kind) => of("integration", kind), width: "14rem", importance: 9 },
        { id: "count", header: t("integration.rows"), text: (kind) => format.number(found[kind].count), end: true, width: "7rem", importance: 9 },
        { id: "examples", header: t("integration.examples"), text: (kind) => found[kind].examples.join(", "), importance: 7 },
      ]}
    />
  );
}
