import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultless, launch, open, OTHER_ROLES, PLATFORM, ROLES, settled, signIn } from "./portal";

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
      const watched = await open(browser);
      const { page } = watched;
      await signIn(watched, role);
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
      faultless(watched);
      await watched.context.close();
    });
  }

  it("says at an address that is none that there is nothing", async () => {
    const watched = await open(browser);
    await signIn(watched, "planner", "/nowhere/at/all");
    await watched.page.getByText("This page does not exist").waitFor();
    await watched.context.close();
  });
});
