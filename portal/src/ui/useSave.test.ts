import { describe, expect, it } from "vitest";
import { Problem } from "../api/problem";
import type { Values } from "./form";
import { send } from "./useSave";

const OPENED = { values: { name: "a" }, etag: "1" };
const stale = (status = 412) => new Problem({ status, code: "stale" });

/** A server that has a version and refuses others. */
function server(etag: string, values: Values, status = 412) {
  const saved: [Values, string][] = [];
  return {
    saved,
    save: (sent: Values, version: string) => {
      if (version !== etag) return Promise.reject(stale(status));
      saved.push([sent, version]);
      return Promise.resolve();
    },
    reload: () => Promise.resolve({ values, etag }),
  };
}

describe("sending a form", () => {
  it("sends once more when nothing that the form shows was changed meanwhile", async () => {
    const now = server("2", { name: "a" });
    expect(await send({ name: "b" }, OPENED, now)).toBeUndefined();
    expect(now.saved).toEqual([[{ name: "b" }, "2"]]);
  });

  it("answers what somebody else changed, and sends nothing", async () => {
    const now = server("2", { name: "c" });
    expect(await send({ name: "b" }, OPENED, now)).toEqual({ values: { name: "c" }, etag: "2" });
    expect(now.saved).toEqual([]);
  });

  it("does not overwrite what was not seen, though it looks the same", async () => {
    const now = server("2", { name: "a" }, 428);
    expect(await send({ name: "b" }, OPENED, now)).toEqual({ values: { name: "a" }, etag: "2" });
    expect(now.saved).toEqual([]);
  });

  it("fails where it cannot be read anew, or is refused again", async () => {
    const { save } = server("2", {});
    await expect(send({ name: "b" }, OPENED, { save, reload: undefined })).rejects.toMatchObject({ status: 412 });
    await expect(send({ name: "b" }, OPENED, { save, reload: () => Promise.resolve({ ...OPENED, etag: "0" }) })).rejects.toMatchObject({ status: 412 });
  });
});
