/** A finding about one field or parameter of a request. */
export type Finding = { parameter: string; reason: string };

/** A failure, as the server describes it in `application/problem+json`, or as the browser met it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  readonly requestId: string;
  readonly findings: readonly Finding[];
  readonly retryAfterSeconds: number;

  constructor(fields: Partial<Omit<Problem, "findings">> & { status: number; code: string; findings?: readonly Finding[] }) {
    super(fields.title ?? fields.code);
    this.status = fields.status;
    this.code = fields.code;
    this.title = fields.title ?? "";
    this.detail = fields.detail ?? "";
    this.remedy = fields.remedy ?? "";
    this.requestId = fields.requestId ?? "";
    this.findings = fields.findings ?? [];
    this.retryAfterSeconds = fields.retryAfterSeconds ?? 0;
  }
}

/** The server could not be reached at all. */
export const UNREACHABLE = "unreachable";

/** The problem that an answer describes; one of a proxy has no description. */
export function problemOf(response: Response, body: unknown): Problem {
  const sent = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof sent[name] === "string" ? sent[name] : "");
  return new Problem({
    status: response.status,
    code: text("code") || `http-${String(response.status)}`,
    title: text("title") || response.statusText,
    detail: text("detail"),
    remedy: text("remedy"),
    requestId: text("requestId") || (response.headers.get("X-Request-Id") ?? ""),
    findings: Array.isArray(sent["errors"]) ? (sent["errors"] as Finding[]) : [],
    retryAfterSeconds: Number(response.headers.get("Retry-After") ?? 0) || 0,
  });
}

/** Any failure as a problem. */
export function asProblem(failure: unknown): Problem {
  if (failure instanceof Problem) return failure;
  return new Problem({ status: 0, code: UNREACHABLE, detail: failure instanceof Error ? failure.message : "" });
}
