/** A line of a mapping: a property of SAP, or what stands for it, and the field that it becomes. */
export type Mapped = { from: string; to: string; how: string; key: boolean };

type Field = { from?: string; to?: string; constant?: unknown; convert?: string; lookup?: unknown; otherwise?: unknown; optional?: boolean };

/** The mapping of a definition; properties that are left out come last, without a field. */
export function mapping(document: Record<string, unknown>): Mapped[] {
  const fields = list<Field>(document["fields"]);
  const keys = list<string>(document["keys"]);
  const mapped = fields.map((field) => ({ from: field.from ?? JSON.stringify(field.constant ?? null), to: field.to ?? "", how: how(field), key: field.from !== undefined && keys.includes(field.from) }));
  return [...mapped, ...list<string>(document["skip"]).map((from) => ({ from, to: "", how: "", key: keys.includes(from) }))];
}

function how({ convert, lookup, otherwise, optional }: Field): string {
  const parts = [convert, lookup === undefined || lookup === null ? undefined : text("lookup", lookup), otherwise === undefined || otherwise === null ? undefined : text("otherwise", otherwise), optional ? "optional" : undefined];
  return parts.filter((part) => part !== undefined).join(", ");
}

const text = (name: string, value: unknown) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`;

const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

/** Where a text stops being JSON, as the browser says it; undefined where it is JSON. */
export function fault(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : "{";
  } catch (reason) {
    return reason instanceof Error ? reason.message : String(reason);
  }
}
