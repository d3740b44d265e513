import { api, ifMatch, read, versioned } from "../api/client";
import { flagOf, textOf, type Values } from "../ui/form";
import { chosen } from "../ui/listing";

export type MapOutline = Awaited<ReturnType<typeof allMaps>>[number];
export type KeyValueMap = Awaited<ReturnType<typeof findMap>>["value"];
export type Entry = KeyValueMap["entries"][number];
export type Scope = MapOutline["scope"];

/** Which map: maps of two proxies may have the same name. */
export type MapId = { scope: Scope; scopeId: string; name: string };

/** The collections that the pages of key value maps show. */
export const SHOWS = ["KeyValueMap"];

export const SCOPES = ["ORGANIZATION", "ENVIRONMENT", "APIPROXY", "POLICY"] as const;
export const MAPS = "/api-management/maps";

/** Whether the maps of a scope belong to one proxy or one policy of it. */
export const narrow = (scope: string) => scope === "APIPROXY" || scope === "POLICY";

export const pageOf = ({ scope, scopeId, name }: MapId) => `${MAPS}/${scope}/${encodeURIComponent(name)}${scopeId === "" ? "" : `?scopeId=${encodeURIComponent(scopeId)}`}`;

export const allMaps = async () => (await read(api.GET("/api/api-management/key-value-maps"))).items;

export const listMaps = async (query: string) =>
  chosen(await allMaps(), query, {
    words: ({ name, scopeId }) => [name, scopeId],
    sorts: { name: ({ name }) => name, scope: ({ scope, scopeId }) => `${String(SCOPES.indexOf(scope))} ${scopeId}`, count: ({ count }) => count },
    filters: { scope: ({ scope }) => scope },
  });

const at = ({ scope, scopeId, name }: MapId) => ({ path: { scope, name }, query: scopeId === "" ? {} : { scopeId } });

export const findMap = (id: MapId) => versioned(api.GET("/api/api-management/key-value-maps/{scope}/{name}", { params: at(id) }));

export const createMap = (values: Values) => {
  const scope = textOf(values, "scope") as Scope;
  return read(
    api.POST("/api/api-management/key-value-maps", {
      body: { scope, scopeId: narrow(scope) ? textOf(values, "scopeId") : "", name: textOf(values, "name"), encrypted: flagOf(values, "encrypted"), entries: [] },
    }),
  );
};

export const replaceEntries = (id: MapId, entries: Entry[], etag: string) =>
  read(api.PUT("/api/api-management/key-value-maps/{scope}/{name}", { params: { ...at(id), header: ifMatch(etag) }, body: { entries } }));

export const removeMap = (id: MapId, etag: string) => read(api.DELETE("/api/api-management/key-value-maps/{scope}/{name}", { params: { ...at(id), header: ifMatch(etag) } }));

/** The entries with one set; a value that is not known here is kept by sending none. */
export const withEntry = (entries: readonly Entry[], key: string, value: string): Entry[] => [...entries.filter((entry) => entry.key !== key), { key, value }];

/** Whether there is an entry with a key, letter for letter. */
export const hasKey = (entries: readonly Entry[], key: string) => entries.some((entry) => entry.key === key);

export const withoutEntry = (entries: readonly Entry[], key: string): Entry[] => entries.filter((entry) => entry.key !== key);
