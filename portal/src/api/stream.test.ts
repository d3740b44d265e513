import { expect, it } from "vitest";
import { follow, type LiveEvent, type Shared } from "./stream";

const written: LiveEvent = { kind: "written", collection: "WorkOrders", key: "1" };

/** A browser with tabs: one lock, one channel, and the streams that are open. */
function browser() {
  const open: ((event: LiveEvent) => void)[] = [];
  const ears = new Set<{ onmessage: ((message: MessageEvent<LiveEvent>) => unknown) | null }>();
  let held = false;
  const waiting: (() => void)[] = [];
  const request = async (_: string, options: { ifAvailable?: boolean }, hold: (lock: unknown) => Promise<unknown>) => {
    if (held && options.ifAvailable) return hold(null);
    if (held) await new Promise<void>((go) => waiting.push(go));
    held = true;
    const answer = await hold({});
    held = false;
    waiting.shift()?.();
    return answer;
  };
  const shared: Shared = {
    locks: { request: request as never },
    channel: () => {
      const ear = {
        onmessage: null as ((message: MessageEvent<LiveEvent>) => unknown) | null,
        postMessage: (data: LiveEvent) => {
          for (const other of ears) if (other !== ear) other.onmessage?.({ data } as MessageEvent<LiveEvent>);
        },
        close: () => ears.delete(ear),
      };
      ears.add(ear);
      return ear;
    },
    source: (take) => {
      open.push(take);
      return { close: () => open.splice(open.indexOf(take), 1) };
    },
  };
  return { shared, open };
}

const settled = () => new Promise((done) => setTimeout(done, 0));

it("has one stream for all tabs, and the next tab goes on when the first is closed", async () => {
  const { shared, open } = browser();
  const heard: LiveEvent[][] = [[], []];
  const close = heard.map((list) => follow("live", (event) => list.push(event), shared));
  await settled();
  expect(open.length).toBe(1);
  open[0]?.(written);
  expect(heard).toEqual([[written], [written]]);
  close[0]?.();
  await settled();
  expect(open.length).toBe(1);
  // What changed between the two streams is not known, so everything is read anew.
  expect(heard[1]?.at(-1)).toEqual({ kind: "reset", collection: "", key: "" });
  open[0]?.(written);
  expect(heard[0]?.length).toBe(1);
  expect(heard[1]?.length).toBe(3);
  close[1]?.();
  await settled();
  expect(open.length).toBe(0);
});

it("has a stream for each tab where there are no locks", () => {
  const { shared, open } = browser();
  const heard: LiveEvent[] = [];
  const close = follow("live", (event) => heard.push(event), { ...shared, locks: undefined });
  open[0]?.(written);
  expect(heard).toEqual([written]);
  close();
  expect(open.length).toBe(0);
});
