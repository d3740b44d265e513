import { useState } from "react";
import { api, read } from "../api/client";
import { asProblem, Problem } from "../api/problem";
import type { components } from "../api/schema";
import { useWords } from "../words/words";
import type { Meaning } from "./Status";
import { short } from "./numbers";

/** A command to SAP and how far it has come. */
export type Item = components["schemas"]["OutboxLine"];
export type Pending = components["schemas"]["Pending"];
export type State = Item["state"];

/** The collection whose changes tell how far commands have come. */
export const OUTBOX = "Outbox";

/** The headers of a command. The server waits for SAP, and answers earlier when SAP did. */
export type CommandHeaders = { "Idempotency-Key": string; Prefer: "wait=5" };

type Call = (headers: CommandHeaders) => Promise<{ data?: Item; error?: unknown; response: Response }>;

/** A command that was given: what it does, in words, and how far it had come when the server answered. */
export type Given = { id: string; what: string; item?: Item | undefined; at: number };

/** So many are shown at once; all of them stand in the outbox. */
const SHOWN_MAX = 6;

/** What was posted makes room for what is given so much later; what is given together stays together. */
const ROOM_AFTER_MS = 15_000;

let shown: readonly Given[] = [];
const readers = new Set<() => void>();

/** What this page's reader gave and has not closed yet. */
export const given = {
  now: () => shown,
  subscribe: (reader: () => void) => {
    readers.add(reader);
    return () => readers.delete(reader);
  },
  add: (one: Given) => {
    set([...shown.filter(({ id, item, at }) => id !== one.id && (item?.state !== "posted" || one.at - at < ROOM_AFTER_MS)), one].slice(-SHOWN_MAX));
  },
  remove: (id: string) => {
    set(shown.filter((one) => one.id !== id));
  },
};

function set(next: readonly Given[]) {
  shown = next;
  for (const reader of readers) reader();
}

/** A random UUID; `crypto.randomUUID` is missing where the portal is opened without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** SAP said no, but the command is kept: people correct or discard it in the outbox. */
const REFUSED = "command-refused-by-sap";

/** The first try arrived, though its answer was lost, and it asked for something else. */
const REUSED = "outbox-key-reused";

/** Gives a command under a key, which is the id of its item. Answers undefined where SAP refused it; fails with a `Problem` where it was not taken. */
export async function give(key: string, what: string, call: Call): Promise<Item | undefined> {
  try {
    const item = await read(call({ "Idempotency-Key": key, Prefer: "wait=5" }));
    given.add({ id: item.id, what, item, at: Date.now() });
    return item;
  } catch (failure) {
    const problem = asProblem(failure);
    if (problem.code !== REFUSED && problem.code !== REUSED) throw problem;
    given.add({ id: key, what, at: Date.now() });
    if (problem.code === REUSED) throw problem;
    return undefined;
  }
}

/** The commands of one form: each has one key, and what was taken is not given again when another of them has to be corrected. */
class Giver {
  readonly #keys = new Map<string, string>();
  readonly #taken = new Map<string, Item | undefined>();

  readonly give = async (name: string, what: string, call: Call): Promise<Item | undefined> => {
    if (this.#taken.has(name)) return this.#taken.get(name);
    const key = this.#keys.get(name) ?? newKey();
    this.#keys.set(name, key);
    try {
      const item = await give(key, what, call);
      this.#taken.set(name, item);
      return item;
    } catch (failure) {
      if (asProblem(failure).code === REUSED) this.#keys.delete(name);
      throw failure;
    }
  };
}

/**
 * Gives the commands of a form, each by a name of its own: `give(name, what, call)`. The key of a command stays for as long as the form is
 * open, so that a retry after a lost answer repeats the same command. `Outcomes` shows the result under the text `what`. Findings of the server
 * are thrown, for the fields.
 */
export function useCommands(): (name: string, what: string, call: Call) => Promise<Item | undefined> {
  const { t } = useWords();
  const [giver] = useState(() => new Giver());
  return async (name, what, call) => {
    try {
      return await giver.give(name, what, call);
    } catch (failure) {
      const problem = asProblem(failure);
      if (problem.code !== REUSED) throw problem;
      throw new Problem({ status: problem.status, code: problem.code, title: t("command.firstArrived"), requestId: problem.requestId });
    }
  };
}

/** Gives the one command of a form or a question. */
export function useCommand(what: string): (call: Call) => Promise<Item | undefined> {
  const give = useCommands();
  return (call) => give("", what, call);
}

export const findItem = (id: string) => read(api.GET("/api/outbox/{id}", { params: { path: { id } } }));

export const meaningOf: Record<State, Meaning> = { queued: "watch", sending: "watch", posted: "good", failed: "bad", held: "bad", discarded: "plain" };

/** Whether nothing happens to it any more by itself. */
export const isOver = (state: State): boolean => state === "posted" || state === "discarded";

/** An object that SAP has not numbered yet is called by the id of the item that creates it. */
export const isNumbered = (number: string): boolean => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(number);

/** Where an object is shown that a command created. */
export function pageOf({ command, id, sapNumber }: Pick<Item, "command" | "id" | "sapNumber">): string | undefined {
  const number = sapNumber === null ? id : short(sapNumber);
  if (command === "create-order") return `/orders/${number}`;
  return command === "create-notification" ? `/notifications/${number}` : undefined;
}

/** Of what is pending about an object, what a reader has to know first: that something did not get to SAP, or else that something is on its way. */
export function worst(pending: readonly Pick<Pending, "state">[]): State | undefined {
  return (["failed", "held", "sending", "queued"] as const).find((state) => pending.some((one) => one.state === state));
}
