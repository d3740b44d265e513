import { api, read } from "../api/client";
import type { components } from "../api/schema";
import type { Published } from "./applications";

export type TestResponse = components["schemas"]["TestResponse"];
export type HeaderLine = components["schemas"]["HeaderLine"];
export type TestRequest = { method: Method; path: string; headers: HeaderLine[]; body: string };

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
export type Method = (typeof METHODS)[number];

export const takesBody = (method: Method) => method !== "GET" && method !== "HEAD";

export const send = (product: string, request: TestRequest): Promise<TestResponse> => read(api.POST("/api/api-management/hub/products/{name}/test", { params: { path: { name: product } }, body: request }));

/** Lines such as `Accept: application/json`; the number of the first line that is none. */
export function headersOf(text: string): { headers: HeaderLine[]; wrong: number | undefined } {
  const headers: HeaderLine[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const found = /^\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*:\s*(.*?)\s*$/.exec(line);
    if (!found) return { headers, wrong: index + 1 };
    headers.push({ name: found[1] ?? "", value: found[2] ?? "" });
  }
  return { headers, wrong: undefined };
}

/** Base path and the rest as one, with the characters escaped that may not stand on the wire; what is escaped stays. */
export const wirePath = (basePath: string, rest: string) =>
  basePath.replace(/\/$/, "") + (rest === "" || rest.startsWith("/") || rest.startsWith("?") ? rest : `/${rest}`).replace(/[^!#-;=?-Z[\]_a-z~]|#/g, (character) => encodeURIComponent(character)).replace(/%(?![0-9A-Fa-f]{2})/g, "%25");

/** The endpoints of the published products that look like those of tokens; the product's own first. */
export function tokenEndpoints(products: readonly Published[], own: string): { product: string; basePath: string }[] {
  const ordered = [...products].sort((one, other) => Number(other.name === own) - Number(one.name === own));
  return ordered.flatMap(({ name, endpoints }) => endpoints.filter(({ deployed, basePath, proxy }) => deployed && /token|oauth2?\b/i.test(`${basePath} ${proxy}`) && isTokenPath(basePath)).map(({ basePath }) => ({ product: name, basePath })));
}

const isTokenPath = (basePath: string) => /token/i.test(basePath.split("/").at(-1) ?? "");

/** A token, and until when it is good, in milliseconds since 1970. */
export type Token = { value: string; until: number };

/** A text in UTF-8, as Base64. */
const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Asks for a token with an application's key and secret. */
export const tokenRequest = (basePath: string, key: string, secret: string): TestRequest => ({
  method: "POST",
  path: basePath,
  headers: [
    { name: "Authorization", value: `Basic ${base64(`${key}:${secret}`)}` },
    { name: "Content-Type", value: "application/x-www-form-urlencoded" },
  ],
  body: "grant_type=client_credentials",
});

/** A token is not used for so long before its end, since the request takes time, too. */
const SPARE_MS = 5_000;

/** The token of an answer; undefined where it holds none. */
export function tokenOf(answer: Pick<TestResponse, "status" | "body">, now: number): Token | undefined {
  if (answer.status !== 200) return undefined;
  try {
    const { access_token: value, expires_in: seconds } = JSON.parse(answer.body) as { access_token?: unknown; expires_in?: unknown };
    if (typeof value !== "string") return undefined;
    return { value, until: now + Number(seconds ?? 0) * 1_000 - SPARE_MS };
  } catch {
    return undefined;
  }
}

/** JSON and XML with a line for each part; other texts as they are. */
export function pretty(body: string, type: string): string {
  const start = body.trimStart().slice(0, 1);
  if (/json/i.test(type) || start === "{" || start === "[") {
    try {
      return JSON.stringify(JSON.parse(body), null, 2);
    } catch {
      return body;
    }
  }
  return /xml/i.test(type) || start === "<" ? prettyXml(body) : body;
}

function prettyXml(body: string): string {
  let depth = 0;
  const lines: string[] = [];
  for (const part of body.trim().split(/(?<=>)\s*(?=<)/)) {
    const closes = part.startsWith("</");
    if (closes) depth = Math.max(0, depth - 1);
    lines.push("  ".repeat(depth) + part);
    const opens = /^<[^!?/]/.test(part) && !part.endsWith("/>") && !/<\/[^>]+>$/.test(part);
    if (opens) depth++;
  }
  return lines.join("\n");
}

/** The request as a command, with the gateway's address left to be filled in and secrets as they were entered. */
export function curl({ method, path, headers, body }: TestRequest): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [`curl -X ${method} ${quoted(`$GATEWAY${path}`).replace("'$GATEWAY", `"$GATEWAY"'`)}`, ...headers.map(({ name, value }) => `-H ${quoted(`${name}: ${value}`)}`)];
  if (body !== "") parts.push(`--data ${quoted(body)}`);
  return parts.join(" \\\n  ");
}

/** What a status means to who asked. */
export const meaningOf = (status: number) => (status < 300 ? "good" : status < 400 ? "plain" : status < 500 ? "watch" : "bad");
