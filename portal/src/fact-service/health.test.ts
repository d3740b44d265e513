import { expect, it } from "vitest";
import { isHealth, worstFirst } from "./health";

it("lists what is not ready first, the rest in the order of its start", () => {
  const target = (name: string, ready: boolean) => ({ name, ready, detail: "" });
  expect(worstFirst([target("store", true), target("sap-system", false), target("access", true)]).map(({ name }) => name)).toEqual(["sap-system", "store", "access"]);
});

it("knows the program's answer from that of a proxy", () => {
  expect(isHealth({ status: "not ready", targets: [] })).toBe(true);
  expect(isHealth({ error: "bad gateway" })).toBe(false);
  expect(isHealth(undefined)).toBe(false);
});
