import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { startTransition, useEffect, useState } from "react";

/** After so long what waits comes, though something is still being read. */
const PATIENCE_MS = 3_000;

/** So long the browser has for painting what was read. */
const PAINT_MS = 50;

/** So high is a row at least, with what stands around the rows, in CSS pixels: so many rows fill the first screen. */
const ROW_PX = 56;
/** So many more can be drawn between two inputs of the user. */
const ROWS_MORE = 10;

/** Those who wait until the page stands; one look serves them all. */
const waiting = new Set<() => void>();
let look: ReturnType<typeof setInterval> | undefined;

/** Calls once the page stands: read and painted, or after all patience. */
function whenShown(queries: QueryClient, call: () => void): () => void {
  waiting.add(call);
  if (look === undefined) {
    const began = performance.now();
    let stood = false;
    look = setInterval(() => {
      const stands = queries.isFetching() === 0 && document.querySelector("main h1") !== null && document.querySelector("main .loading") === null;
      if (waiting.size === 0 || (stands && stood) || performance.now() - began > PATIENCE_MS) {
        clearInterval(look);
        look = undefined;
        const calls = [...waiting];
        waiting.clear();
        startTransition(() => { for (const one of calls) one(); });
      }
      stood = stands; // What was there already at the last look has been painted since.
    }, PAINT_MS);
  }
  return () => { waiting.delete(call); };
}

/** Whether the page was read and shown, and the processor is free for what is not needed to read it. */
export function useShown(): boolean {
  const queries = useQueryClient();
  const [shown, setShown] = useState(false);
  useEffect(() => (shown ? undefined : whenShown(queries, () => { setShown(true); })), [queries, shown]);
  return shown;
}

/** How many of a list's rows are drawn: those of the first screen at once, the others bit by bit. */
export function useRowsDrawn(rows: number): number {
  const [drawn, setDrawn] = useState(() => Math.ceil(innerHeight / ROW_PX));
  useEffect(() => {
    if (drawn >= rows) return undefined;
    return whenIdle(() => { setDrawn(drawn + ROWS_MORE); });
  }, [drawn, rows]);
  return Math.min(drawn, rows);
}

/** Safari knows no idle time. */
function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(work, PAINT_MS);
    return () => { clearTimeout(timer); };
  }
  const idle = requestIdleCallback(work, { timeout: PATIENCE_MS });
  return () => { cancelIdleCallback(idle); };
}
