import { api, ifMatch, read, versioned } from "../api/client";
import type { components } from "../api/schema";
import type { Field } from "../ui/form";
import { listOf, NAME, textOf, type Values } from "../ui/form";
import { chosen } from "../ui/listing";
import type { Choice } from "../ui/Filters";
import type { Words } from "../words/words";

export type Product = components["schemas"]["Product"];
type Input = components["schemas"]["ProductRoutesInputBody"];

/** The collections that the pages of products show. */
export const SHOWS = ["ApiProduct", "ApiProxy"];
const PATH = "/api/api-management/products";
const ONE = `${PATH}/{name}` as const;

export const stateOf = ({ published }: Product) => (published ? "published" : "draft");

export const allProducts = async () => (await read(api.GET(PATH))).items;

export const listProducts = async (query: string) =>
  chosen(await allProducts(), query, {
    words: ({ name, title }) => [name, title],
    sorts: { name: ({ name }) => name, title: ({ title }) => title, state: stateOf, proxies: ({ proxies }) => proxies.length },
    filters: { state: stateOf },
  });

export const findProduct = (name: string) => versioned(api.GET(ONE, { params: { path: { name } } }));

export const createProduct = (values: Values) => read(api.POST(PATH, { body: { name: textOf(values, "name"), settings: inputOf(values) } }));

export const changeProduct = (name: string, values: Values, etag: string) => read(api.PUT(ONE, { params: { path: { name }, header: ifMatch(etag) }, body: inputOf(values) }));

export const removeProduct = (name: string, etag: string) => read(api.DELETE(ONE, { params: { path: { name }, header: ifMatch(etag) } }));

export const publish = (name: string, etag: string, on: boolean) => {
  const asked = { params: { path: { name }, header: ifMatch(etag) } };
  return read(on ? api.POST(`${ONE}/publish`, asked) : api.POST(`${ONE}/unpublish`, asked));
};

export const proxyNames = async () => (await read(api.GET("/api/api-management/proxies"))).items.map(({ name }) => name);

export const TIME_UNITS = ["second", "minute", "hour", "day", "week", "month"] as const;

export const NEW_PRODUCT: Values = { name: "", title: "", description: "", proxies: [], paths: "", scopes: "", limit: "", interval: "1", timeUnit: "minute", approval: false, attributes: "" };

/** The attribute that lets somebody approve each subscription. */
const APPROVAL = "approval";
const MANUAL = "manual";

/** What the form of a product shows of it. */
export function valuesOf(product: Product): Values {
  const { [APPROVAL]: approval, ...others } = product.attributes;
  return {
    name: product.name,
    title: product.title,
    description: product.description,
    proxies: product.proxies,
    paths: Object.entries(product.paths)
      .flatMap(([proxy, paths]) => paths.map((path) => `${proxy} ${path}`))
      .join("\n"),
    scopes: product.scopes.join("\n"),
    limit: product.quota ? String(product.quota.limit) : "",
    interval: product.quota ? String(product.quota.interval) : "1",
    timeUnit: product.quota?.timeUnit ?? "minute",
    approval: approval === MANUAL,
    attributes: Object.entries(approval === undefined || approval === MANUAL ? others : product.attributes)
      .map(([name, value]) => `${name}=${value}`)
      .join("\n"),
  };
}

export function inputOf(values: Values): Input {
  const limit = textOf(values, "limit");
  return {
    title: textOf(values, "title"),
    description: textOf(values, "description"),
    proxies: listOf(values, "proxies"),
    paths: pathsOf(textOf(values, "paths")),
    scopes: linesOf(textOf(values, "scopes")),
    quota: limit === "" ? null : { limit: Number(limit), interval: Number(textOf(values, "interval") || "1"), timeUnit: textOf(values, "timeUnit") || "minute" },
    attributes: { ...attributesOf(textOf(values, "attributes")), ...(values["approval"] === true && { [APPROVAL]: MANUAL }) },
  };
}

export const linesOf = (text: string): string[] => text.split(/\n/).map((line) => line.trim()).filter((line) => line !== "");

/** Lines of a proxy, a blank and a path, by proxy. */
export function pathsOf(text: string): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const line of linesOf(text)) {
    const at = line.lastIndexOf(" ");
    const [proxy, path] = at < 0 ? [line, "/"] : [line.slice(0, at).trim(), line.slice(at + 1)];
    (paths[proxy] ??= []).push(path);
  }
  return paths;
}

/** Lines of a name, an equals sign and a value. */
export function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    linesOf(text).map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

export const productFields = ({ t, of }: Words, isNew: boolean, proxies: readonly Choice[]): Field[] => [
  { kind: "text", name: "name", label: t("field.name"), required: true, readOnly: !isNew, lengthMax: 100, ...(isNew && { pattern: NAME, hint: t("apiHub.nameHint") }) },
  { kind: "text", name: "title", label: t("apiHub.titleOf"), lengthMax: 200 },
  { kind: "lines", name: "description", label: t("field.description"), rows: 3 },
  { kind: "many", name: "proxies", label: t("gateway.proxies"), choices: proxies },
  { kind: "lines", name: "paths", label: t("apiHub.paths"), hint: t("apiHub.pathsHint"), rows: 3 },
  { kind: "lines", name: "scopes", label: t("apiHub.scopes"), hint: t("apiHub.onePerLine"), rows: 2 },
  { kind: "number", name: "limit", label: t("apiHub.quotaCalls"), hint: t("apiHub.quotaHint"), min: 1, max: 1e12, step: 1 },
  { kind: "number", name: "interval", label: t("apiHub.quotaInterval"), min: 1, max: 10_000, step: 1 },
  { kind: "choice", name: "timeUnit", label: t("apiHub.quotaUnit"), required: true, choices: TIME_UNITS.map((unit) => ({ value: unit, text: of("apiHub.unit", unit) })) },
  { kind: "switch", name: "approval", label: t("apiHub.approvalNeeded"), hint: t("apiHub.approvalHint") },
  { kind: "lines", name: "attributes", label: t("apiHub.attributes"), hint: t("apiHub.attributesHint"), rows: 3 },
];

/** A quota in words, such as 100 calls in 1 minute; empty for none. */
export const quotaText = ({ quota }: Product, { t, of, format }: Words) =>
  quota ? t("apiHub.quotaText", { limit: format.number(quota.limit), interval: format.number(quota.interval), unit: of("apiHub.unit", quota.timeUnit) }) : "";
