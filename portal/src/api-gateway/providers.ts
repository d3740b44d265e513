import { api, ifMatch, read, versioned } from "../api/client";
import { asProblem, Problem } from "../api/problem";
import { flagOf, textOf, textOrNull, type Values } from "../ui/form";
import { chosen } from "../ui/listing";

export type Provider = Awaited<ReturnType<typeof findProvider>>["value"];
export type Service = Awaited<ReturnType<typeof listServices>>[number];
export type Tested = Awaited<ReturnType<typeof testConnection>>;

/** The collections that the pages of providers show. */
export const SHOWS = ["ApiProvider"];

export const PROVIDERS = "/api-management/providers";
export const pageOf = (name: string) => `${PROVIDERS}/${encodeURIComponent(name)}`;

export const allProviders = async () => (await read(api.GET("/api/api-management/providers"))).items;

export const listProviders = async (query: string) =>
  chosen(await allProviders(), query, {
    words: ({ name, title, host }) => [name, title, host],
    sorts: { name: ({ name }) => name, title: ({ title }) => title, host: ({ host }) => host },
    filters: { type: ({ type }) => type },
  });

const at = (name: string) => ({ path: { name } });

export const findProvider = (name: string) => versioned(api.GET("/api/api-management/providers/{name}", { params: at(name) }));

export async function createProvider(values: Values) {
  try {
    return await read(api.POST("/api/api-management/providers", { body: { name: textOf(values, "name"), settings: inputOf(values) } }));
  } catch (failure) {
    const { status, code, title, detail, remedy, requestId, findings } = asProblem(failure);
    // The form has the fields of the settings beside the name.
    throw new Problem({ status, code, title, detail, remedy, requestId, findings: findings.map(({ parameter, reason }) => ({ parameter: parameter.replace("/settings/", "/"), reason })) });
  }
}

export const changeProvider = (name: string, values: Values, etag: string) =>
  read(api.PUT("/api/api-management/providers/{name}", { params: { ...at(name), header: ifMatch(etag) }, body: inputOf(values) }));

export const removeProvider = (name: string, etag: string) => read(api.DELETE("/api/api-management/providers/{name}", { params: { ...at(name), header: ifMatch(etag) } }));

export const testConnection = (name: string) => read(api.POST("/api/api-management/providers/{name}/test-connection", { params: at(name) }));

export const listServices = async (name: string) => (await read(api.GET("/api/api-management/providers/{name}/services", { params: at(name) }))).items;

export const NEW_PROVIDER: Values = {
  name: "", title: "", description: "", type: "internet", host: "", port: "443", tls: true, locationId: "", pathPrefix: "", serviceCollection: "", sapClient: "",
  authentication: "none", user: "", password: "", trustStore: "", keyStore: "",
};

/** What the form of a provider shows of it; the password that is there is not known here. */
export const valuesOf = (provider: Provider): Values => ({
  name: provider.name,
  title: provider.title,
  description: provider.description,
  type: provider.type,
  host: provider.host,
  port: String(provider.port),
  tls: provider.tls,
  locationId: provider.locationId,
  pathPrefix: provider.pathPrefix,
  serviceCollection: provider.serviceCollection,
  sapClient: provider.sapClient,
  authentication: provider.user === null ? "none" : "basic",
  user: provider.user ?? "",
  password: "",
  trustStore: provider.trustStore,
  keyStore: provider.keyStore,
});

/** What is sent of the form: without fields that are of no meaning for the type or the authentication that was chosen. */
export function inputOf(values: Values) {
  const onPremise = textOf(values, "type") === "on-premise";
  const basic = textOf(values, "authentication") === "basic";
  return {
    title: textOf(values, "title"),
    description: textOf(values, "description"),
    type: onPremise ? ("on-premise" as const) : ("internet" as const),
    host: textOf(values, "host"),
    port: Number(textOf(values, "port")),
    tls: flagOf(values, "tls"),
    locationId: onPremise ? textOf(values, "locationId") : "",
    sapClient: textOf(values, "sapClient"),
    user: basic ? textOrNull(values, "user") : null,
    password: basic ? textOrNull(values, "password") : null,
    trustStore: textOf(values, "trustStore"),
    keyStore: textOf(values, "keyStore"),
    pathPrefix: textOf(values, "pathPrefix"),
    serviceCollection: textOf(values, "serviceCollection"),
  };
}

/** How a provider is reached, as an address; SAP's client is no part of it. */
export const addressOf = ({ tls, host, port, pathPrefix }: Pick<Provider, "tls" | "host" | "port" | "pathPrefix">) => `${tls ? "https" : "http"}://${host}:${String(port)}${pathPrefix}`;
