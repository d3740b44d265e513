import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, launch, OTHER_ROLES, PLATFORM, ROLES, settled } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

describe("the navigation", () => {
  // The administrator of the delivered role sees nothing before a second factor is set up.
  for (const role of [...ROLES.filter((one) => one !== "administrator"), ...OTHER_ROLES, PLATFORM] as const) {
    it(`opens every page that it offers a ${role}, without a fault`, async () => {
      await at(browser, role, "/", async (page) => {
        const items = page.locator("ui5-side-navigation-item[href]");
        await items.first().waitFor();
        const paths = await items.evaluateAll((all) => all.map((item) => item.getAttribute("href") ?? ""));
        expect(paths.length).toBeGreaterThan(0);
        for (const path of paths) {
          await page.locator(`ui5-side-navigation-item[href="${path}"]`).click();
          await page.waitForURL((url) => url.pathname === path || url.pathname.startsWith(`${path}/`));
          await page.locator("main h1").first().waitFor();
          await settled(page);
          expect(await page.locator("main .problem").count(), path).toBe(0);
        }
      });
    });
  }

  it("says at an address that is none that there is nothing", async () => {
    await at(browser, "planner", "/nowhere/at/all", async (page) => {
      await page.getByText("This page does not exist").waitFor();
    });
  });
});
