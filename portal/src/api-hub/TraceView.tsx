import { useRef, useState, type KeyboardEvent } from "react";
import { DataTable } from "../ui/DataTable";
import { Facts } from "../ui/ObjectFrame";
import { stepped } from "../ui/plot";
import { Status, type Meaning } from "../ui/Status";
import { useWords } from "../words/words";
import { flowsOf, headersIn, millis, partsOf, variablesAfter, type Step, type TraceRecord } from "./traces";

const MEANINGS: Record<string, Meaning> = { ran: "good", skipped: "plain", failed: "bad", flow: "plain" };
const MARKS: Record<string, string> = { ran: "✓", skipped: "–", failed: "✕", flow: "→" };

/** One request: its steps on a line from the client to the target and back, and what the chosen one did. Arrow keys move along the line. */
export function TraceView({ record }: { record: TraceRecord }) {
  const { t, format } = useWords();
  const flows = flowsOf(record);
  const order = flows.flatMap(({ steps }) => steps.map(({ index }) => index));
  const [chosen, setChosen] = useState(() => order.find((index) => record.steps[index]?.outcome === "failed") ?? order[0] ?? 0);
  const line = useRef<HTMLDivElement>(null);
  const choose = (index: number) => {
    setChosen(index);
    line.current?.querySelector<HTMLElement>(`[data-step="${String(index)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepped(event.key, order.indexOf(chosen), order.length);
    const index = next === undefined ? undefined : order[forward(event.key, order.indexOf(chosen), next, order.length)];
    if (index === undefined) return;
    event.preventDefault();
    choose(index);
  };
  const step = record.steps[chosen];
  return (
    <section className="card trace-view" aria-label={`${record.verb} ${record.uri}`}>
      <h2 className="section-title">
        {record.verb} {record.uri}
      </h2>
      <Facts
        facts={[
          { label: t("apiHub.httpStatus"), value: String(record.status) },
          { label: t("apiHub.duration"), value: t("apiHub.milliseconds", { millis: format.number(record.millis, 1) }) },
          { label: t("apiHub.inTarget"), value: t("apiHub.milliseconds", { millis: format.number(record.targetMillis, 1) }) },
          { label: t("apiHub.proxy"), value: `${record.proxy} · ${String(record.revision)}` },
        ]}
      />
      <p className="quiet trace-keys">{t("apiHub.traceKeys")}</p>
      <div ref={line} className="trace-line" role="listbox" aria-label={t("apiHub.steps")} aria-orientation="horizontal" onKeyDown={onKeyDown}>
        {flows.map(({ flow, steps }, place) => (
          <div key={place} className="trace-flow" role="group" aria-label={`${phaseText(flow, t)} ${partsOf(flow).name}`}>
            <span className="trace-flow-name" aria-hidden="true">
              <span>{phaseText(flow, t)}</span>
              <span>{partsOf(flow).name}</span>
            </span>
            <div className="trace-steps" role="presentation">
              {steps.map(({ step: one, index }) => (
                <StepMark key={index} step={one} index={index} chosen={index === chosen} onChoose={() => { choose(index); }} />
              ))}
            </div>
          </div>
        ))}
      </div>
      {step && <StepDetail record={record} step={step} index={chosen} />}
    </section>
  );
}

/** Up and down are before and after here, unlike on a plot. */
const forward = (key: string, from: number, next: number, count: number) => (key === "ArrowDown" ? Math.min(count - 1, from + 1) : key === "ArrowUp" ? Math.max(0, from - 1) : next);

const PHASES = { PROXY_REQUEST: "apiHub.phase.proxyRequest", TARGET_REQUEST: "apiHub.phase.targetRequest", TARGET_RESPONSE: "apiHub.phase.targetResponse", PROXY_RESPONSE: "apiHub.phase.proxyResponse", POST_CLIENT: "apiHub.phase.postClient" } as const;

function phaseText(flow: string, t: ReturnType<typeof useWords>["t"]): string {
  const { phase } = partsOf(flow);
  return phase in PHASES ? t(PHASES[phase as keyof typeof PHASES]) : phase;
}

function StepMark({ step, index, chosen, onChoose }: { step: Step; index: number; chosen: boolean; onChoose: () => void }) {
  const { t, of, format } = useWords();
  const name = step.policy || t("apiHub.flowBegins");
  const time = step.outcome === "ran" || step.outcome === "failed" ? t("apiHub.milliseconds", { millis: format.number(millis(step.micros)) }) : "";
  return (
    <div role="option" aria-selected={chosen} tabIndex={chosen ? 0 : -1} data-step={index} className={`trace-step ${step.outcome}`} onClick={onChoose}>
      <span className="trace-mark" aria-hidden="true">
        {MARKS[step.outcome] ?? "•"}
      </span>
      <span className="trace-name">{name}</span>
      {time && <span className="visually-hidden">{of("apiHub.outcome", step.outcome)}</span>}
      <span className="trace-time">{time || of("apiHub.outcome", step.outcome)}</span>
    </div>
  );
}

type Changed = { name: string; before: string; after: string };

/** What a step did: its condition, the variables that it changed, and the headers as they were after it. */
function StepDetail({ record, step, index }: { record: TraceRecord; step: Step; index: number }) {
  const { t, of, format } = useWords();
  const rows: Changed[] = Object.entries(step.changes).map(([name, change]) => ({ name, ...change }));
  const variables = variablesAfter(record, index);
  return (
    <div className="stack">
      <h3 className="section-title" aria-live="polite">
        {step.policy || partsOf(step.flow).name} <Status text={of("apiHub.outcome", step.outcome)} meaning={MEANINGS[step.outcome] ?? "plain"} />
      </h3>
      <Facts
        facts={[
          { label: t("field.kind"), value: step.type },
          { label: t("apiHub.flow"), value: `${phaseText(step.flow, t)} ${partsOf(step.flow).name}` },
          { label: t("apiHub.condition"), value: step.condition ? <code>{step.condition}</code> : step.policy ? t("apiHub.always") : "" },
          { label: t("apiHub.duration"), value: step.micros > 0 ? t("apiHub.milliseconds", { millis: format.number(millis(step.micros)) }) : "" },
          { label: t("apiHub.fault"), value: step.detail },
        ]}
      />
      <h4 className="trace-heading">{t("apiHub.changedVariables")}</h4>
      <DataTable<Changed>
        name={t("apiHub.changedVariables")}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { id: "name", header: t("apiHub.variable"), text: ({ name }) => name, cell: ({ name }) => <code>{name}</code>, importance: 9 },
          { id: "before", header: t("apiHub.before"), text: ({ before }) => before, cell: ({ before }) => <Value text={before} />, importance: 7 },
          { id: "after", header: t("apiHub.after"), text: ({ after }) => after, cell: ({ after }) => <Value text={after} />, importance: 8 },
        ]}
        empty={<p className="quiet trace-none">{t("apiHub.nothingChanged")}</p>}
      />
      <div className="sides">
        {(["request", "response", "error"] as const).map((message) => (
          <MessageHeaders key={message} title={of("apiHub.headersOf", message)} headers={headersIn(variables, message)} content={variables[`${message}.content`] ?? ""} always={message !== "error"} />
        ))}
      </div>
    </div>
  );
}

const MASK = "***";

function Value({ text }: { text: string }) {
  const { t } = useWords();
  if (text === "") return <span className="quiet">–</span>;
  if (text === MASK) return <span className="masked">{t("apiHub.masked")}</span>;
  return <span className="trace-value">{text}</span>;
}

function MessageHeaders({ title, headers, content, always }: { title: string; headers: readonly (readonly [string, string])[]; content: string; always: boolean }) {
  const { t } = useWords();
  if (headers.length === 0 && content === "" && !always) return null;
  return (
    <details open={headers.length > 0}>
      <summary>{title}</summary>
      {headers.length === 0 ? (
        <p className="quiet">{t("apiHub.noneYet")}</p>
      ) : (
        <dl className="header-lines">
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Value text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {content !== "" && <pre tabIndex={0} aria-label={`${title}: ${t("apiHub.body")}`}>{content}</pre>}
    </details>
  );
}
