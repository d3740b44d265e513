import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useState } from "react";
import { useSession } from "../session/session";
import { ALL } from "./integrations";
import { heard, NOTHING, type InboundEvent, type Live } from "./live";

/** The browser connects again by itself after a broken line; after a refusal, as while the server starts, it does not. */
const AGAIN_MS = 3_000;

/** Follows the replication while a page is open. What integrations there are is asked again when one comes, goes, or the stream was interrupted. */
export function useInbound(): { live: Live; interrupted: boolean } {
  const queries = useQueryClient();
  const may = useSession().may("inbound.read");
  const [live, take] = useReducer(heard, NOTHING);
  const [interrupted, setInterrupted] = useState(false);
  useEffect(() => {
    if (!may) return undefined;
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again = false;
    const listAgain = () => void queries.invalidateQueries({ queryKey: ALL, exact: true });
    const on = (kind: InboundEvent["kind"], also: (event: InboundEvent) => void = () => undefined) => {
      source.addEventListener(kind, (message: MessageEvent<string>) => {
        const event = { ...(JSON.parse(message.data) as object), kind } as InboundEvent;
        take(event);
        also(event);
      });
    };
    const connect = () => {
      source = new EventSource("/api/inbound/events");
      source.onopen = () => {
        setInterrupted(false);
        take({ kind: "opened" });
        if (again) listAgain();
        again = true;
      };
      source.onerror = () => {
        setInterrupted(true);
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, AGAIN_MS);
      };
      on("changed", (event) => {
        if (event.kind === "changed" && !knows(queries.getQueryData(ALL), event.integration.name)) listAgain();
      });
      on("removed", listAgain);
      on("progressed");
      on("ended");
    };
    connect();
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [may, queries]);
  return { live, interrupted };
}

/** Whether a list that was read holds an integration; a list that is still being read will. */
function knows(list: unknown, name: string): boolean {
  if (list === undefined) return true;
  return (list as { items: { name: string }[] }).items.some((one) => one.name === name);
}
