import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, at, launch, open, picture, PLATFORM, settled, signIn, signInAnew } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

/** Changes the signed-in user, as the account page does. */
const change = (page: Page, changes: Record<string, unknown>) =>
  page.evaluate(async (body) => {
    await fetch("/api/me", { method: "PATCH", headers: { "X-Imaint-Client": "portal", "Content-Type": "application/merge-patch+json" }, body: JSON.stringify(body) });
  }, changes);

const search = (page: Page) => page.locator("#search input");

/** Waits until what is typed goes into the search. */
const searching = (page: Page) => page.waitForFunction(() => document.getElementById("search")?.shadowRoot?.activeElement?.tagName === "INPUT");
const hits = (page: Page) => page.locator("ui5-search-item");
const heading = (page: Page) => page.locator("main h1").first();

/** Writes a text, and answers the names of its hits once they show and nothing is asked any more. */
async function found(page: Page, text: string, write: () => Promise<void>): Promise<string[]> {
  const answer = page.waitForResponse((response) => response.url().includes(`/api/search?q=${text}&`));
  await write();
  await answer;
  await page.waitForFunction(() => document.getElementById("search")?.hasAttribute("loading") === false);
  await hits(page).first().waitFor();
  return hits(page).evaluateAll((all) => all.map((hit) => hit.getAttribute("data-hit") ?? ""));
}

/** Presses a key, and waits until a hit has the focus. */
async function moveTo(page: Page, key: string, hit: string | undefined) {
  await page.keyboard.press(key);
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute("data-hit") === wanted, hit);
}

/** Chooses the hit with the focus, and waits for its page. */
async function openHit(page: Page, hit: string | undefined) {
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname.endsWith(`/${hit?.split(" ")[1] ?? "?"}`));
  await expect.poll(() => page.locator("#search").evaluate((field) => field.hasAttribute("open"))).toBe(false);
}

describe("the search in the bar", () => {
  it("opens the hit that was chosen by keyboard, not the first", async () => {
    await at(browser, "planner", "/", async (page) => {
      const [first, second] = await found(page, "pump", async () => {
        await page.keyboard.press("/");
        await page.keyboard.type("pump"); // Also what is typed before the field has the focus.
      });
      expect(await search(page).inputValue()).toBe("pump");
      await picture(page, "search");
      await moveTo(page, "ArrowDown", first);
      await moveTo(page, "ArrowDown", second);
      await openHit(page, second);
    });
  });

  it("shows hits for a text that was typed whole before the field was there", async () => {
    await at(browser, "planner", "/", async (page) => {
      const names = await found(page, "pump", () =>
        page.evaluate(() => {
          for (const key of "/pump") document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
        }),
      );
      expect(names.length).toBeGreaterThan(2);
    });
  });

  it("leaves the hits as they are while one chooses, whatever is answered meanwhile", async () => {
    await at(browser, "planner", "/", async (page) => {
      const [first, second] = await found(page, "pump", async () => {
        await search(page).click();
        await searching(page);
        await page.keyboard.type("pump");
      });
      const later = page.waitForResponse((response) => response.url().includes("/api/search?q=pumpxyz&")); // Finds nothing.
      await search(page).evaluate((input: HTMLInputElement) => { // In one go, as the key must come before it is asked for.
        input.value = "pumpxyz";
        input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, composed: true }));
      });
      await (await later).finished();
      await page.waitForFunction((wanted) => document.activeElement?.getAttribute("data-hit") === wanted, first);
      await moveTo(page, "ArrowDown", second);
      await openHit(page, second);
    });
  });

  it("opens at Enter the object whose number was written, and asks once for what is written in one go", async () => {
    await at(browser, "planner", "/orders", async (page) => {
      const number = await page.locator("main .table .row a").first().innerText();
      const asked: string[] = [];
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.pathname === "/api/search") asked.push(url.searchParams.get("q") ?? "");
      });
      await search(page).click();
      await searching(page);
      await search(page).evaluate((input: HTMLInputElement, typed) => { // In one task, which no slow machine stretches.
        for (const letter of typed) {
          input.value += letter;
          input.dispatchEvent(new InputEvent("input", { data: letter, bubbles: true, composed: true }));
        }
      }, number);
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(`/orders/0*${number}$`));
      expect(asked).toEqual([number]);
    });
  });

  it("says that nothing was found, and that it failed where it failed", async () => {
    const watched = await open(browser);
    const { page } = watched;
    await signIn(watched, "planner");
    await settled(page);
    await search(page).click();
    await searching(page);
    await page.keyboard.type("xyzzyx");
    await page.getByText('Nothing was found for "xyzzyx"').first().waitFor();
    await page.route("**/api/search*", (route) => route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify({ title: "Broken", code: "broken", status: 500 }) }));
    await page.keyboard.type("y");
    await page.getByText("The search failed").first().waitFor();
    expect(await page.getByText("Nothing was found").count()).toBe(0);
    await picture(page, "search-failed");
    await watched.context.close();
  });
});

describe("the user menu", () => {
  it("signs out", async () => {
    const watched = await open(browser);
    await signInAnew(watched, "operator");
    await watched.page.locator(".shell-bar").getByRole("button", { name: "Your account" }).click();
    await picture(watched.page, "user-menu");
    await watched.page.locator("ui5-user-menu").getByText("Sign Out").click();
    await watched.page.locator("#user").waitFor();
    await watched.context.close();
  });

  it("changes to high contrast, which all texts stand", async () => {
    await at(browser, "planner", "/", async (page) => {
      await page.evaluate(() => { localStorage.setItem("imaint.theme", "contrastDark"); });
      await page.reload();
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("contrastDark");
      await accessible(page);
      await picture(page, "high-contrast");
    });
  });

  it("changes the language, also of UI5's own texts", async () => {
    await at(browser, "operator", "/orders", async (page) => {
      try {
        await change(page, { language: "de" });
        await page.reload();
        await settled(page);
        await page.getByRole("heading", { name: "Aufträge" }).waitFor();
        expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
        await picture(page, "german");
      } finally {
        await change(page, { language: "en" });
      }
    });
  });
});

describe("keys and focus", () => {
  it("have a help sheet that gives back the focus, and can be turned off", async () => {
    await at(browser, "planner", "/orders", async (page) => {
      const button = page.getByRole("button", { name: "Export" });
      await button.focus();
      await page.keyboard.press("?");
      const sheet = page.locator("ui5-dialog[open]");
      await sheet.waitFor();
      await accessible(page, "ui5-dialog");
      await picture(page, "help-sheet");
      await sheet.getByRole("switch").uncheck();
      await sheet.getByRole("button", { name: "Close" }).click();
      await sheet.waitFor({ state: "detached" });
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Export");
      await page.keyboard.press("?");
      await page.keyboard.press("/");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Export");
      expect(await sheet.count()).toBe(0);
    });
  });

  it("go to the heading of the page that was opened", async () => {
    await at(browser, "planner", "/", async (page) => {
      await page.locator('ui5-side-navigation-item[href="/orders"]').click();
      await page.getByRole("heading", { name: "Work orders", exact: true }).waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Work orders");
      const first = page.locator("main .table .row a").first();
      await first.waitFor();
      await first.click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("object-title");
    });
  });

  it("return from an export that was called off to the button", async () => {
    await at(browser, "planner", "/orders", async (page) => {
      await page.getByRole("button", { name: "Export" }).click();
      const dialog = page.locator("ui5-dialog[open]");
      await dialog.waitFor();
      await picture(page, "export");
      await dialog.getByRole("button", { name: "Close" }).click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Export");
    });
  });
});

describe("a page", () => {
  it("that is not for a role says which permission it needs, and asks nothing", async () => {
    await at(browser, "technician", "/admin/users/planner", async (page) => {
      await page.getByText('You need the permission "users.read"').waitFor();
      await heading(page).waitFor();
      await accessible(page);
      await picture(page, "no-permission");
    });
  });

  it("opens with the plants that the user wants to see, who can take the filter away", async () => {
    await at(browser, "planner", "/", async (page) => {
      try {
        await change(page, { shownPlants: ["1000"] });
        await page.goto("/orders");
        await settled(page);
        await page.waitForURL(/plant=1000/);
        await page.getByRole("button", { name: "Clear filters" }).click();
        await page.waitForURL((url) => !url.search.includes("plant"));
      } finally {
        await change(page, { shownPlants: [] });
      }
    });
  });
});

describe("the account", () => {
  it("says at the field that the current password is wrong, and stays", async () => {
    const { page, context } = await open(browser);
    await signInAnew({ page, context, faults: [] }, PLATFORM, "/account");
    await page.getByRole("button", { name: "Change password" }).click();
    const dialog = page.locator("ui5-dialog[open]");
    await dialog.locator('input[name="current"]').fill("not the password");
    await dialog.locator('input[name="password"]').fill("quite another password");
    await dialog.locator('input[name="repeated"]').fill("quite another password");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("This is not your current password.").waitFor();
    expect(await dialog.locator('input[name="current"]').getAttribute("aria-invalid")).toBe("true");
    await picture(page, "wrong-password");
    await context.close();
  });
});

describe("the first run", () => {
  it("says how to make the first administrator, where there is none", async () => {
    const { page, context } = await open(browser);
    await page.route("**/api/first-run", (route) => route.fulfill({ contentType: "application/json", body: '{"needed":true}' }));
    await page.goto("/first-run#0123456789");
    await page.getByRole("heading", { name: "Create the first administrator" }).waitFor();
    await accessible(page);
    await picture(page, "first-run");
    await context.close();
  });
});
