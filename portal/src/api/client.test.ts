import { expect, it } from "vitest";
import { lost, read } from "./client";

const refused = (code: string) => Promise.resolve({ error: { code, title: code }, response: new Response(null, { status: 401 }) });

async function tells(code: string): Promise<boolean> {
  let told = false;
  const hear = () => {
    told = true;
  };
  lost.addEventListener("lost", hear);
  await expect(read(refused(code))).rejects.toThrow(code);
  lost.removeEventListener("lost", hear);
  return told;
}

it("tells a lost session from a password that was refused", async () => {
  expect(await tells("not-signed-in")).toBe(true);
  expect(await tells("sign-in-refused")).toBe(false);
  expect(await tells("second-factor-required")).toBe(false);
});
