import "./hub.css";
import "@ui5/webcomponents-icons/dist/journey-arrive.js";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useEffect, useState } from "react";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { textOf, type Field } from "../ui/form";
import { FormDialog } from "../ui/FormDialog";
import { useListState } from "../ui/listState";
import { usePageTitle } from "../ui/page";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { meaningOf } from "./console";
import { proxyNames } from "./products";
import { TraceView } from "./TraceView";
import { beginTrace, endTrace, readTrace, running, type Recorded, type TraceRecord } from "./traces";

/** So often a trace that runs is read again. */
const READ_EVERY_MS = 1_000;

/** Follows requests through their proxies, step by step. The trace and the request that is shown stand in the address. */
export default function Traces() {
  const { t } = useWords();
  const state = useListState();
  const id = state.value("trace");
  const [begins, setBegins] = useState(false);
  usePageTitle(t("apiHub.traces"));
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("apiHub.traces")}
        </h1>
        <Button design="Emphasized" onClick={() => { setBegins(true); }}>
          {t("apiHub.beginTrace")}
        </Button>
      </header>
      {id === "" ? <Empty icon="journey-arrive" title={t("apiHub.noTrace")} hint={t("apiHub.noTraceHint")} /> : <Trace key={id} id={id} />}
      {begins && <Begin onBegun={(begun) => { state.replace(new URLSearchParams({ trace: begun }).toString()); }} onClose={() => { setBegins(false); }} />}
    </section>
  );
}

/** A status, or a class of them. */
const STATUS = /^[1-5](\d\d|xx)$/;

function Begin({ onBegun, onClose }: { onBegun: (id: string) => void; onClose: () => void }) {
  const { t } = useWords();
  const proxies = useRead(["gateway-proxy-names"], proxyNames, ["ApiProxy"]);
  const fields: Field[] = [
    { kind: "choice", name: "proxy", label: t("apiHub.proxy"), hint: t("apiHub.anyProxy"), choices: (proxies.data ?? []).map((name) => ({ value: name, text: name })) },
    { kind: "text", name: "path", label: t("apiHub.pathBegins"), hint: t("apiHub.pathBeginsHint"), lengthMax: 500 },
    { kind: "text", name: "header", label: t("apiHub.header"), hint: t("apiHub.headerHint"), lengthMax: 100 },
    { kind: "text", name: "value", label: t("apiHub.headerValue"), lengthMax: 1_000 },
    { kind: "text", name: "client", label: t("apiHub.clientAddress"), lengthMax: 60 },
    { kind: "text", name: "application", label: t("apiHub.application"), hint: t("apiHub.applicationOrKey"), lengthMax: 200 },
    { kind: "text", name: "status", label: t("apiHub.httpStatus"), hint: t("apiHub.statusHint"), pattern: STATUS, lengthMax: 3 },
    { kind: "number", name: "seconds", label: t("apiHub.seconds"), required: true, min: 1, max: 600, step: 1 },
    { kind: "number", name: "requests", label: t("apiHub.requestsMost"), required: true, min: 1, max: 100, step: 1 },
  ];
  return (
    <FormDialog
      title={t("apiHub.beginTrace")}
      saveText={t("apiHub.begin")}
      fields={fields}
      initial={{ proxy: "", path: "", header: "", value: "", client: "", application: "", status: "", seconds: "120", requests: "20" }}
      save={async (values) => {
        onBegun((await beginTrace(textOf(values, "header") === "" ? { ...values, value: "" } : values)).id);
      }}
      onClose={onClose}
    >
      {proxies.error && <ProblemStrip failure={proxies.error} onRetry={() => void proxies.refetch()} />}
      <p className="quiet">{t("apiHub.beginHint")}</p>
    </FormDialog>
  );
}

function Trace({ id }: { id: string }) {
  const { t } = useWords();
  const [ended, setEnded] = useState<Recorded>();
  const read = useQuery({
    queryKey: ["gateway-trace", id],
    queryFn: () => readTrace(id),
    enabled: ended === undefined, // The server forgets a trace that is ended; what it recorded stays here.
    refetchInterval: ({ state }) => (state.error === null && (state.data === undefined || running(state.data, Date.now())) ? READ_EVERY_MS : false),
  });
  if (read.error && read.data === undefined) {
    return (
      <>
        <ProblemStrip failure={read.error} />
        <p className="quiet">{t("apiHub.traceGone")}</p>
      </>
    );
  }
  if (ended !== undefined) return <Recordings trace={ended} ended onEnded={setEnded} />;
  return <ReadFrame read={read}>{(trace) => <Recordings trace={trace} ended={false} onEnded={setEnded} />}</ReadFrame>;
}

function Recordings({ trace, ended, onEnded }: { trace: Recorded; ended: boolean; onEnded: (last: Recorded) => void }) {
  const words = useWords();
  const { t } = words;
  const state = useListState();
  const now = useNow();
  const runs = !ended && running(trace, now);
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const chosen = trace.requests.find(({ id }) => id === state.value("request"));
  const end = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const last = await readTrace(trace.id);
      await endTrace(trace.id);
      onEnded(last);
    } catch (problem) {
      setFailure(problem);
    }
    setBusy(false);
  };
  return (
    <>
      <p className="trace-state" role="status">
        <Status text={runs ? t("apiHub.traceRuns", { seconds: Math.max(0, Math.ceil((Date.parse(trace.until) - now) / 1_000)) }) : t("apiHub.traceEnded")} meaning={runs ? "good" : "plain"} />
        <span>{t("apiHub.recorded", { count: trace.requests.length })}</span>
        {runs && <Button design="Transparent" disabled={busy} onClick={() => void end()}>{t("apiHub.endTrace")}</Button>}
      </p>
      {failure !== undefined && <ProblemStrip failure={failure} />}
      <div className={chosen ? "trace with-view" : "trace"}>
        <DataTable<TraceRecord>
          name={t("apiHub.recordedRequests")}
          rows={[...trace.requests].reverse()}
          keyOf={({ id }) => id}
          columns={columns(words, chosen?.id, (id) => { state.set({ request: id }); })}
          empty={<Empty icon="journey-arrive" title={t("apiHub.nothingRecorded")} hint={t(runs ? "apiHub.nothingRecordedHint" : "apiHub.nothingCame")} />}
        />
        {chosen && <TraceView key={chosen.id} record={chosen} />}
      </div>
    </>
  );
}

/** The time, to the second. */
function useNow() {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => { setNow(Date.now()); }, READ_EVERY_MS);
    return () => { clearInterval(timer); };
  }, []);
  return now;
}

const columns = ({ t, format }: Words, chosen: string | undefined, choose: (id: string) => void): Column<TraceRecord>[] => [
  {
    id: "request",
    header: t("apiHub.request"),
    text: ({ verb, uri }) => `${verb} ${uri}`,
    cell: ({ id, verb, uri }) => (
      <button type="button" className="link trace-choice" aria-pressed={id === chosen} onClick={() => { choose(id); }}>
        {verb} {uri}
      </button>
    ),
    importance: 9,
  },
  { id: "status", header: t("apiHub.httpStatus"), text: ({ status }) => String(status), cell: ({ status }) => <Status text={String(status)} meaning={meaningOf(status)} />, width: "6rem", importance: 8 },
  { id: "proxy", header: t("apiHub.proxy"), text: ({ proxy, revision }) => `${proxy} · ${String(revision)}`, importance: 5 },
  { id: "millis", header: t("apiHub.duration"), text: ({ millis }) => t("apiHub.milliseconds", { millis: format.number(millis, 1) }), end: true, width: "8rem", importance: 7 },
  { id: "time", header: t("apiHub.time"), text: ({ time }) => format.instant(time), importance: 4 },
];
