import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, at, button, confirm, dialog, DIALOG, faultless, launch, open, opened, picture, PLATFORM, settled, signIn, SIZES } from "./portal";

/** What is delivered: a product that everybody with the permission may subscribe to. */
const PRODUCT = "iCWPIntegrationSuite";
const ORDERS = "/ICWP_INTEGRATION_SUITE_SRV";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

const PAGES = [
  ["/developer-hub", "Developer hub"],
  ["/developer-hub/console", "Console"],
  ["/api-management/products", "Products"],
  [`/api-management/products/${PRODUCT}`, "iCWP Integration Suite"],
  ["/api-management/applications", "Applications"],
  ["/api-management/analytics", "API analytics"],
  ["/api-management/traces", "API traces"],
] as const;

describe("the pages of API products, applications and figures", () => {
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    it(`open without a fault and can be used by everybody: ${size}`, async () => {
      await opened(browser, PLATFORM, PAGES, size);
    });
  }
});

/** Subscribes with a new application, and keeps the key and secret that are shown once. */
async function subscribed(page: Page, name: string): Promise<{ key: string; secret: string }> {
  await page.goto("/developer-hub");
  const card = page.getByRole("article", { name: "iCWP Integration Suite" });
  await button(card, "Subscribe: iCWP Integration Suite").click();
  await button(dialog(page), "With a new application").click();
  const form = page.locator(DIALOG, { hasText: "New application" });
  await form.getByLabel("Name").fill(name);
  await accessible(page, DIALOG);
  await form.locator(".dialog-actions ui5-button").first().click();
  const once = page.locator("ui5-dialog.key-once[open]");
  await once.getByText("they will not be shown again").waitFor();
  await page.keyboard.press("Escape");
  await accessible(page, "ui5-dialog.key-once");
  await picture(page, `hub-key-once-${name.split(" ")[0] ?? ""}`);
  const [key = "", secret = ""] = await once.locator("code").allInnerTexts();
  expect(await once.locator(".dialog-actions ui5-button").getAttribute("disabled")).not.toBeNull();
  await once.getByRole("checkbox").check();
  await button(once, "Close").click();
  await dialog(page).waitFor({ state: "detached" });
  return { key: key.trim(), secret: secret.trim() };
}

describe("a developer", () => {
  it("subscribes, sees key and secret once, and tries a request; an administrator sees it in figures and trace", async () => {
    const name = `browser suite ${String(Date.now())}`;
    await at(browser, PLATFORM, "/", async (page) => {
      const { key, secret } = await subscribed(page, name);
      expect(key).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(await page.locator("body").innerText()).not.toContain(secret);

      const admin = await open(browser);
      await signIn(admin, PLATFORM, "/api-management/traces");
      await button(admin.page, "Start a trace").click();
      await dialog(admin.page).getByLabel("Path begins with").fill(ORDERS);
      // The program's own loads take the same way.
      await dialog(admin.page).getByRole("textbox", { name: "Header", exact: true }).fill("X-Browser-Suite");
      await dialog(admin.page).getByLabel("Value of the header").fill(name);
      await accessible(admin.page, DIALOG);
      await picture(admin.page, "trace-begin");
      await confirm(admin.page);
      await admin.page.getByText("Nothing recorded yet").waitFor();

      await page.goto(`/developer-hub/console?product=${PRODUCT}&base=${encodeURIComponent(ORDERS)}`);
      await page.getByLabel("Key", { exact: true }).fill(key);
      await page.getByLabel("Secret").fill("not the secret");
      await page.getByLabel("Headers", { exact: true }).fill(`Accept: application/json\nX-Browser-Suite: ${name}`);
      await page.getByLabel("Path and query").fill("/WorkOrderSet?$top=2&$format=json");
      await button(page, "Send").click();
      await page.getByText("No token was given").waitFor();
      await picture(page, "hub-try-refused");
      await page.getByLabel("Secret").fill(secret);
      await button(page, "Send").click();
      await page.locator(".answer-head").getByText("200 OK").waitFor();
      expect(await page.locator(".console-answer pre").first().innerText()).toContain('"results"');
      await accessible(page);
      await picture(page, "hub-try-answer-desktop");

      await admin.page.locator(".trace-choice", { hasText: ORDERS }).first().click();
      await followed(admin.page);
      await admin.page.goto("/api-management/analytics?minutes=15");
      await admin.page.locator(".table .row", { hasText: name }).first().waitFor();
      await settled(admin.page);
      await accessible(admin.page);
      await picture(admin.page, "analytics-desktop");
      faultless(admin);
      await admin.context.close();
    });
  });

  it("rotates and revokes keys, and removes the application", async () => {
    const name = `keys ${String(Date.now())}`;
    await at(browser, PLATFORM, "/", async (page) => {
      await subscribed(page, name);
      await page.getByRole("link", { name, exact: true }).click();
      await page.getByRole("heading", { name, level: 1 }).waitFor();
      await accessible(page);
      await picture(page, "hub-application-phone");
      await page.locator("ui5-button", { hasText: "Rotate" }).first().click();
      await dialog(page).locator(".dialog-actions ui5-button").first().click(); // The next dialog opens at once.
      const once = page.locator("ui5-dialog.key-once[open]");
      await once.getByRole("checkbox").check();
      await button(once, "Close").click();
      await dialog(page).waitFor({ state: "detached" });
      await expect.poll(() => page.locator(".table[aria-label=Keys] .row").count()).toBe(2);
      await page.locator("ui5-button", { hasText: "Revoke" }).first().click();
      await confirm(page);
      await page.getByText("Revoked", { exact: true }).first().waitFor();
      await button(page, "Remove").click();
      await confirm(page);
      await page.waitForURL("**/developer-hub");
    }, { size: "phone" });
  });
});

/** Goes along the steps with the keyboard, and sees what was masked. */
async function followed(page: Page): Promise<void> {
  const line = page.getByRole("listbox", { name: "Steps" });
  await line.getByRole("option", { selected: true }).focus();
  await page.keyboard.press("Home");
  const first = await line.getByRole("option", { selected: true }).getAttribute("data-step");
  await page.keyboard.press("ArrowRight");
  expect(await line.getByRole("option", { selected: true }).getAttribute("data-step")).not.toBe(first);
  await line.getByRole("option", { name: /verifyAccessToken/ }).click();
  await page.locator(".trace-view").getByText("Changed variables").first().waitFor();
  await page.locator(".trace-view .masked").first().waitFor();
  await accessible(page);
  await picture(page, "trace-desktop");
  await page.setViewportSize(SIZES.phone);
  await accessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: "target/pictures/trace-phone.png" });
  await page.setViewportSize(SIZES.desktop);
}

describe("an administrator", () => {
  it("creates a product, publishes it and removes it", async () => {
    const name = `Suite${String(Date.now())}`;
    await at(browser, PLATFORM, "/api-management/products", async (page) => {
      await button(page, "Create").click();
      await dialog(page).getByLabel("Name").fill(name);
      await dialog(page).getByLabel("OAuth scopes").fill("read\nwrite");
      await accessible(page, DIALOG);
      await picture(page, "product-form");
      await confirm(page);
      await page.getByRole("heading", { name, level: 1 }).waitFor();
      await button(page, "Publish").click();
      await confirm(page);
      await button(page, "Unpublish").waitFor();
      await button(page, "Edit").click();
      await dialog(page).getByLabel("Title").fill("By the suite");
      await confirm(page);
      await page.getByRole("heading", { name: "By the suite", level: 1 }).waitFor();
      await button(page, "Remove").click();
      await confirm(page);
      await page.waitForURL("**/api-management/products");
    });
  });
});
