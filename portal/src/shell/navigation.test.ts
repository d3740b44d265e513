import { expect, it } from "vitest";
import { rooms } from "../rooms";
import { entryOf, type Entry } from "./navigation";

const entries = rooms.flatMap((room) => room.entries);
const permission = (path: string) => entryOf(entries, path)?.permission;

it("asks below an entry for what the entry asks for", () => {
  expect(permission("/orders")).toBe("work-orders.read");
  expect(permission("/orders/4711")).toBe("work-orders.read");
  expect(permission("/orders-of-others")).toBeUndefined();
  expect(permission("/account")).toBeUndefined();
});

it("lets everybody open an item of the outbox, which the server shows to who entered it", () => {
  expect(permission("/outbox")).toBe("outbox.read");
  expect(permission("/outbox/4711")).toBeUndefined();
});

it("takes the nearest entry", () => {
  const entry = (path: string): Entry => ({ path, text: "nav.orders", icon: "", permission: path, group: "work" });
  expect(entryOf([entry("/a"), entry("/a/b")], "/a/b/c")?.path).toBe("/a/b");
});

it("knows a permission for every page but the account and items of the outbox", () => {
  const paths = rooms.flatMap((room) => room.routes).map((route) => `/${route.path ?? ""}`);
  // Below a route that stands for many pages each entry has its own.
  const known = (path: string) => (path.endsWith("/*") ? entries.some((entry) => entry.path.startsWith(path.slice(0, -1))) : permission(path.replace("/:list?", "")) !== undefined);
  expect(paths.filter((path) => !known(path))).toEqual(["/outbox/:id", "/account"]);
});
