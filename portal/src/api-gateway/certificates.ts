import { api, ifMatch, read, versioned } from "../api/client";
import { textOf, textOrNull, type Values } from "../ui/form";
import { chosen } from "../ui/listing";

export type Store = Awaited<ReturnType<typeof findStore>>["value"];
export type Certificate = Store["entries"][number];

/** The collections that the pages of certificate stores show. */
export const SHOWS = ["CertificateStore"];

export const STORES = "/api-management/certificates";
export const pageOf = (name: string) => `${STORES}/${encodeURIComponent(name)}`;

export const allStores = async () => (await read(api.GET("/api/api-management/certificate-stores"))).items;

export const listStores = async (query: string) =>
  chosen(await allStores(), query, {
    words: ({ name, entries }) => [name, ...entries.flatMap(({ alias, subject }) => [alias, subject])],
    sorts: { name: ({ name }) => name, count: ({ entries }) => entries.length, expiring: ({ expiring }) => expiring },
  });

const at = (name: string) => ({ path: { name } });

export const findStore = (name: string) => versioned(api.GET("/api/api-management/certificate-stores/{name}", { params: at(name) }));

export const createStore = (name: string) => read(api.POST("/api/api-management/certificate-stores", { body: { name } }));

export const removeStore = (name: string, etag: string) => read(api.DELETE("/api/api-management/certificate-stores/{name}", { params: { ...at(name), header: ifMatch(etag) } }));

export const putEntry = (name: string, values: Values, etag: string) =>
  read(
    api.PUT("/api/api-management/certificate-stores/{name}/entries/{alias}", {
      params: { path: { name, alias: textOf(values, "alias") }, header: ifMatch(etag) },
      body: { certificates: textOf(values, "certificates"), privateKey: textOrNull(values, "privateKey") },
    }),
  );

export const removeEntry = (name: string, alias: string, etag: string) =>
  read(api.DELETE("/api/api-management/certificate-stores/{name}/entries/{alias}", { params: { path: { name, alias }, header: ifMatch(etag) } }));

/** The end of the certificate that ends first; empty for an empty store. */
export const firstEnd = ({ entries }: Store) => entries.map(({ validTo }) => validTo).sort()[0] ?? "";

/** Whether a certificate has ended. */
export const ended = ({ validTo }: Pick<Certificate, "validTo">, now = Date.now()) => Date.parse(validTo) <= now;
