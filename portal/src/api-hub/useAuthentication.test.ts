import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import type { Published } from "./applications";
import type { TestResponse } from "./console";
import { useAuthentication, type Authentication } from "./useAuthentication";

const answers: ((answer: TestResponse) => void)[] = [];
vi.mock("./console", async (original) => ({ ...(await original<object>()), send: () => new Promise<TestResponse>((answer) => answers.push(answer)) }));
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const PRODUCTS: Published[] = [{ name: "own", title: "", description: "", scopes: [], subscribed: [], endpoints: [{ proxy: "p", title: "", basePath: "/token", deployed: true }] }];

it("keeps no token for a key that was changed while it was fetched", async () => {
  const shown: { now?: Authentication } = {};
  const Page = () => {
    const authentication = useAuthentication(PRODUCTS, "own");
    shown.now = authentication;
    return null;
  };
  const root = createRoot(document.createElement("div"));
  act(() => { root.render(createElement(Page)); });
  act(() => { shown.now?.change({ key: "first" }); });
  let sent: Promise<unknown> | undefined;
  act(() => { sent = shown.now?.headers(); });
  act(() => { shown.now?.change({ key: "second" }); });
  await act(async () => {
    answers[0]?.({ status: 200, reason: "OK", headers: [], body: '{"access_token":"of-first","expires_in":3600}', bytes: 1, millis: 1, cut: false });
    await sent;
  });
  expect(await sent).toEqual([{ name: "Authorization", value: "Bearer of-first" }]);
  expect(shown.now?.token).toBeUndefined();
  act(() => { shown.now?.change({ key: "first" }); });
  expect(shown.now?.token?.value).toBe("of-first");
  act(() => { root.unmount(); });
});
