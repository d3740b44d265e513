import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import type { Versioned } from "../api/client";
import { holdLive } from "../api/live";
import { useWords } from "../words/words";
import { Confirm } from "./Confirm";

type ConfirmRemovalProps<T> = {
  /** What is removed, as it was when this was opened: what is decided is decided on what was seen. */
  of: Versioned<T>;
  name: string;
  /** The verb, where it is not deleted. */
  action?: string;
  /** What will happen. */
  children: ReactNode;
  remove: (seen: Versioned<T>) => Promise<unknown>;
  /** The page that lists what is left. */
  list: string;
  /** The key under which the page of the object reads it. */
  read: QueryKey;
  /** Reads the lists again, where they do not follow by themselves. */
  onRemoved?: () => unknown;
  onEnd: () => void;
};

/** Asks before the object of a page is removed, and goes to the list. Nothing reads the object again on the way. */
export function ConfirmRemoval<T>({ of, name, action, children, remove, list, read, onRemoved, onEnd }: ConfirmRemovalProps<T>) {
  const { t } = useWords();
  const [seen] = useState(of);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const verb = action ?? t("action.delete");
  const run = () =>
    holdLive(async () => {
      await remove(seen);
      await navigate(list);
      queries.removeQueries({ queryKey: read });
      void onRemoved?.();
    });
  return (
    <Confirm title={`${verb}: ${name}`} action={verb} destructive run={run} onEnd={onEnd}>
      <p>{children}</p>
    </Confirm>
  );
}
