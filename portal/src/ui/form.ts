import { Problem, type Finding } from "../api/problem";
import type { TextKey } from "../words/words";
import type { Choice } from "./Filters";

type Common = {
  /** The field's name in the request's body; dots lead into it, as in name.en. */
  name: string;
  label: string;
  /** What to enter, below the field. */
  hint?: string | undefined;
  required?: boolean;
  readOnly?: boolean;
};

/** Names of API management, such as those of proxies and products. */
export const NAME = /^[A-Za-z0-9_][A-Za-z0-9._ -]*$/;

/** A field of a form. */
export type Field = Common &
  (
    | { kind: "text"; lengthMax?: number; pattern?: RegExp; autoComplete?: string; /** What is proposed while somebody writes; more than a plain choice can hold. */ proposed?: readonly Choice[] }
    | { kind: "secret"; autoComplete: "new-password" | "current-password" }
    | { kind: "lines"; rows?: number }
    | { kind: "number"; min?: number | undefined; max?: number | undefined; step?: number | "any" }
    | { kind: "date" | "time" | "switch" }
    | { kind: "choice" | "many"; choices: readonly Choice[] }
  );

/** What a field holds: a text (numbers and dates too), several values, or yes and no. */
export type Value = string | boolean | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/** Why a field cannot be sent as it is: a text and what it needs to be said. */
export type Fault = { key: TextKey; values?: Record<string, string | number> } | { text: string };

export type Faults = Readonly<Record<string, Fault>>;

export const textOf = (values: Values, name: string): string => (typeof values[name] === "string" ? values[name].trim() : "");
export const listOf = (values: Values, name: string): string[] => (Array.isArray(values[name]) ? (values[name] as string[]) : []);
export const flagOf = (values: Values, name: string): boolean => values[name] === true;

/** Null where nothing was entered, which is how a body says so. */
export const textOrNull = (values: Values, name: string): string | null => textOf(values, name) || null;

const same = (one: Value | undefined, other: Value | undefined) => JSON.stringify(one) === JSON.stringify(other);

/** The fields that differ. */
export const differing = (one: Values, other: Values): string[] => [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => !same(one[name], other[name]));

/** Their values, with what was changed here since laid over them. */
export const merged = (base: Values, mine: Values, theirs: Values): Values => ({ ...theirs, ...Object.fromEntries(differing(base, mine).map((name) => [name, mine[name] ?? ""])) });

/** What can be said of the fields before the server is asked. */
export function check(fields: readonly Field[], values: Values): Faults {
  const faults: Record<string, Fault> = {};
  for (const field of fields) {
    const fault = field.readOnly ? undefined : faultOf(field, values[field.name]);
    if (fault) faults[field.name] = fault;
  }
  return faults;
}

function faultOf(field: Field, value: Value | undefined): Fault | undefined {
  const empty = value === undefined || (typeof value === "string" && value.trim() === "") || (Array.isArray(value) && value.length === 0);
  if (empty) return field.required && field.kind !== "switch" ? { key: "form.required" } : undefined;
  if (typeof value !== "string") return undefined;
  if (field.kind === "text") {
    if (field.lengthMax !== undefined && value.trim().length > field.lengthMax) return { key: "form.tooLong", values: { max: field.lengthMax } };
    if (field.pattern && !field.pattern.test(value.trim())) return field.hint === undefined ? { key: "form.notAsExpected" } : { text: field.hint };
  }
  return field.kind === "number" ? faultOfNumber(Number(value), field) : undefined;
}

function faultOfNumber(number: number, { min, max }: { min?: number | undefined; max?: number | undefined }): Fault | undefined {
  if (Number.isNaN(number)) return { key: "form.notANumber" };
  if (min !== undefined && number < min) return { key: "form.tooLow", values: { min } };
  if (max !== undefined && number > max) return { key: "form.tooHigh", values: { max } };
  return undefined;
}

/** Refuses what was entered in a field, as the server would: for what it would take, but nobody can mean. */
export const faulty = (parameter: string, reason: string) => new Problem({ status: 422, code: "invalid", findings: [{ parameter, reason }] });

/** The server's findings at the fields that they are about; what is about none of them is left. */
export function land(fields: readonly (Field | string)[], findings: readonly Finding[]): { faults: Faults; left: Finding[] } {
  const names = new Set(fields.map((field) => (typeof field === "string" ? field : field.name)));
  const faults: Record<string, Fault> = {};
  const left: Finding[] = [];
  for (const finding of findings) {
    const name = fieldOf(finding.parameter, names);
    if (name === undefined) left.push(finding);
    else faults[name] ??= { text: finding.reason };
  }
  return { faults, left };
}

/** The field that a parameter lies in: /roles/0, body.roles[0] and roles are all about the field roles. */
function fieldOf(parameter: string, names: ReadonlySet<string>): string | undefined {
  const steps = parameter
    .replace(/^body\b/, "")
    .split(/[/.[\]]+/)
    .filter((step) => step !== "");
  for (let length = steps.length; length > 0; length--) {
    const name = steps.slice(0, length).join(".");
    if (names.has(name)) return name;
  }
  return undefined;
}
