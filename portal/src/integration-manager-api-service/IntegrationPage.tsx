import "./integrations.css";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { Link, useParams } from "react-router";
import type { Versioned } from "../api/client";
import { DataTable } from "../ui/DataTable";
import { Facts, ObjectFrame, type Section } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { Actions } from "./Actions";
import { Check } from "./Check";
import { Definition } from "./Definition";
import { every, findIntegration, lag, listIntegrations, ALL, type Integration, type IntegrationDetail, type Trouble } from "./integrations";
import { newest } from "./live";
import { Letters, Runs } from "./Outcomes";
import { mapping, type Mapped } from "./mapping";
import { Rows, State } from "./State";
import { useInbound } from "./useInbound";

/** One integration: how it is doing, what it maps, what happened, and its definition. */
export default function IntegrationPage() {
  const { name = "" } = useParams();
  const detail = useRead(["integration", name], () => findIntegration(name));
  return <ReadFrame read={detail}>{(found) => <Shown key={name} detail={found} />}</ReadFrame>;
}

function Shown({ detail }: { detail: Versioned<IntegrationDetail> }) {
  const words = useWords();
  const { t } = words;
  const queries = useQueryClient();
  const { live } = useInbound();
  const { name } = detail.value;
  const [now = detail.value] = newest([detail.value], live);
  const again = () => void queries.invalidateQueries({ queryKey: ["integration", name] });
  useReadAgain(name, [now.status, now.loadedAt, now.deadLetters, now.lastError?.at].join());
  const schedule = now.schedule === null ? t("integration.notScheduled") : every(now.schedule, words);
  return (
    <ObjectFrame
      title={name}
      subtitle={`${now.entitySet} → ${now.collection}`}
      path={[{ text: t("nav.integrations"), href: "/admin/integrations" }]}
      status={<State integration={now} />}
      actions={<Actions integration={now} onDone={again} />}
      facts={[
        { label: t("integration.rows"), value: <Rows integration={now} progress={live.loads.get(name)} /> },
        { label: t("integration.lastSuccess"), value: now.lastSuccessAt === null ? t("date.never") : words.format.instant(now.lastSuccessAt) },
        { label: t("integration.lagTitle"), value: lag(now.lagMs, words) },
        { label: t("integration.letters"), value: words.format.number(now.deadLetters) },
        { label: t("integration.schedule"), value: schedule },
      ]}
      sections={sections(detail, now, words)}
    />
  );
}

/** Reads runs and dead letters again when something has happened that they would show. */
function useReadAgain(name: string, happened: string) {
  const queries = useQueryClient();
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["integration-outcome", name] });
  }, [queries, name, happened]);
}

function sections(detail: Versioned<IntegrationDetail>, now: Integration, words: Words): Section[] {
  const { t, format } = words;
  const { name, document } = detail.value;
  const all: (Section | undefined)[] = [
    now.lastError ? { id: "error", title: t("integration.lastError"), content: <LastError trouble={now.lastError} /> } : undefined,
    {
      id: "state",
      title: t("field.state"),
      content: (
        <Facts
          facts={[
            { label: t("integration.loadedAt"), value: format.instant(now.loadedAt) },
            { label: t("integration.rate"), value: format.number(now.rowsPerSecond) },
            { label: t("integration.inserted"), value: format.number(now.inserted) },
            { label: t("integration.updated"), value: format.number(now.updated) },
            { label: t("integration.unchanged"), value: format.number(now.unchanged) },
            { label: t("integration.deltaAt"), value: format.instant(now.deltaAt) },
            { label: t("integration.deltaRows"), value: format.number(now.deltaRows) },
            { label: t("integration.failuresInRow"), value: format.number(now.failuresInRow) },
            { label: t("integration.system"), value: now.system },
            { label: t("integration.service"), value: now.service },
          ]}
        />
      ),
    },
    { id: "runs", title: t("integration.runs"), content: <Runs name={name} /> },
    { id: "letters", title: t("integration.letters"), content: <Letters name={name} /> },
    { id: "mapping", title: t("integration.mapping"), content: <MappingTable rows={mapping(document)} /> },
    { id: "dependencies", title: t("integration.dependencies"), content: <Dependencies integration={now} /> },
    { id: "check", title: `${t("integration.verify")} · ${t("integration.repair")}`, content: <Check integration={now} /> },
    { id: "definition", title: t("integration.definition"), content: <Definition detail={detail} /> },
  ];
  return all.filter((section) => section !== undefined);
}

function LastError({ trouble }: { trouble: Trouble }) {
  const { t, format } = useWords();
  return (
    <div className="problem">
      <strong>{trouble.code}</strong>: {trouble.detail}
      <div>{t("error.remedy", { remedy: trouble.remedy })}</div>
      {trouble.transactions.length > 0 && <div>{t("integration.transactions", { transactions: trouble.transactions.join(", ") })}</div>}
      <div className="quiet">{format.instant(trouble.at)}</div>
    </div>
  );
}

function MappingTable({ rows }: { rows: readonly Mapped[] }) {
  const { t } = useWords();
  return (
    <DataTable<Mapped>
      name={t("integration.mapping")}
      rows={rows}
      keyOf={({ to, from }) => `${from}→${to}`}
      columns={[
        { id: "from", header: t("integration.from"), text: ({ from, key }) => (key ? `${from} (${t("integration.key")})` : from), importance: 9 },
        { id: "to", header: t("integration.to"), text: ({ to }) => to || t("integration.skipped"), importance: 9 },
        { id: "how", header: t("integration.conversion"), text: ({ how }) => how, importance: 5 },
      ]}
    />
  );
}

/** What has to be loaded before, and what is loaded after. */
function Dependencies({ integration }: { integration: Integration }) {
  const { t } = useWords();
  const list = useRead(ALL, listIntegrations);
  const needed = (list.data?.items ?? []).filter(({ dependsOn }) => dependsOn.includes(integration.name)).map(({ name }) => name);
  return (
    <Facts
      facts={[
        { label: t("integration.dependsOn"), value: links(integration.dependsOn) },
        { label: t("integration.neededBy"), value: links(needed) },
      ]}
    />
  );
}

const links = (names: readonly string[]): ReactNode =>
  names.length === 0 ? (
    "–"
  ) : (
    <ul className="integration-links">
      {names.map((name) => (
        <li key={name}>
          <Link to={`/admin/integrations/${encodeURIComponent(name)}`}>{name}</Link>
        </li>
      ))}
    </ul>
  );
