import "./integrations.css";
import "@ui5/webcomponents-icons/dist/play.js";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useSession } from "../session/session";
import { DataTable, type Column } from "../ui/DataTable";
import { usePageTitle } from "../ui/page";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { Actions, RunDialog } from "./Actions";
import { ALL, every, lag, listIntegrations, statusText, type Integration } from "./integrations";
import { newest, type Live } from "./live";
import { Rows, State } from "./State";
import { useInbound } from "./useInbound";

/** All integrations as they are at this moment. */
export default function Integrations() {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const queries = useQueryClient();
  const list = useRead(ALL, listIntegrations);
  const { live, interrupted } = useInbound();
  const [loadsAll, setLoadsAll] = useState(false);
  usePageTitle(t("nav.integrations"));
  const again = () => void queries.invalidateQueries({ queryKey: ALL });
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("nav.integrations")}
        </h1>
        <div className="page-actions">
          <Button icon="play" disabled={!may("inbound.run")} onClick={() => { setLoadsAll(true); }}>
            {t("integration.loadAll")}
          </Button>
        </div>
      </header>
      {interrupted && <p role="status">{t("integration.interruptedView")}</p>}
      <ReadFrame read={list}>
        {({ items }) => {
          const rows = newest(items, live);
          return (
            <>
              <Summary rows={rows} />
              <DataTable<Integration>
                name={t("nav.integrations")}
                columns={columns(words, live, again)}
                rows={rows}
                keyOf={({ name }) => name}
                hrefOf={({ name }) => `/admin/integrations/${encodeURIComponent(name)}`}
              />
            </>
          );
        }}
      </ReadFrame>
      {loadsAll && <RunDialog integrations={[]} onEnd={() => { setLoadsAll(false); }} />}
    </section>
  );
}

/** How many integrations are in which status, the bad ones first. */
function Summary({ rows }: { rows: readonly Integration[] }) {
  const { of, format } = useWords();
  return (
    <ul className="integration-summary">
      {([4, 3, 1, 0] as const).map((status) => {
        const count = rows.filter((row) => row.status === status).length;
        return count === 0 ? null : (
          <li key={status}>
            {of("integration", `status${status}`)}: {format.number(count)}
          </li>
        );
      })}
    </ul>
  );
}

const columns = (words: Words, live: Live, onDone: () => void): Column<Integration>[] => {
  const { t, format } = words;
  return [
    { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9 },
    { id: "status", header: t("field.state"), text: (row) => statusText(row, words), cell: (row) => <State integration={row} />, width: "8rem", importance: 9 },
    { id: "rows", header: t("integration.rows"), text: ({ rows }) => format.number(rows), cell: (row) => <Rows integration={row} progress={live.loads.get(row.name)} />, end: true, importance: 8 },
    { id: "rate", header: t("integration.rate"), text: ({ rowsPerSecond }) => format.number(rowsPerSecond), end: true, width: "7rem", importance: 2 },
    { id: "lag", header: t("integration.lagTitle"), text: ({ lagMs }) => lag(lagMs, words) || "–", end: true, width: "7rem", importance: 4 },
    { id: "lastSuccess", header: t("integration.lastSuccess"), text: ({ lastSuccessAt }) => (lastSuccessAt === null ? t("date.never") : format.instant(lastSuccessAt)), width: "10.5rem", importance: 5 },
    { id: "deadLetters", header: t("integration.letters"), text: ({ deadLetters }) => format.number(deadLetters), cell: ({ deadLetters }) => (deadLetters === 0 ? "0" : <Status text={format.number(deadLetters)} meaning="bad" />), end: true, width: "7rem", importance: 6 },
    { id: "schedule", header: t("integration.schedule"), text: (row) => scheduled(row, words), width: "8rem", importance: 3 },
    { id: "actions", header: t("integration.actions"), text: () => "", cell: (row) => <Actions integration={row} brief onDone={onDone} />, width: "8.5rem", importance: 7 },
  ];
};

const scheduled = ({ schedule }: Integration, words: Words) => (schedule === null ? words.t("integration.notScheduled") : every(schedule, words));
