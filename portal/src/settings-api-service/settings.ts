import { api, ifMatch, read, versioned } from "../api/client";
import { Problem } from "../api/problem";
import type { components } from "../api/schema";
import { flagOf, listOf, textOf, type Field, type Value, type Values } from "../ui/form";
import { spoken } from "../ui/duration";

export type Setting = Awaited<ReturnType<typeof findSetting>>;
export type Explanation = components["schemas"]["Explanation"];
export type Step = Explanation["steps"][number];
export type Level = Setting["levels"][number];

/** The collections that the pages of settings show. */
export const SHOWS = ["SettingValues"];

/** The level of the value that came with the program, which is no place where one can be set. */
export const DELIVERED = "delivered";

/** The only subject of the level global. */
export const ALL = "all";

export const listSettings = async () => (await read(api.GET("/api/settings"))).items;

export const findSetting = (key: string) => read(api.GET("/api/settings/{key}", { params: { path: { key } } }));

export type Whose = Partial<Record<"user" | "plant" | "location" | "unit", string>>;

export const explain = (key: string, whose: Whose) => read(api.GET("/api/settings/{key}/explanation", { params: { path: { key }, query: whose } }));

/** The value that is set at a place, with its version; undefined where none is. */
export async function findValue(key: string, level: Level, subject: string) {
  try {
    return await versioned(api.GET("/api/settings/{key}/values/{level}/{subject}", { params: { path: { key, level, subject } } }));
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 404) return undefined;
    throw failure;
  }
}

export const setValue = (key: string, level: Level, subject: string, value: unknown, etag: string) =>
  read(api.PUT("/api/settings/{key}/values/{level}/{subject}", { params: { path: { key, level, subject }, ...(etag && { header: ifMatch(etag) }) }, body: { value: value as never } }));

export async function unsetValue(key: string, level: Level, subject: string): Promise<void> {
  const there = await findValue(key, level, subject);
  if (there) await read(api.DELETE("/api/settings/{key}/values/{level}/{subject}", { params: { path: { key, level, subject }, header: ifMatch(there.etag) } }));
}

type Named = Partial<Record<string, string>>;

export const inLanguage = (named: Named, language: string, otherwise: string): string => named[language] ?? named["en"] ?? otherwise;

/** A value as a person reads it. */
export function shown(setting: Setting, value: unknown, language: string, yes: string, no: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? yes : no;
  const text = (one: string) => inLanguage(setting.options?.find(({ key }) => key === one)?.label ?? {}, language, one);
  if (typeof value === "string") return setting.type === "duration" ? spoken(value, language) : text(value);
  if (typeof value === "number") return measured(value, setting.unit, language);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.map(text).join(", ");
  return JSON.stringify(value, undefined, 2);
}

const MEBIBYTE = 1_048_576;

/** A number with its unit; whole mebibytes are easier to compare than their bytes. */
function measured(value: number, unit: string | null, language: string): string {
  const whole = unit === "bytes" && value >= MEBIBYTE && value % MEBIBYTE === 0;
  return [new Intl.NumberFormat(language).format(whole ? value / MEBIBYTE : value), whole ? "MiB" : (unit ?? "")].join(" ").trim();
}

/** The field by which a value of this setting is entered. */
export function fieldOf(setting: Setting, label: string, language: string, hint: (type: string) => string | undefined): Field {
  const common = { name: "value", label, hint: hint(setting.type) };
  const bound = (limit: unknown) => (typeof limit === "number" ? limit : undefined);
  const choices = setting.options?.map(({ key, label: named }) => ({ value: key, text: inLanguage(named, language, key) })) ?? setting.allowed?.map((value) => ({ value, text: value }));
  switch (setting.type) {
    case "boolean":
      return { ...common, kind: "switch" };
    case "integer":
    case "decimal":
      return { ...common, kind: "number", required: true, min: bound(setting.min), max: bound(setting.max), step: setting.type === "integer" ? 1 : "any", label: setting.unit === null ? label : `${label} (${setting.unit})` };
    case "choice":
      return { ...common, kind: "choice", required: true, choices: choices ?? [] };
    case "set":
      return choices === undefined ? { ...common, kind: "lines" } : { ...common, kind: "many", choices };
    case "text":
    case "reference":
    case "time-zone":
    case "duration":
      return { ...common, kind: "text", required: true };
    default:
      return { ...common, kind: "lines", rows: 12, required: true };
  }
}

/** A value as its field holds it. */
export function entered(setting: Setting, value: unknown): Value {
  switch (setting.type) {
    case "boolean":
      return value === true;
    case "set": {
      const all = Array.isArray(value) ? value.map(String) : [];
      return setting.allowed || setting.options ? all : all.join("\n");
    }
    case "integer":
    case "decimal":
    case "choice":
    case "text":
    case "reference":
    case "time-zone":
    case "duration":
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
    default:
      return JSON.stringify(value, undefined, 2);
  }
}

/** What a field holds as a value; fails as the server would where it is not even JSON. */
export function valueOf(setting: Setting, values: Values): unknown {
  switch (setting.type) {
    case "boolean":
      return flagOf(values, "value");
    case "integer":
    case "decimal":
      return Number(textOf(values, "value"));
    case "set":
      return Array.isArray(values["value"]) ? listOf(values, "value") : textOf(values, "value").split("\n").map((line) => line.trim()).filter((line) => line !== "");
    case "choice":
    case "text":
    case "reference":
    case "time-zone":
    case "duration":
      return textOf(values, "value");
    default:
      try {
        return JSON.parse(textOf(values, "value"));
      } catch (failure) {
        throw new Problem({ status: 422, code: "json-invalid", findings: [{ parameter: "value", reason: failure instanceof Error ? failure.message : "" }] });
      }
  }
}
