import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, at, confirm, dialog, DIALOG, faultless, launch, opened, picture, PLATFORM, settled, SIZES } from "./portal";

/** Small enough to be loaded in a moment, and no other suite looks at it. */
const SMALL = "order-types";

/** Large enough that one sees it run. Loading it again changes nothing in it. */
const LARGE = "operations";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

const row = (page: Page, name: string) => page.locator(".table .row", { has: page.getByRole("link", { name, exact: true }) });
const action = (page: Page, name: string, what: string) => row(page, name).locator(`ui5-button[data-action=${what}]`);
const byText = (page: Page, text: string) => page.locator(".table .row", { hasText: text });

/** The statuses that an integration's row shows from when it runs until it does no more. */
const statesUntilEnd = (page: Page, name: string) =>
  page.evaluate(
    (wanted) =>
      new Promise<string[]>((resolve) => {
        const shown = [...document.querySelectorAll(".table .row")].find((one) => one.querySelector("a")?.textContent === wanted);
        const seen: string[] = [];
        new MutationObserver(() => {
          const status = shown?.querySelector("[data-status]")?.getAttribute("data-status") ?? "";
          if (seen.length === 0 ? status === "3" : seen.at(-1) !== status) seen.push(status);
          if (seen.length > 1) resolve(seen);
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
    name,
  );

const PAGES = [
  ["/admin/integrations", "Integrations"],
  [`/admin/integrations/${SMALL}`, SMALL],
  ["/admin/health", "Health of the program"],
  ["/alerts", "Alerts"],
  ["/alerts/preferences", "Alert preferences"],
  ["/admin/alert-rules", "Alert rules"],
  ["/admin/alert-webhooks", "Webhooks"],
] as const;

describe("the pages of integrations, health and alerts", () => {
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    it(`open without a fault and can be used by everybody: ${size}`, async () => {
      await opened(browser, PLATFORM, PAGES, size);
    });
  }
});

describe("integrations", () => {
  it("start a load that is followed live to its end", async () => {
    await at(browser, PLATFORM, "/admin/integrations", async (page) => {
      await action(page, LARGE, "run").click();
      await accessible(page, DIALOG);
      await dialog(page).getByRole("radio", { name: "Everything" }).check();
      const states = statesUntilEnd(page, LARGE);
      await confirm(page);
      await action(page, LARGE, "stop").waitFor();
      expect(await states).toEqual(["3", "1"]);
      await page.goto(`/admin/integrations/${LARGE}`);
      const newest = page.locator(".table[aria-label='History of runs'] .row", { hasText: "Load" }).first();
      await newest.waitFor();
      expect(await newest.innerText()).toContain("Done");
    });
  });

  it("are paused and resumed, without leaving the list", async () => {
    await at(browser, PLATFORM, "/admin/integrations", async (page) => {
      await action(page, SMALL, "pause").click();
      await confirm(page);
      await row(page, SMALL).getByText("Paused").waitFor();
      await action(page, SMALL, "resume").click();
      await confirm(page);
      await row(page, SMALL).getByText("Paused").waitFor({ state: "detached" });
      expect(new URL(page.url()).pathname).toBe("/admin/integrations");
    });
  });

  it("refuse a schedule that is none, and say why", async () => {
    await at(browser, PLATFORM, "/admin/integrations", async (page, watched) => {
      await action(page, SMALL, "schedule").click();
      await dialog(page).getByRole("radio", { name: "Cron expression" }).check();
      await dialog(page).getByRole("textbox", { name: "Cron expression" }).fill("99 2 * * *");
      await dialog(page).locator(".dialog-actions ui5-button").first().click();
      await dialog(page).locator(".problem").waitFor();
      await accessible(page, DIALOG);
      await picture(page, "integration-schedule-refused");
      await dialog(page).getByText("Cancel").click();
      await dialog(page).getByText("Discard").click();
      await dialog(page).waitFor({ state: "detached" });
      faultless(watched, (fault) => /\b4\d\d\b/.test(fault)); // The refusal was wanted.
    });
  });

  it("keep a definition that is no JSON from being saved", async () => {
    await at(browser, PLATFORM, `/admin/integrations/${SMALL}`, async (page) => {
      const definition = page.locator(".definition");
      await definition.getByText("Edit", { exact: true }).click();
      await definition.getByRole("textbox").fill("{");
      await definition.locator(".refused").waitFor();
      expect(await definition.locator("ui5-button[design=Emphasized]").getAttribute("disabled")).not.toBeNull();
      await definition.getByText("Cancel").click();
    });
  });
});

describe("a comparison with SAP", () => {
  it("is started, followed to its end and repaired", async () => {
    await at(browser, PLATFORM, `/admin/integrations/${LARGE}`, async (page) => {
      await page.getByText("Not compared yet").or(page.locator("[data-compared]")).first().waitFor();
      for (const [what, contents] of [["Compare with SAP", false], ["Repair", true]] as const) {
        await page.getByRole("button", { name: what, exact: true }).click();
        await accessible(page, DIALOG);
        if (contents) await dialog(page).getByRole("checkbox").check();
        const before = await comparedAt(page);
        await confirm(page);
        await expect.poll(() => comparedAt(page)).not.toBe(before);
        await page.locator("[data-compared=same]").waitFor();
        await page.getByRole("button", { name: what, exact: true }).waitFor();
      }
      await accessible(page);
      await page.locator("[data-compared=same]").scrollIntoViewIfNeeded();
      await picture(page, "integration-compared");
    });
  });
});

/** When the last comparison began, as the server says it. */
const comparedAt = (page: Page) =>
  page.evaluate(async (path) => {
    const { items } = (await (await fetch(path, { headers: { "X-Imaint-Client": "portal" } })).json()) as { items: { beganAt: string }[] };
    return items[0]?.beganAt;
  }, `/api/inbound/comparisons?integration=${LARGE}`);

describe("alerts", () => {
  it("arrive while the page is open, are read through the bell, and closed", async () => {
    await at(browser, PLATFORM, "/alerts", async (page) => {
      const rule = await created(page, { fact: "DocumentWritten", conditions: [{ field: "operation", operator: "in", values: ["REMOVED", "removed"] }], users: [PLATFORM], grouping: { fields: [], window: "PT10M" } });
      await removed(page, await created(page, { fact: "NothingWritesThis", users: [PLATFORM] }));
      await byText(page, "DocumentWritten").and(byText(page, "Open")).first().waitFor();
      await removed(page, rule);
      await page.locator(".shell-bar-bell").click();
      await page.locator("ui5-li-notification").first().click();
      await page.waitForURL(/\/alerts\/.+/);
      await page.getByRole("heading", { name: "DocumentWritten", level: 1 }).waitFor();
      await page.locator("dl.facts").getByText("Read", { exact: true }).waitFor();
      await accessible(page);
      await picture(page, "alert");
      await page.getByRole("button", { name: "Close alert: DocumentWritten" }).click();
      await confirm(page);
      await page.locator("dl.facts").getByText("Closed", { exact: true }).waitFor();
    });
  });
});

/** Creates an alert rule by the API, as another client would, and returns its id. */
const created = (page: Page, rule: object) =>
  page.evaluate(async (body) => {
    const answer = await fetch("/api/alert-rules", { method: "POST", headers: { "X-Imaint-Client": "portal", "Content-Type": "application/json" }, body: JSON.stringify({ name: `Browser suite ${Date.now()}`, ...body }) });
    return ((await answer.json()) as { id: string }).id;
  }, rule);

const removed = (page: Page, id: string) =>
  page.evaluate(async (path) => {
    const headers = { "X-Imaint-Client": "portal" };
    const etag = (await fetch(path, { headers })).headers.get("ETag") ?? "";
    await fetch(path, { method: "DELETE", headers: { ...headers, "If-Match": etag } });
  }, `/api/alert-rules/${id}`);

describe("alert rules", () => {
  it("are created with a condition, changed and removed", async () => {
    const name = `Browser suite ${Date.now()}`;
    await at(browser, PLATFORM, "/admin/alert-rules", async (page) => {
      await page.locator(".page-actions ui5-button[design=Emphasized]").click();
      await dialog(page).getByRole("textbox", { name: "Name", exact: true }).fill(name);
      await dialog(page).getByRole("combobox", { name: "Fact" }).fill("IntegrationFailed");
      await dialog(page).getByText("Add condition").click();
      await dialog(page).getByRole("textbox", { name: "Field", exact: true }).fill("integration");
      await dialog(page).getByRole("textbox", { name: "Value", exact: true }).fill(SMALL);
      await dialog(page).getByRole("checkbox", { name: "Administrator" }).first().check();
      await dialog(page).getByRole("checkbox", { name: "Similar events are one alert with a count" }).check();
      await accessible(page, DIALOG);
      await picture(page, "alert-rule-new");
      await confirm(page);
      await byText(page, name).waitFor();
      expect(await byText(page, name).innerText()).toContain(`integration equals ${SMALL}`);
      await byText(page, name).getByText("Edit").click();
      await dialog(page).getByRole("checkbox", { name: "Active" }).uncheck();
      await confirm(page);
      await byText(page, name).getByText("Inactive").waitFor();
      await byText(page, name).getByText("Remove").click();
      await confirm(page);
      await byText(page, name).waitFor({ state: "detached" });
    });
  });

  it("show a planner what there is, and let only those change it who may", async () => {
    await at(browser, "planner", "/admin/alert-rules", async (page) => {
      await page.getByRole("heading", { name: "Alert rules", level: 1 }).waitFor();
      await settled(page);
      expect(await page.locator(".page-actions ui5-button[design=Emphasized]").getAttribute("disabled")).not.toBeNull();
    });
  });
});
