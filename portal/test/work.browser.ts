import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, at, button, confirm, dialog, DIALOG, faultless, goTo, launch, picture, settled } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

const short = (number: unknown) => String(number).replace(/^0+/, "");

/** Asks the program what the page must show, with the session of the page. */
const asked = (page: Page, path: string): Promise<never> =>
  page.evaluate(async (target) => (await (await fetch(target, { headers: { "X-Imaint-Client": "portal" } })).json()) as never, path);

type Point = { measuringPoint: string; equipment: string | null; counter: boolean; lowerLimit: number | null; upperLimit: number | null; lastReading: { reading: number | null } | null };
type Order = { orderNumber: string; systemStatuses: string[]; operations: { operation: string }[]; components: { description: string }[] };

const field = (page: Page, label: string) => dialog(page).getByLabel(label, { exact: false }).first();

/** What the shell tells of the command that was given last. */
const told = (page: Page, text: string | RegExp) => page.locator(".outcome", { hasText: text }).first();

/** An object with a measuring point, in whose limits a reading can be entered. */
async function measured(page: Page): Promise<{ equipment: string; point: string; reading: string }> {
  const { items } = (await asked(page, "/api/measuring-points?limit=200")) as { items: Point[] };
  const point = items.find(({ equipment, counter, lastReading }) => equipment !== null && !counter && lastReading?.reading != null);
  expect(point).toBeDefined();
  return { equipment: short(point?.equipment), point: point?.measuringPoint ?? "", reading: String(point?.lastReading?.reading) };
}

/** A material of which something lies in a storage location of the order's plant. */
async function stocked(page: Page): Promise<{ material: string; storageLocation: string }> {
  const { plant } = (await asked(page, `/api/work-orders/${page.url().split("/").at(-1) ?? ""}`)) as { plant: string };
  const { items } = (await asked(page, `/api/materials?plant=${plant}&limit=20`)) as { items: { material: string; unrestrictedStock: number }[] };
  const { material } = items.find(({ unrestrictedStock }) => unrestrictedStock > 5) ?? { material: "" };
  const { stocks } = (await asked(page, `/api/materials/${material}`)) as { stocks: { plant: string; storageLocation: string; unrestrictedStock: number }[] };
  const stock = stocks.find((one) => one.plant === plant && one.unrestrictedStock > 1);
  expect(stock).toBeDefined();
  return { material: short(material), storageLocation: stock?.storageLocation ?? "" };
}

/** An order of which SAP has some work already, and whose operation still takes more. */
async function partlyConfirmed(page: Page): Promise<string> {
  const { items } = (await asked(page, "/api/work-orders?status=REL&limit=50")) as { items: { orderNumber: string }[] };
  for (const { orderNumber } of items) {
    const { operations, pending } = (await asked(page, `/api/work-orders/${short(orderNumber)}`)) as { operations: { operation: string; systemStatuses: string[] }[]; pending: unknown[] };
    const next = operations.find(({ systemStatuses }) => !systemStatuses.includes("CNF"));
    if (pending.length > 0 || next === undefined) continue;
    const status = await page.evaluate(async (path) => {
      const headers = { "X-Imaint-Client": "portal", "Content-Type": "application/json", Prefer: "wait=20" };
      return (await fetch(path, { method: "POST", headers, body: JSON.stringify({ actualWork: 1, workUnit: "H" }) })).status;
    }, `/api/work-orders/${short(orderNumber)}/operations/${next.operation}/confirmations`);
    expect(status).toBe(201);
    return orderNumber;
  }
  throw new Error("no released order has an open operation");
}

/** Rates the risk by keyboard: the cell that is reached proposes priority and required end, which stay free. */
async function rated(page: Page): Promise<void> {
  const matrix = dialog(page).getByRole("table", { name: "Likelihood and severity" });
  await matrix.getByRole("radio").first().focus();
  await page.keyboard.press("Space");
  for (const arrow of ["Right", "Right", "Right"]) await page.keyboard.press(`Arrow${arrow}`);
  await matrix.getByRole("radio", { name: "Almost certain, Major: Extreme" }).and(page.locator(":checked")).waitFor();
  await dialog(page).getByText("Risk level E: Extreme").waitFor();
  await expect.poll(() => field(page, "Priority").inputValue()).toBe("1");
  expect(await field(page, "Required end").inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await dialog(page).getByText("Risk level E: Extreme").waitFor();
  await matrix.scrollIntoViewIfNeeded();
  await picture(page, "notification-risk");
  await field(page, "Priority").selectOption("2");
  await field(page, "Priority").selectOption("1");
}

/** Waits until what SAP has made of an order is here. */
async function replicated(page: Page, number: string, until: (order: Order) => boolean): Promise<void> {
  await expect.poll(async () => until((await asked(page, `/api/work-orders/${number}`)) as Order), { timeout: 60_000, interval: 500 }).toBe(true);
}

describe("from a malfunction to completed work", () => {
  const story = { notification: "", order: "", equipment: "", point: "", reading: "" };

  it("a technician reports a malfunction of equipment, and SAP gives the number", async () => {
    await at(browser, "technician", "/", async (page) => {
      Object.assign(story, await measured(page));
      await goTo(page, `/equipment/${story.equipment}`);
      await button(page, "Report a malfunction").click();
      await field(page, "Notification type").selectOption("M2");
      await field(page, "Description").fill("Bearing is loud and hot");
      await rated(page);
      await field(page, "Breakdown").check();
      await dialog(page).getByLabel("Damage").selectOption({ index: 1 });
      await dialog(page).getByLabel("Cause", { exact: true }).selectOption({ index: 1 });
      await accessible(page, DIALOG);
      await picture(page, "notification-create");
      await confirm(page);
      await page.waitForURL(/\/notifications\/\d+$/);
      await told(page, "Posted in SAP").waitFor();
      story.notification = page.url().split("/").at(-1) ?? "";
      await page.getByRole("heading", { name: "Bearing is loud and hot", level: 1 }).waitFor();
      await settled(page);
      await accessible(page);
      await picture(page, "notification-created");
    });
  });

  it("the risk matrix fits a phone", async () => {
    await at(
      browser,
      "technician",
      `/equipment/${story.equipment}`,
      async (page) => {
        await button(page, "Report a malfunction").click();
        const matrix = dialog(page).getByRole("table", { name: "Likelihood and severity" });
        await matrix.scrollIntoViewIfNeeded();
        await picture(page, "notification-risk-phone");
        expect(await matrix.evaluate((table) => table.scrollWidth - (table.parentElement?.clientWidth ?? 0))).toBeLessThanOrEqual(0);
        await accessible(page, DIALOG);
      },
      { size: "phone" },
    );
  });

  it("a planner creates the order from it and plans a part", async () => {
    await at(browser, "planner", `/notifications/${story.notification}`, async (page) => {
      await button(page, "Create work order").click();
      await expect.poll(() => field(page, "Order type").inputValue()).toBe("PM02");
      await confirm(page);
      await page.waitForURL(/\/orders\/\d+$/);
      story.order = page.url().split("/").at(-1) ?? "";
      await replicated(page, story.order, ({ operations }) => operations.length > 0);
      await goTo(page, `/orders/${story.order}`);
      await page.locator(`main a[href="/notifications/${story.notification}"]`).first().waitFor();
      const { material, storageLocation } = await stocked(page);
      await button(page, "Add component").click();
      await field(page, "Material").fill(material);
      await field(page, "Storage location").fill(storageLocation);
      await confirm(page);
      await told(page, "Add component").waitFor();
      await replicated(page, story.order, ({ components }) => components.length > 0);
      await settled(page);
      await accessible(page);
      await picture(page, "order-created");
    });
  });

  it("a supervisor releases it", async () => {
    await at(browser, "supervisor", `/orders/${story.order}`, async (page) => {
      await button(page, "Release").click();
      await accessible(page, DIALOG);
      await confirm(page);
      await told(page, "Posted in SAP").waitFor();
      await expect.poll(() => page.locator("main").getByText("Released", { exact: true }).count()).toBeGreaterThan(0);
      await replicated(page, story.order, ({ systemStatuses }) => systemStatuses.includes("REL"));
    });
  });

  it("a technician confirms the work with a part and a reading, on a phone; the timer survives loading the page anew", async () => {
    await at(
      browser,
      "technician",
      `/orders/${story.order}`,
      async (page) => {
        const opens = page.getByRole("button", { name: /^Confirm: Operation/ });
        await opens.click();
        await button(dialog(page), "Start timer").click();
        await goTo(page, `/orders/${story.order}`);
        await opens.click();
        await dialog(page).getByText(/Running for 0:/).waitFor();
        await button(dialog(page), "Stop timer").click();
        await expect.poll(() => field(page, "Actual work").inputValue()).toBe("0.1");
        await field(page, "Actual work").fill("1.5");
        await dialog(page).getByRole("group", { name: "Parts used" }).getByRole("spinbutton").fill("1");
        await field(page, "Measuring point").selectOption(story.point);
        await dialog(page).getByRole("group", { name: "Reading" }).getByRole("spinbutton").fill(story.reading);
        await accessible(page, DIALOG);
        await picture(page, "confirm-phone");
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await confirm(page);
        await expect.poll(() => page.locator(".outcome.good").count()).toBe(3);
        await picture(page, "outcomes-phone");
      },
      { size: "phone" },
    );
  });

  it("a supervisor completes it technically, and sees before that what is open", async () => {
    await at(browser, "supervisor", `/orders/${story.order}`, async (page) => {
      await page.locator(".table[aria-label='Confirmations'] .row").first().waitFor();
      await button(page, "Complete technically").click();
      await dialog(page).locator("li", { hasText: "Operation 0010" }).waitFor();
      await accessible(page, DIALOG);
      await picture(page, "order-complete");
      await confirm(page);
      await told(page, "Posted in SAP").waitFor();
      await replicated(page, story.order, ({ systemStatuses }) => systemStatuses.includes("TECO"));
      await page.getByText("Technically completed", { exact: true }).first().waitFor();
      await button(page, "Undo technical completion").waitFor();
      expect(await button(page, "Release").count()).toBe(0);
      await picture(page, "order-completed");
    });
  });
});

describe("what SAP refuses", () => {
  it("shows with SAP's words on the order and in its row of the list", async () => {
    await at(browser, "technician", "/orders", async (page, watched) => {
      const number = short(await partlyConfirmed(page));
      await goTo(page, `/orders/${number}`);
      await page.getByRole("button", { name: /^Confirm: Operation/ }).first().click();
      await field(page, "Actual work").fill("999999.9");
      await confirm(page);
      await told(page, /Actual work exceeds 999999.9/).waitFor();
      expect(await told(page, /exceeds/).getByRole("link").getAttribute("href")).toMatch(/^\/outbox\/[0-9a-f-]{36}$/);
      await page.locator(".pending li", { hasText: "Confirm operation" }).getByText(/Actual work exceeds/).waitFor();
      await page.locator("main").getByText("Not in SAP", { exact: true }).first().waitFor();
      await settled(page);
      await accessible(page);
      await picture(page, "order-refused");
      faultless(watched, (fault) => fault.includes("422"));
      await goTo(page, `/orders?text=${number}`);
      await page.locator("main .table .row", { hasText: number }).getByText("Not in SAP").waitFor();
    });
  });
});

describe("an entry", () => {
  it("that the server finds wrong stays in its form, with what is wrong at its field", async () => {
    await at(browser, "planner", "/orders", async (page, watched) => {
      await button(page, "Create work order").click();
      await field(page, "Order type").selectOption("PM01");
      await field(page, "Description").fill("For nothing that exists");
      await field(page, "Equipment").fill("99999999");
      await dialog(page).locator(".dialog-actions ui5-button").first().click();
      await dialog(page).locator("[aria-invalid=true]").first().waitFor();
      expect(await field(page, "Equipment").getAttribute("aria-invalid")).toBe("true");
      await accessible(page, DIALOG);
      await picture(page, "order-create-refused");
      faultless(watched, (fault) => fault.includes("422"));
    });
  });
});
