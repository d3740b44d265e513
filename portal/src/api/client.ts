import createClient from "openapi-fetch";
import { OURS, send } from "./early";
import { asProblem, problemOf } from "./problem";
import type { paths } from "./schema";

/** The API. */
export const api = createClient<paths>({
  ...OURS,
  baseUrl: location.origin,
  fetch: send,
  querySerializer: { array: { style: "form", explode: false } },
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** What a call answers; fails with a `Problem`. */
export async function read<T>(call: Promise<Answer<T>>): Promise<T> {
  return (await versioned(call)).value;
}

/** A document with the version that a change of it must name. */
export type Versioned<T> = { value: T; etag: string };

/** What a call answers, with its version; fails with a `Problem`. */
export async function versioned<T>(call: Promise<Answer<T>>): Promise<Versioned<T>> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (failure) {
    throw asProblem(failure);
  }
  if (!answer.response.ok) {
    const problem = problemOf(answer.response, answer.error);
    if (problem.status === 401 && !REFUSALS.has(problem.code)) lost.dispatchEvent(new Event("lost"));
    throw problem;
  }
  return { value: answer.data as T, etag: answer.response.headers.get("ETag") ?? "" };
}

/** What was entered was refused, such as a password; the session is what it was. */
const REFUSALS: ReadonlySet<string> = new Set(["sign-in-refused", "second-factor-required"]);

/** Tells that the server no longer knows the session. */
export const lost = new EventTarget();

/** The header that a change needs. */
export const ifMatch = (etag: string) => ({ "If-Match": etag });

/** A body with only what changes. The made types ask for fields that have a default even there. */
export const patch = (changes: Record<string, unknown>): never => changes as never;

/** A page of a list. */
export type Listing<T> = { items: T[]; next: string | null; total: number | null };
