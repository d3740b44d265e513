import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askEarly, send, sendEarly } from "./early";

const request = (path: string, init?: RequestInit) => new Request(new URL(path, location.origin), init);

describe("what is asked for early", () => {
  const line = vi.fn((asked: Request) => Promise.resolve(new Response(new URL(asked.url).pathname)));
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", line);
  });
  afterEach(() => {
    vi.runAllTimers();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    line.mockClear();
  });

  it("answers the first request for it, and no second one", async () => {
    void askEarly("/api/me");
    expect(await (await send(request("/api/me"))).text()).toBe("/api/me");
    expect(line).toHaveBeenCalledTimes(1);
    await send(request("/api/me"));
    expect(line).toHaveBeenCalledTimes(2);
  });

  it("is what a page would ask for", async () => {
    sendEarly(() => void send(request("/api/orders?limit=5")));
    expect(line).toHaveBeenCalledTimes(1);
    await send(request("/api/orders?limit=5"));
    expect(line).toHaveBeenCalledTimes(1);
  });

  it("is for reading only", async () => {
    void askEarly("/api/me");
    await send(request("/api/me", { method: "POST" }));
    expect(line).toHaveBeenCalledTimes(2);
  });

  it("is asked again once something was written", async () => {
    void askEarly("/api/me");
    void askEarly("/api/orders?limit=5");
    await send(request("/api/orders/1", { method: "PATCH" }));
    await send(request("/api/me"));
    await send(request("/api/orders?limit=5"));
    expect(line).toHaveBeenCalledTimes(5);
  });

  it("is forgotten when nobody takes it in time", async () => {
    void askEarly("/api/me");
    vi.advanceTimersByTime(10_000);
    await send(request("/api/me"));
    expect(line).toHaveBeenCalledTimes(2);
  });
});
