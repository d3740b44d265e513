import { editorAt, type Finding, type Proxy } from "./proxies";

type Endpoint = Proxy["proxyEndpoints"][number];
type Target = Proxy["targetEndpoints"][number];
type Flow = Endpoint["flows"][number];
type FaultRule = Endpoint["faultRules"][number];

/** A policy at its place in a flow. */
export type Step = {
  policy: string;
  /** The root element of its file; empty where the file is missing. */
  type: string;
  condition: string;
  group: Group;
  /** The editor at its file. */
  href: string | undefined;
  findings: number;
};

/** Steps that are taken one after the other, all of them or none. */
export type Lane = { name: string; condition: string; always: boolean; steps: readonly Step[] };

/** What a request or an answer passes, in order. The side says where it is drawn where there is room: requests go down, answers come up. */
export type Stage = { row: number } & (
  | { kind: "client"; basePath: string }
  | { kind: "proxyRequest" | "proxyResponse"; endpoint: string; lanes: readonly Lane[] }
  | { kind: "routes"; routes: readonly Route[] }
  | { kind: "targetRequest" | "targetResponse"; endpoint: string; lanes: readonly Lane[] }
  | { kind: "target"; endpoint: string; address: string; provider: string | null; href: string }
  | { kind: "afterwards"; lanes: readonly Lane[] }
);

/** Where requests go that fulfil a condition; a target of null is no target: the policies answer. */
export type Route = { name: string; condition: string; target: string | null };

/** What runs after a failure at an endpoint. */
export type Faults = { endpoint: string; lanes: readonly Lane[] };

export type Drawing = { endpoint: string; href: string; stages: readonly Stage[]; faults: readonly Faults[] };

/** SAP's groups of policies. */
export type Group = "security" | "traffic" | "mediation" | "extension" | "unknown";

const GROUPS: Readonly<Record<Exclude<Group, "unknown">, readonly string[]>> = {
  security: ["AccessControl", "AccessEntity", "BasicAuthentication", "DecodeJWT", "GenerateJWT", "GenerateSAMLAssertion", "GetOAuthV2Info", "JSONThreatProtection", "KeyValueMapOperations", "OAuthV2", "RegularExpressionProtection", "SetOAuthV2Info", "ValidateSAMLAssertion", "VerifyAPIKey", "VerifyJWT", "XMLThreatProtection"],
  traffic: ["ConcurrentRatelimit", "InvalidateCache", "LookupCache", "PopulateCache", "Quota", "ResetQuota", "ResponseCache", "SpikeArrest"],
  mediation: ["AssignMessage", "ExtractVariables", "JSONToXML", "MessageValidation", "RaiseFault", "XMLToJSON", "XSL"],
  extension: ["Javascript", "MessageLogging", "Script", "ServiceCallout", "StatisticsCollector"],
};

export const groupOf = (type: string): Group => (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).find((group) => GROUPS[group].includes(type)) ?? "unknown";

/** The drawings of a proxy, one for each endpoint that clients come in by. */
export function drawings({ proxy, proxyEndpoints, targetEndpoints, policies, findings }: Proxy): Drawing[] {
  const step = stepsOf(proxy.name, policies, findings);
  return proxyEndpoints.map((endpoint) => {
    const targets = reached(endpoint, targetEndpoints);
    return {
      endpoint: endpoint.name,
      href: editorAt(proxy.name, endpoint.file),
      stages: stagesOf(proxy.name, endpoint, targets, step),
      faults: [endpoint, ...targets].map(({ name, faultRules }) => ({ endpoint: name, lanes: faultRules.map((rule) => faultLane(rule, step)) })).filter(({ lanes }) => lanes.length > 0),
    };
  });
}

type Made = (step: Flow["request"][number]) => Step;

function stepsOf(proxy: string, policies: Proxy["policies"], findings: readonly Finding[]): Made {
  const files = new Map(policies.map(({ name, file }) => [name, file]));
  return ({ policy, type, condition }) => {
    const file = files.get(policy);
    return { policy, type, condition, group: groupOf(type), href: file === undefined ? undefined : editorAt(proxy, file), findings: findings.filter((finding) => finding.file === file).length };
  };
}

const reached = ({ routes }: Endpoint, targets: readonly Target[]) => targets.filter(({ name }) => routes.some(({ target }) => target === name));

/** The flow that runs once the client has its answer is the only one behind the last. */
const AFTERWARDS = "PostClientFlow";

function stagesOf(proxy: string, { name, basePath, flows, routes }: Endpoint, targets: readonly Target[], step: Made): Stage[] {
  const passed = flows.filter((flow) => flow.name !== AFTERWARDS);
  const requests = lanes(passed, "request", step);
  const responses = lanes(passed, "response", step);
  const afterwards = lanes(flows.filter((flow) => flow.name === AFTERWARDS), "response", step);
  const stages: (Stage | undefined)[] = [
    { kind: "client", row: 1, basePath },
    { kind: "proxyRequest", row: 2, endpoint: name, lanes: requests },
    { kind: "routes", row: 3, routes },
    ...targets.flatMap((target, index) => targetStages(proxy, target, 4 + 2 * index, step)),
    { kind: "proxyResponse", row: 2, endpoint: name, lanes: responses },
    afterwards.length > 0 ? { kind: "afterwards", row: 4 + 2 * targets.length, lanes: afterwards } : undefined,
  ];
  return stages.filter((stage) => stage !== undefined);
}

function targetStages(proxy: string, { name, flows, url, provider, relativePath, file }: Target, row: number, step: Made): Stage[] {
  return [
    { kind: "targetRequest", row, endpoint: name, lanes: lanes(flows, "request", step) },
    { kind: "target", row: row + 1, endpoint: name, address: url ?? relativePath, provider, href: editorAt(proxy, file) },
    { kind: "targetResponse", row, endpoint: name, lanes: lanes(flows, "response", step) },
  ];
}

const lanes = (flows: readonly Flow[], way: "request" | "response", step: Made): Lane[] =>
  flows.filter((flow) => flow[way].length > 0).map((flow) => ({ name: flow.name, condition: flow.condition, always: false, steps: flow[way].map(step) }));

const faultLane = ({ name, condition, alwaysEnforce, steps }: FaultRule, step: Made): Lane => ({ name, condition, always: alwaysEnforce, steps: steps.map(step) });
