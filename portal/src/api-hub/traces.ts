import { api, read } from "../api/client";
import type { components } from "../api/schema";
import { textOf, type Values } from "../ui/form";

export type Recorded = components["schemas"]["Recorded"];
export type TraceRecord = components["schemas"]["TraceRecord"];
export type Step = components["schemas"]["Step"];
export type Variables = Readonly<Record<string, string>>;

const PATH = "/api/api-management/traces";

export const beginTrace = (values: Values) =>
  read(
    api.POST(PATH, {
      body: {
        proxy: textOf(values, "proxy") || null,
        path: textOf(values, "path") || null,
        header: textOf(values, "header") || null,
        value: textOf(values, "value") || null,
        client: textOf(values, "client") || null,
        application: textOf(values, "application") || null,
        status: textOf(values, "status") || null,
        seconds: Number(textOf(values, "seconds")),
        requests: Number(textOf(values, "requests")),
      },
    }),
  );

export const readTrace = (id: string) => read(api.GET(`${PATH}/{id}`, { params: { path: { id } } }));

export const endTrace = (id: string) => read(api.DELETE(`${PATH}/{id}`, { params: { path: { id } } }));

/** Whether a trace has still requests to come. */
export const running = (trace: Pick<Recorded, "until">, now: number) => Date.parse(trace.until) > now;

/** The steps of one flow, with their places in the record. */
export type FlowOfSteps = { flow: string; steps: { step: Step; index: number }[] };

/** The steps by flow, in their order; flows without steps are left out, except for those that reach the target. */
export function flowsOf(record: Pick<TraceRecord, "steps">): FlowOfSteps[] {
  const flows: FlowOfSteps[] = [];
  for (const [index, step] of record.steps.entries()) {
    let last = flows.at(-1);
    if (last === undefined || last.flow !== step.flow) {
      last = { flow: step.flow, steps: [] };
      flows.push(last);
    }
    last.steps.push({ step, index });
  }
  return flows.map(({ flow, steps }) => ({ flow, steps: steps.length > 1 ? steps.filter(({ step }) => step.outcome !== "flow" || Object.keys(step.changes).length > 0) : steps }));
}

/** The variables after a step, from those at the start and the changes since. */
export function variablesAfter(record: Pick<TraceRecord, "steps" | "before">, index: number): Variables {
  const variables: Record<string, string> = { ...record.before };
  for (const { changes } of record.steps.slice(0, index + 1)) {
    for (const [name, { after }] of Object.entries(changes)) {
      if (after === "") Reflect.deleteProperty(variables, name);
      else variables[name] = after;
    }
  }
  return variables;
}

/** The headers of a message among variables, by name. */
export function headersIn(variables: Variables, message: "request" | "response" | "error"): [string, string][] {
  const prefix = `${message}.header.`;
  return Object.entries(variables)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [string, string] => [name.slice(prefix.length), value])
    .sort(([one], [other]) => one.localeCompare(other));
}

/** A flow's phase and name, such as PROXY_REQUEST and PreFlow. */
export function partsOf(flow: string): { phase: string; name: string } {
  const at = flow.indexOf(" ");
  return at < 0 ? { phase: flow, name: "" } : { phase: flow.slice(0, at), name: flow.slice(at + 1) };
}

/** Microseconds as milliseconds, as finely as they are told apart. */
export const millis = (micros: number) => (micros >= 10_000 ? Math.round(micros / 1_000) : Math.round(micros) / 1_000);
