import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, button as buttonOf, faultless, launch, open, password, picture, settled, signInAnew, type Watched } from "./portal";

/** Nobody else signs in as this user, who has a second factor while this suite runs. */
const USER = "operator";

let browser: Browser;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  watched = await open(browser);
  page = watched.page;
  const chrome = await watched.context.newCDPSession(page);
  await chrome.send("WebAuthn.enable");
  await chrome.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
});

afterAll(async () => {
  await removed(page);
  await browser.close();
});

/** Removes passkeys that an earlier run of this suite left behind. */
const removed = (of: Page) =>
  of.evaluate(async () => {
    const headers = { "X-Imaint-Client": "portal" };
    const { items } = (await (await fetch("/api/auth/passkeys", { headers })).json()) as { items: { id: string }[] };
    for (const { id } of items) await fetch(`/api/auth/passkeys/${id}`, { method: "DELETE", headers });
  });

const button = (name: string) => buttonOf(page, name);
const field = (name: string) => page.locator(`ui5-dialog[open] [name="${name}"]`);

describe("a passkey", () => {
  it("is registered on the account page, renamed, asked for at the sign-in, and removed", async () => {
    await signInAnew(watched, USER, "/account");
    await settled(page);
    expect(await button("Remove the authenticator app").count()).toBe(0);
    await button("Add a passkey").click();
    await accessible(page, "ui5-dialog[open]");
    await field("name").fill("Blue phone");
    await button("Continue").click();
    await page.locator(".recovery-codes li").first().waitFor();
    const codes = await page.locator(".recovery-codes li").allInnerTexts();
    expect(codes).toHaveLength(10);
    await page.getByLabel("I have saved the codes").check();
    await button("Finish").click();
    await page.getByText("10 recovery codes are left.").waitFor();
    await button("Rename: Blue phone").click();
    await field("name").fill("Red phone");
    await button("Save").click();
    await button("Remove: Red phone").waitFor();
    await settled(page);
    await accessible(page);
    await picture(page, "account-passkey");

    await signedOut();
    await button("Use a passkey").waitFor();
    await accessible(page);
    await picture(page, "sign-in-passkey");
    await button("Use a passkey").click();
    await page.locator(".shell-bar").waitFor();

    await signedOut();
    await page.locator("#code").fill(codes[0] ?? "");
    await page.locator("#code").press("Enter");
    await page.locator(".shell-bar").waitFor();
    await page.goto("/account");
    await page.getByText("9 recovery codes are left.").waitFor();
    await button("Remove: Red phone").click();
    await button("Remove").click();
    await page.getByText("No passkeys yet.").waitFor();
    expect(await page.getByText("recovery codes are left").count()).toBe(0);
    // That a second factor is wanted is an answer of 401, which browsers note as an error.
    faultless(watched, (fault) => fault.includes("401"));
  });
});

/** Signs out, and in again as far as the password goes. */
async function signedOut() {
  await page.evaluate(() => fetch("/api/auth/sign-out", { method: "POST", headers: { "X-Imaint-Client": "portal" } }));
  await page.goto("/");
  await page.locator("#user").fill(USER);
  await page.locator("#password").fill(password);
  await page.locator("#password").press("Enter");
}
