import { describe, expect, it } from "vitest";
import { drawings, groupOf } from "./flows";
import type { Proxy } from "./proxies";

const step = (policy: string, type: string, condition = "") => ({ policy, type, condition });
const flow = (name: string, request: ReturnType<typeof step>[], response: ReturnType<typeof step>[] = [], condition = "") => ({ name, condition, request, response });

const PROXY: Proxy = {
  proxy: { name: "Orders API", title: "Orders", description: "", basePaths: ["/orders"], latest: 2, deployed: 1, failure: null, findings: 1, deployable: false, changedAt: "2026-01-01T00:00:00Z", changedBy: "somebody" },
  revision: { number: 2, at: "2026-01-01T00:00:00Z", by: "s", byName: "somebody", note: "", digest: "d", size: 1, deployed: false },
  proxyEndpoints: [
    {
      name: "default",
      basePath: "/orders",
      file: "APIProxy/APIProxyEndPoint/default.xml",
      flows: [
        flow("PreFlow", [step("verify", "OAuthV2")]),
        flow("read", [step("limit", "Quota", "x != null")], [step("shape", "AssignMessage")], 'request.verb = "GET"'),
        flow("PostFlow", []),
        flow("PostClientFlow", [], [step("log", "MessageLogging")]),
      ],
      routes: [{ name: "sap", condition: "", target: "default" }, { name: "none", condition: "a = b", target: null }],
      faultRules: [{ name: "denied", condition: "fault.name = \"x\"", alwaysEnforce: true, steps: [step("tell", "RaiseFault")] }],
    },
  ],
  targetEndpoints: [
    { name: "default", url: null, provider: "SAP", relativePath: "/ORDERS_SRV", file: "APIProxy/APITargetEndPoint/default.xml", flows: [flow("PreFlow", [step("gone", "")])], faultRules: [] },
    { name: "unused", url: "https://x", provider: null, relativePath: "", file: "u.xml", flows: [], faultRules: [] },
  ],
  policies: [{ name: "verify", type: "OAuthV2", file: "APIProxy/Policy/verify.xml" }],
  findings: [{ gravity: "ERROR", file: "APIProxy/Policy/verify.xml", line: 3, reason: "r" }],
  deployable: false,
};

describe("the drawing of a proxy", () => {
  const [drawing] = drawings(PROXY);
  const stages = drawing?.stages ?? [];

  it("has what a request and its answer pass, in that order, and no target that no route leads to", () => {
    expect(stages.map(({ kind }) => kind)).toEqual(["client", "proxyRequest", "routes", "targetRequest", "target", "targetResponse", "proxyResponse", "afterwards"]);
  });

  it("draws requests and answers of an endpoint beside each other", () => {
    const row = (wanted: string) => stages.find(({ kind }) => kind === wanted)?.row;
    expect(row("proxyRequest")).toBe(row("proxyResponse"));
    expect(row("targetRequest")).toBe(row("targetResponse"));
    expect(row("target")).toBeGreaterThan(row("targetRequest") ?? 0);
  });

  it("leaves out flows without steps and keeps conditions", () => {
    const request = stages.find(({ kind }) => kind === "proxyRequest");
    expect(request?.kind === "proxyRequest" && request.lanes.map(({ name, condition, steps }) => [name, condition, steps.map((one) => [one.policy, one.condition])])).toEqual([
      ["PreFlow", "", [["verify", ""]]],
      ["read", 'request.verb = "GET"', [["limit", "x != null"]]],
    ]);
  });

  it("leads from a step to its policy, with the findings there; a missing policy leads nowhere", () => {
    const request = stages.find(({ kind }) => kind === "proxyRequest");
    const verify = request?.kind === "proxyRequest" ? request.lanes[0]?.steps[0] : undefined;
    expect(verify).toMatchObject({ group: "security", findings: 1, href: "/api-management/proxies/Orders%20API/editor?file=APIProxy%2FPolicy%2Fverify.xml" });
    const target = stages.find(({ kind }) => kind === "targetRequest");
    expect(target?.kind === "targetRequest" && target.lanes[0]?.steps[0]?.href).toBeUndefined();
  });

  it("has the fault rules beside the flows", () => {
    expect(drawing?.faults.map(({ endpoint, lanes }) => [endpoint, lanes.map(({ name, always }) => [name, always])])).toEqual([["default", [["denied", true]]]]);
  });

  it("knows the group of a policy", () => {
    expect(["VerifyAPIKey", "Quota", "XSL", "Javascript", "Other"].map(groupOf)).toEqual(["security", "traffic", "mediation", "extension", "unknown"]);
  });
});
