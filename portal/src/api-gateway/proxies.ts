import { api, ifMatch, read, versioned } from "../api/client";
import { textOf, textOrNull, type Values } from "../ui/form";
import { chosen } from "../ui/listing";
import type { Meaning } from "../ui/Status";

export type Outline = Awaited<ReturnType<typeof allProxies>>[number];
export type Proxy = Awaited<ReturnType<typeof findProxy>>["value"];
export type Finding = Proxy["findings"][number];
export type Revision = Awaited<ReturnType<typeof listRevisions>>[number];
export type ProxyFile = Awaited<ReturnType<typeof listFiles>>[number];
export type FileText = Awaited<ReturnType<typeof findFile>>["value"];
export type FileDiff = Awaited<ReturnType<typeof findDiff>>[number];

/** The collections that the pages of proxies show. */
export const SHOWS = ["ApiProxy"];

/** What decides whether a proxy can be deployed, besides its files. */
export const NEEDED = [...SHOWS, "ApiProvider", "KeyValueMap", "CertificateStore"];

export const PROXIES = "/api-management/proxies";
export const pageOf = (name: string) => `${PROXIES}/${encodeURIComponent(name)}`;

/** The editor at a file, and at a line of it. */
export function editorAt(name: string, file: string, line = 0): string {
  const query = new URLSearchParams({ file, ...(line > 0 && { line: String(line) }) });
  return `${pageOf(name)}/editor?${query.toString()}`;
}

export const diffOf = (name: string, from: number, to: number) => `${pageOf(name)}/diff?from=${String(from)}&to=${String(to)}`;

export const allProxies = async () => (await read(api.GET("/api/api-management/proxies"))).items;

export const listProxies = async (query: string) =>
  chosen(await allProxies(), query, {
    words: ({ name, title, basePaths }) => [name, title, ...basePaths],
    sorts: { name: ({ name }) => name, title: ({ title }) => title, changedAt: ({ changedAt }) => changedAt },
    filters: { state: stateOf },
  });

export const STATES = ["failed", "outdated", "deployed", "undeployed"] as const;
export type State = (typeof STATES)[number];
export const MEANINGS: Record<State, Meaning> = { failed: "bad", outdated: "watch", deployed: "good", undeployed: "plain" };

/** How a proxy is doing: whether it runs, and whether what runs is the newest. */
export function stateOf({ deployed, latest, failure }: Pick<Outline, "deployed" | "latest" | "failure">): State {
  if (deployed === null) return "undeployed";
  if (failure !== null) return "failed";
  return deployed < latest ? "outdated" : "deployed";
}

const at = (name: string) => ({ path: { name } });
const asked = (name: string, revision: number | undefined) => ({ ...at(name), query: revision === undefined ? {} : { revision } });

export const findProxy = (name: string, revision?: number) => versioned(api.GET("/api/api-management/proxies/{name}", { params: asked(name, revision) }));

export const createProxy = (values: Values) =>
  read(
    api.POST("/api/api-management/proxies", {
      body: {
        name: textOf(values, "name"),
        title: textOf(values, "title"),
        provider: textOf(values, "provider"),
        service: textOf(values, "service"),
        version: textOrNull(values, "version"),
        basePath: textOf(values, "basePath"),
        note: textOf(values, "note"),
      },
    }),
  );

export const importZip = (zip: Blob, note: string) =>
  read(api.POST("/api/api-management/import", { params: { query: { note } }, headers: { "Content-Type": "application/zip" }, body: zip as never, bodySerializer: (bytes) => bytes as never }));

export const exportZip = (name: string, revision?: number) => read(api.GET("/api/api-management/proxies/{name}/bundle", { params: asked(name, revision), parseAs: "blob" }));

export const removeProxy = (name: string, etag: string) => read(api.DELETE("/api/api-management/proxies/{name}", { params: { ...at(name), header: ifMatch(etag) } }));

/** Deploys a revision; with an ETag only if nothing of the proxy was changed since. */
export const deploy = (name: string, revision: number, etag?: string) =>
  read(api.POST("/api/api-management/proxies/{name}/deploy", { params: { ...asked(name, revision), ...(etag !== undefined && { header: ifMatch(etag) }) } }));

const unchanged = (name: string, etag: string) => ({ params: { ...at(name), header: ifMatch(etag) } });

export const undeploy = (name: string, etag: string) => read(api.POST("/api/api-management/proxies/{name}/undeploy", unchanged(name, etag)));

export const rollback = (name: string, etag: string) => read(api.POST("/api/api-management/proxies/{name}/rollback", unchanged(name, etag)));

export const synchronize = (name: string, etag: string) => read(api.POST("/api/api-management/proxies/{name}/synchronize", unchanged(name, etag)));

export const listRevisions = async (name: string) => (await read(api.GET("/api/api-management/proxies/{name}/revisions", { params: at(name) }))).items;

export const findDiff = async (name: string, from: number, to: number) => (await read(api.GET("/api/api-management/proxies/{name}/diff", { params: { ...at(name), query: { from, to } } }))).items;

export const listFiles = async (name: string) => (await read(api.GET("/api/api-management/proxies/{name}/files", { params: at(name) }))).items;

export const findFile = (name: string, path: string) => versioned(api.GET("/api/api-management/proxies/{name}/file", { params: { ...at(name), query: { path } } }));

export const saveFile = (name: string, path: string, text: string, note: string, etag: string) =>
  versioned(api.PUT("/api/api-management/proxies/{name}/file", { params: { ...at(name), query: { path }, header: ifMatch(etag) }, body: { text, note } }));

export const removeFile = (name: string, path: string, note: string, etag: string) =>
  read(api.DELETE("/api/api-management/proxies/{name}/file", { params: { ...at(name), query: { path, note }, header: ifMatch(etag) } }));

export const checkFile = async (name: string, path: string, text: string) =>
  (await read(api.POST("/api/api-management/proxies/{name}/file/check", { params: { ...at(name), query: { path } }, body: { text, note: "" } }))).items;

/** A path that fits the name of a service: /orders for ORDERS_SRV. */
export const basePathOf = (service: string) => `/${service.replace(/^.*\//, "").replace(/_SRV$/i, "").toLowerCase().replaceAll(/[^a-z0-9._~-]+/g, "-")}`;
