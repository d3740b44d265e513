/** A change of a document, as the server's stream tells it. */
export type LiveEvent = { kind: "ready" | "written" | "removed" | "reset"; collection: string; key: string };

type Take = (event: LiveEvent) => void;

/** What of the browser the tabs share a stream with. */
export type Shared = {
  locks: Pick<LockManager, "request"> | undefined;
  channel: (name: string) => Pick<BroadcastChannel, "postMessage" | "close"> & { onmessage: ((message: MessageEvent<LiveEvent>) => unknown) | null };
  source: (take: Take) => { close: () => void };
};

/** Something may have changed while nobody listened. */
const MISSED: LiveEvent = { kind: "reset", collection: "", key: "" };

/**
 * Follows the server's changes. The tabs of a user share one stream: the one that holds the lock reads it and tells the others; when it is
 * closed, the next one goes on. Without locks, as over plain http, each tab has a stream of its own. Ends by what it answers.
 */
export function follow(name: string, take: Take, { locks, channel, source }: Shared = ofBrowser): () => void {
  if (locks === undefined) {
    const own = source(take);
    return () => {
      own.close();
    };
  }
  const others = channel(name);
  others.onmessage = ({ data }) => {
    take(data);
  };
  const over = new AbortController();
  const ended = new Promise<void>((end) => {
    over.signal.addEventListener("abort", () => {
      end();
    });
  });
  const lead = async (first: boolean) => {
    const tell: Take = (event) => {
      if (event.kind === "ready") return;
      take(event);
      others.postMessage(event);
    };
    const opened = source(tell);
    if (!first) tell(MISSED);
    await ended;
    opened.close();
  };
  const run = async () => {
    const led = await locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await lead(true);
      return lock !== null;
    });
    if (!led && !over.signal.aborted) await locks.request(name, { signal: over.signal }, () => lead(false));
  };
  run().catch((failure: unknown) => {
    if (!over.signal.aborted) throw failure;
  });
  return () => {
    over.abort();
    others.close();
  };
}

/** After so long the server has noticed which streams of closed pages are gone. */
const REFUSED_AGAIN_MS = 20_000;

/** The stream itself. The browser comes back to one that broke, but gives up one that was refused. */
function eventSource(take: Take): { close: () => void } {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let refused = false;
  const open = () => {
    const opened = new EventSource("/api/events");
    source = opened;
    for (const kind of ["ready", "written", "removed", "reset"]) {
      opened.addEventListener(kind, (message: MessageEvent<string>) => {
        const event = JSON.parse(message.data) as LiveEvent;
        take(event.kind === "ready" && refused ? MISSED : event);
        refused = false;
      });
    }
    opened.addEventListener("error", () => {
      if (opened.readyState !== EventSource.CLOSED) return;
      refused = true;
      again = setTimeout(open, REFUSED_AGAIN_MS);
    });
  };
  open();
  return {
    close: () => {
      source?.close();
      clearTimeout(again);
    },
  };
}

const ofBrowser: Shared = {
  // Absent where the page did not come over a secure line, whatever the types say.
  locks: (navigator as { locks?: LockManager }).locks,
  channel: (name) => new BroadcastChannel(name),
  source: eventSource,
};
