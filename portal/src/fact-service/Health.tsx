import { useQuery } from "@tanstack/react-query";
import { useSession } from "../session/session";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { usePageTitle } from "../ui/page";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { FactLetters } from "./FactLetters";
import { findHealth, listPlanned, RUN_STATES, worstFirst, type Planned, type Target } from "./health";

/** How often the page looks again; nothing tells it of changes. */
const AGAIN_MS = 10_000;

/** The target whose page tells which commands failed. */
const OUTBOX_TARGET = "outbox-service";

/** How the program is doing: its targets, facts that were not taken, and what runs next. */
export default function HealthPage() {
  const { t } = useWords();
  const { may } = useSession();
  usePageTitle(t("health.title"));
  return (
    <section className="page" aria-labelledby="page-title">
      <h1 id="page-title">{t("health.title")}</h1>
      <Targets />
      {may("facts.read") && <FactLetters />}
      {may("integrations.read") && <Schedule />}
    </section>
  );
}

function Targets() {
  const words = useWords();
  const { t } = words;
  const mayOutbox = useSession().may("outbox.read");
  const health = useQuery({ queryKey: ["health"], queryFn: findHealth, refetchInterval: AGAIN_MS });
  return (
    <section aria-labelledby="targets">
      <h2 id="targets">{t("health.targets")}</h2>
      <ReadFrame read={health}>
        {({ targets }) => {
          const missing = targets.filter(({ ready }) => !ready).length;
          return (
            <>
              <div role="status">{missing === 0 ? <Status text={t("health.allReady", { count: targets.length })} meaning="good" /> : <Status text={t("health.someNotReady", { count: missing })} meaning="bad" />}</div>
              <DataTable<Target> name={t("health.targets")} rows={worstFirst(targets)} columns={targetColumns(words)} keyOf={({ name }) => name} hrefOf={({ name }) => (name === OUTBOX_TARGET && mayOutbox ? "/outbox" : undefined)} />
            </>
          );
        }}
      </ReadFrame>
    </section>
  );
}

const targetColumns = ({ t }: Words): Column<Target>[] => [
  { id: "name", header: t("health.target"), text: ({ name }) => name, importance: 9 },
  { id: "ready", header: t("field.state"), text: ({ ready }) => (ready ? t("health.ready") : t("health.notReady")), cell: ({ ready }) => <Status text={ready ? t("health.ready") : t("health.notReady")} meaning={ready ? "good" : "bad"} />, width: "9rem", importance: 9 },
  { id: "detail", header: t("health.detail"), text: ({ detail }) => detail, importance: 7 },
];

/** What the schedule of the process that answers runs next. */
function Schedule() {
  const words = useWords();
  const { t } = words;
  const planned = useQuery({ queryKey: ["planned"], queryFn: listPlanned, refetchInterval: AGAIN_MS });
  return (
    <section aria-labelledby="schedule">
      <h2 id="schedule">{t("health.schedule")}</h2>
      <ReadFrame read={planned}>{({ items }) => <DataTable<Planned> name={t("health.schedule")} rows={items} columns={plannedColumns(words)} keyOf={({ integration }) => integration} hrefOf={({ integration }) => `/admin/integrations/${encodeURIComponent(integration)}`} empty={<Empty title={t("health.noSchedule")} />} />}</ReadFrame>
    </section>
  );
}

const plannedColumns = ({ t, of, format }: Words): Column<Planned>[] => [
  { id: "integration", header: t("field.name"), text: ({ integration }) => integration, importance: 9 },
  { id: "state", header: t("field.state"), text: ({ state }) => of("health", `run.${state}`), cell: ({ state }) => <Status text={of("health", `run.${state}`)} meaning={RUN_STATES[state]} />, width: "11rem", importance: 8 },
  { id: "nextRunAt", header: t("health.nextRun"), text: ({ nextRunAt }) => format.instant(nextRunAt), cell: ({ nextRunAt }) => <span title={format.instant(nextRunAt)}>{format.ago(nextRunAt)}</span>, width: "9rem", importance: 7 },
  { id: "failures", header: t("integration.failuresInRow"), text: ({ failuresInRow }) => format.number(failuresInRow), end: true, width: "8rem", importance: 3 },
  { id: "detail", header: t("integration.reason"), text: ({ code, detail }) => [code, detail].filter(Boolean).join(": "), importance: 5 },
  { id: "remedy", header: t("health.remedy"), text: ({ remedy }) => remedy ?? "", importance: 4 },
];
