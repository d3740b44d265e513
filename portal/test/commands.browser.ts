import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, at, button, confirm, dialog, DIALOG, faultless, goTo, launch, picture, PLATFORM, settled } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

type Json = Record<string, unknown>;
type Order = { orderNumber: string; plant: string; pending: unknown[]; systemStatuses: string[]; operations: { operation: string; description: string | null; personnelNumber: string | null; systemStatuses: string[] }[]; components: { material: string; description: string | null; withdrawnQuantity: number | null }[] };

/** Asks the program what the page must show, with the session of the page. */
const asked = <T,>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (target) => (await (await fetch(target, { headers: { "X-Imaint-Client": "portal" } })).json()) as never, path);

const listed = async <T = Json,>(page: Page, path: string) => (await asked<{ items: T[] }>(page, path)).items;

const short = (number: unknown) => String(number).replace(/^0+/, "");

const field = (page: Page, label: string) => dialog(page).getByLabel(label, { exact: false }).first();
const row = (page: Page, table: string, text: string | RegExp) => page.locator(`.table[aria-label='${table}'] .row`, { hasText: text }).first();

/** Sends the form, and waits until the shell tells that SAP has it. */
async function posted(page: Page, what: string): Promise<void> {
  await confirm(page);
  const outcome = page.locator(".outcome.good", { hasText: what }).last();
  await outcome.waitFor();
  await outcome.locator("ui5-button").last().click(); // So that the next one is not taken for it.
}

/** Reads what SAP changed at once, instead of with the next delta, and waits until an answer is as wanted. */
async function replicated(page: Page, path: string, until: (answer: Order & { items: Json[] }) => boolean): Promise<void> {
  await page.evaluate(async () => {
    await fetch("/api/inbound/runs", { method: "POST", headers: { "X-Imaint-Client": "portal", "Content-Type": "application/json" }, body: JSON.stringify({ kind: "delta", integrations: [] }) });
  });
  await expect.poll(async () => until(await asked(page, path)), { timeout: 90_000, interval: 500 }).toBe(true);
}

/** A released order about which nothing is on its way, with an open operation. */
async function released(page: Page): Promise<Order> {
  for (const { orderNumber } of await listed<{ orderNumber: string }>(page, "/api/work-orders?status=REL&sort=-basicStart&limit=50")) {
    const order = await asked<Order>(page, `/api/work-orders/${short(orderNumber)}`);
    if (order.pending.length === 0 && order.operations.some(({ systemStatuses }) => !systemStatuses.includes("CNF"))) return order;
  }
  throw new Error("no released order has an open operation");
}

/** A material of which something lies in a storage location of a plant. */
async function stocked(page: Page, plant: string): Promise<{ material: string; storageLocation: string }> {
  for (const { material } of await listed<{ material: string }>(page, `/api/materials?plant=${plant}&limit=50`)) {
    const { stocks } = await asked<{ stocks: { plant: string; storageLocation: string; unrestrictedStock: number }[] }>(page, `/api/materials/${material}`);
    const stock = stocks.find((one) => one.plant === plant && one.unrestrictedStock > 5);
    if (stock !== undefined) return { material: short(material), storageLocation: stock.storageLocation };
  }
  throw new Error(`nothing is in stock in plant ${plant}`);
}

describe("an order in work", () => {
  it("is changed, assigned and extended, its work and parts are posted and taken back, and its completion is undone", async () => {
    await at(browser, PLATFORM, "/orders", async (page, watched) => {
      const order = await released(page);
      const path = `/api/work-orders/${short(order.orderNumber)}`;
      const open = order.operations.find(({ systemStatuses }) => !systemStatuses.includes("CNF"))?.operation ?? "";
      await goTo(page, `/orders/${short(order.orderNumber)}`);

      const description = `Changed by a planner ${Date.now().toString(36)}`;
      await button(page, "Edit").click();
      await field(page, "Description").fill(description);
      await accessible(page, DIALOG);
      await picture(page, "order-change");
      await posted(page, "Change order");
      await page.getByRole("heading", { name: description, level: 1 }).waitFor();

      const [person] = await listed(page, `/api/master-data/persons?plant=${order.plant}&limit=1`);
      await button(page, "Assign").click();
      await field(page, "Operation").selectOption(open);
      await field(page, "Person").fill(short(person?.["personnelNumber"]));
      await accessible(page, DIALOG);
      await picture(page, "order-assign");
      await posted(page, "Assign");

      await button(page, "Add operation").click();
      await field(page, "Description").fill("Look it over once more");
      await field(page, "Work (").fill("0.5");
      await accessible(page, DIALOG);
      await posted(page, "Add operation");
      const { material, storageLocation } = await stocked(page, order.plant);
      await button(page, "Add component").click();
      await field(page, "Material").fill(material);
      await field(page, "Storage location").fill(storageLocation);
      await posted(page, "Add component");
      await replicated(page, path, ({ operations, components }) => operations.length > order.operations.length && components.length > order.components.length && operations.some((one) => one.operation === open && one.personnelNumber !== null));
      await goTo(page, `/orders/${short(order.orderNumber)}`);

      const component = row(page, "Components", material);
      await component.getByRole("button", { name: /^Issue part/ }).click();
      await accessible(page, DIALOG);
      await picture(page, "part-issue");
      await posted(page, "Issue part");
      const withdrawn = (quantity: number) => (answer: Order) => answer.components.some((one) => short(one.material) === material && one.withdrawnQuantity === quantity);
      await replicated(page, path, withdrawn(1));
      await component.getByRole("button", { name: /^Return part/ }).click();
      await accessible(page, DIALOG);
      await posted(page, "Return part");
      await replicated(page, path, withdrawn(0));
      await component.getByRole("button", { name: /^Issue part/ }).click();
      await posted(page, "Issue part");
      await replicated(page, path, withdrawn(1));
      await row(page, "Goods movements", "261").getByRole("button", { name: /^Cancel posting/ }).click();
      await accessible(page, DIALOG);
      await picture(page, "goods-movement-cancel");
      await posted(page, "Cancel goods movement");
      await replicated(page, path, withdrawn(0));

      await page.getByRole("button", { name: new RegExp(`^Confirm: Operation ${open}`) }).click();
      await field(page, "Actual work").fill("0.3");
      await posted(page, "Confirm operation");
      await replicated(page, `${path}/confirmations`, ({ items }) => items.some((one) => one["actualWork"] === 0.3 && one["cancelled"] === false));
      await row(page, "Confirmations", "0.3").getByRole("button", { name: /^Cancel posting/ }).click();
      await accessible(page, DIALOG);
      await posted(page, "Cancel confirmation");
      await replicated(page, `${path}/confirmations`, ({ items }) => items.some((one) => one["actualWork"] === 0.3 && one["cancelled"] === true));

      await button(page, "Complete technically").click();
      await posted(page, "Complete technically");
      await button(page, "Undo technical completion").click();
      await accessible(page, DIALOG);
      await posted(page, "Undo technical completion");
      await replicated(page, path, ({ systemStatuses }) => !systemStatuses.includes("TECO"));
      await goTo(page, `/orders/${short(order.orderNumber)}`);
      await button(page, "Complete technically").waitFor();
      await accessible(page);
      await picture(page, "order-worked-on");
      faultless(watched);
    });
  }, 600_000);
});

describe("what was reported", () => {
  it("is closed: a notification is completed, and a reading that was entered wrongly is cancelled", async () => {
    await at(browser, PLATFORM, "/notifications", async (page) => {
      const inProcess = await listed<{ notification: string }>(page, "/api/notifications?status=NOPR&limit=30");
      let number = "";
      for (const { notification } of inProcess) {
        const { tasks, pending } = await asked<{ tasks: { completedOn: string | null }[]; pending: unknown[] }>(page, `/api/notifications/${short(notification)}`);
        if (pending.length === 0 && tasks.every(({ completedOn }) => completedOn !== null)) number = short(notification);
        if (number !== "") break;
      }
      expect(number).not.toBe("");
      await goTo(page, `/notifications/${number}`);
      await button(page, "Complete").click();
      await accessible(page, DIALOG);
      await picture(page, "notification-complete");
      await posted(page, "Complete");
      await expect.poll(() => button(page, "Complete").count()).toBe(0);

      const points = await listed(page, "/api/measuring-points?limit=100");
      const point = String(points.find((one) => one["counter"] === false && one["upperLimit"] !== null && one["codeGroup"] === null && one["inactive"] === false && one["lastReading"] !== null)?.["measuringPoint"]);
      await goTo(page, `/measuring-points/${point}?range=all`);
      const cancel = page.getByRole("button", { name: /^Cancel reading/ });
      await cancel.first().click();
      await accessible(page, DIALOG);
      await picture(page, "reading-cancel");
      await posted(page, "Cancel reading");
    });
  });
});

describe("stock", () => {
  it("is moved to another storage location", async () => {
    await at(browser, "supervisor", "/materials", async (page) => {
      const { material, storageLocation } = await stocked(page, "1000");
      const { stocks } = await asked<{ stocks: { plant: string; storageLocation: string }[] }>(page, `/api/materials/${material}`);
      const other = stocks.find((one) => one.plant === "1000" && one.storageLocation !== storageLocation)?.storageLocation ?? "0002";
      await goTo(page, `/materials/${material}`);
      await button(page, `Transfer: 1000 ${storageLocation}`).click();
      await field(page, "Quantity").fill("1");
      await field(page, "Receiving storage location").fill(other);
      await accessible(page, DIALOG);
      await picture(page, "stock-transfer");
      await posted(page, "Transfer");
    });
  });
});

describe("an own entry that SAP refused", () => {
  it("is corrected and sent again, or given up, by the technician who entered it", async () => {
    await at(browser, "technician", "/my-entries", async (page) => {
      const [equipment] = (await listed(page, "/api/equipment?limit=50")).filter((one) => one["functionalLocation"] !== null);
      const [type] = await listed(page, "/api/master-data/notification-types");
      const entered = (description: string) =>
        page.evaluate(async (body) => {
          const headers = { "X-Imaint-Client": "portal", "Content-Type": "application/json" };
          return ((await (await fetch("/api/notifications", { method: "POST", headers, body: JSON.stringify(body) })).json()) as { id: string }).id;
        }, { notificationType: type?.["notificationType"], description, equipment: equipment?.["equipment"], breakdown: true, notificationDate: "2026-03-02", notificationTime: "12:00", malfunctionStart: "2026-03-02", malfunctionEnd: "2026-03-02", malfunctionEndTime: "06:30" });
      for (const how of ["corrected", "given up"] as const) {
        const id = await entered(`To be ${how}`);
        await expect.poll(async () => (await asked<Json>(page, `/api/outbox/${id}`))["state"]).toBe("failed");
        await goTo(page, "/my-entries?state=failed%2Cheld");
        await page.locator(`.table a[href="/outbox/${id}"]`).click();
        await page.getByRole("heading", { name: "Create notification", level: 1 }).waitFor();
        await settled(page);
        if (how === "corrected") {
          await accessible(page);
          await picture(page, "own-entry-failed");
          await button(page, "Edit and send again").click();
          expect(await dialog(page).getByLabel("Equipment", { exact: true }).count()).toBe(0); // It stays the entry of its object.
          await dialog(page).getByLabel("Malfunction end time", { exact: true }).fill("13:15");
          await accessible(page, DIALOG);
          await picture(page, "own-entry-edit");
          await confirm(page);
          await page.getByText("SAP carried it out.").waitFor();
        } else {
          await button(page, "Discard").click();
          await dialog(page).getByLabel("Reason").fill("Somebody else reported it");
          await confirm(page);
          await page.getByText("It was given up and does not reach SAP.").waitFor();
        }
      }
    });
  });
});
