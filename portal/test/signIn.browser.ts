import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, faultless, launch, open, picture, settled, signInAnew } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

describe("sign-in", () => {
  it("asks whoever is not signed in, and stays at the address", async () => {
    const watched = await open(browser);
    const { page } = watched;
    await page.goto("/orders?status=REL");
    await page.locator("#user").waitFor();
    await accessible(page);
    await picture(page, "sign-in");
    await signInAnew(watched, "planner", "/orders?status=REL");
    expect(new URL(page.url()).search).toBe("?status=REL");
    await page.getByRole("heading", { name: "Work orders" }).waitFor();
    await settled(page);
    await accessible(page);
    await picture(page, "orders");
    faultless(watched);
    await watched.context.close();
  });

  it("refuses a wrong password without a hint", async () => {
    const { page, context } = await open(browser);
    await page.goto("/");
    await page.locator("#user").fill("planner");
    await page.locator("#password").fill("not the password");
    await page.locator("#password").press("Enter");
    await page.locator(".refused").waitFor();
    expect(await page.locator(".refused").innerText()).toBe("User name or password is wrong.");
    await context.close();
  });
});
