import { afterEach, describe, expect, it } from "vitest";
import { give, given, isNumbered, newKey, pageOf, worst, type Item } from "./commands";

const answer = (status: number, body: unknown) => Promise.resolve({ ...(status < 400 ? { data: body as Item } : { error: body }), response: new Response("", { status }) });
const item = (fields: Partial<Item>) => ({ id: "one", command: "release-order", state: "posted", sapNumber: null, ...fields }) as Item;

describe("a command", () => {
  afterEach(() => {
    for (const { id } of given.now()) given.remove(id);
  });

  it("is reported after it was accepted", async () => {
    const headers: unknown[] = [];
    await give("key", "Release", (sent) => {
      headers.push(sent);
      return answer(202, item({ state: "queued" }));
    });
    expect(headers).toEqual([{ "Idempotency-Key": "key", Prefer: "wait=5" }]);
    expect(given.now()).toMatchObject([{ id: "one", what: "Release", item: { state: "queued" } }]);
  });

  it("that SAP refused is over for its form, and is followed by its key", async () => {
    expect(await give("key", "Release", () => answer(422, { code: "command-refused-by-sap" }))).toBeUndefined();
    expect(given.now()).toMatchObject([{ id: "key", what: "Release" }]);
  });

  it("that was not taken says what is wrong, and nothing is followed", async () => {
    const errors = [{ parameter: "items/0/damageCode", reason: "is unknown" }];
    await expect(give("key", "Release", () => answer(422, { code: "entry-invalid", errors }))).rejects.toMatchObject({ code: "entry-invalid", findings: errors });
    expect(given.now()).toEqual([]);
  });

  it("whose first try arrived with other values fails and shows the first one", async () => {
    await expect(give("key", "Release", () => answer(409, { code: "outbox-key-reused" }))).rejects.toMatchObject({ status: 409 });
    expect(given.now()).toMatchObject([{ id: "key", what: "Release" }]);
  });

  it("that is posted makes room for what comes later; one under way stays, and what is given together", () => {
    given.add({ id: "posted", what: "Release", item: item({ id: "posted" }), at: 0 });
    given.add({ id: "queued", what: "Release", item: item({ id: "queued", state: "queued" }), at: 0 });
    given.add({ id: "next", what: "Release", item: item({ id: "next" }), at: 60_000 });
    given.add({ id: "part", what: "Issue", item: item({ id: "part" }), at: 61_000 });
    expect(given.now().map(({ id }) => id)).toEqual(["queued", "next", "part"]);
  });
});

describe("the key of a command", () => {
  it("is a UUID, which the server takes for the id of the item", () => {
    expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newKey()).not.toBe(newKey());
    expect(isNumbered(newKey())).toBe(false);
    expect(isNumbered("000004000012")).toBe(true);
  });
});

describe("a created object", () => {
  it("is shown by its number, and before it has one by its item", () => {
    expect(pageOf(item({ command: "create-order", sapNumber: "000004000012" }))).toBe("/orders/4000012");
    expect(pageOf(item({ command: "create-notification" }))).toBe("/notifications/one");
    expect(pageOf(item({ command: "release-order", sapNumber: "1" }))).toBeUndefined();
  });
});

describe("what is pending about an object", () => {
  it("shows the worst first", () => {
    expect(worst([{ state: "queued" }, { state: "failed" }, { state: "held" }])).toBe("failed");
    expect(worst([{ state: "posted" }])).toBeUndefined();
  });
});
