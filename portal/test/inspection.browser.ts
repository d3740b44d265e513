import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, at as asRole, button, confirm, dialog, DIALOG, faultless, goTo, launch, opened, picture, settled, type Watched } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

const short = (number: string) => number.replace(/^0+/, "");

type Characteristic = { description: string; quantitative: boolean; targetValue: number; upperLimit: number; result: number | null; resultCode: string | null; valuation: string | null };
type Lot = { inspectionLot: string; orderNumber: string; equipment: string; lifecycleStatus: string; pending: unknown[]; characteristics: Characteristic[]; usageDecision: { code: string } | null };

/** Asks the program as the signed-in user, to learn what there is instead of relying on it. */
const asked = <T,>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (target) => (await (await fetch(target, { headers: { "X-Imaint-Client": "portal" } })).json()) as never, path);

const lotOf = (page: Page, number: string) => asked<Lot>(page, `/api/inspection-lots/${number}`);

/** Lots in which nobody has recorded anything. */
async function untouched(page: Page): Promise<Lot[]> {
  const { items } = await asked<{ items: Lot[] }>(page, "/api/inspection-lots?status=REL&limit=20");
  const lots = await Promise.all(items.map(({ inspectionLot }) => lotOf(page, inspectionLot)));
  return lots.filter(({ pending, characteristics }) => pending.length === 0 && characteristics.some(({ quantitative }) => quantitative) && characteristics.every(({ result, resultCode }) => result === null && resultCode === null));
}

const at = (path: string, task: (watched: Watched) => Promise<void>) => asRole(browser, "supervisor", path, (_, watched) => task(watched));

const field = (page: Page, label: string) => dialog(page).getByLabel(label, { exact: false }).first();

/** What the shell tells of a command. */
const told = (page: Page, what: string, text: string | RegExp) => page.locator(".outcome", { hasText: what }).filter({ hasText: text }).first();

/** Waits until what SAP has made of a lot is here. */
async function replicated(page: Page, number: string, until: (lot: Lot) => boolean): Promise<void> {
  await expect.poll(async () => until(await lotOf(page, number)), { timeout: 60_000, interval: 500 }).toBe(true);
}

const row = (page: Page, text: string) => page.locator(".table[aria-label='Characteristics'] .row", { hasText: text });

describe("inspection lots", () => {
  it.each(["desktop", "phone"] as const)("open without fault and barrier-free on a %s", async (size) => {
    let number = "";
    await at("/inspection-lots", async ({ page }) => {
      number = short((await asked<{ items: Lot[] }>(page, "/api/inspection-lots?decided=true&limit=1")).items[0]?.inspectionLot ?? "");
    });
    await opened(browser, "technician", [["/inspection-lots", "Inspection lots"], [`/inspection-lots/${number}`, /./]], size);
  });

  it("are found by filters, and from their order and their equipment", async () => {
    await at("/inspection-lots", async (watched) => {
      const { page } = watched;
      await button(page, "Decided").click();
      await page.waitForURL(/decided=true/);
      await page.locator("main .table .row", { hasText: "Usage decision made" }).first().waitFor();
      await expect.poll(() => page.locator("main .table .row", { hasText: "Released" }).count()).toBe(0);
      const lot = (await asked<{ items: Lot[] }>(page, "/api/inspection-lots?limit=1")).items[0];
      expect(lot).toBeDefined();
      const link = `main a[href="/inspection-lots/${short(lot?.inspectionLot ?? "")}"]`;
      for (const path of [`/orders/${short(lot?.orderNumber ?? "")}`, `/equipment/${short(lot?.equipment ?? "")}`]) {
        await goTo(page, path);
        await page.locator(link).first().waitFor();
      }
      faultless(watched);
    });
  });
});

describe("an inspection", () => {
  it("is recorded, with in or out of limits said at once, and decided", async () => {
    await at("/inspection-lots", async (watched) => {
      const { page } = watched;
      const lot = (await untouched(page))[0];
      const measured = lot?.characteristics.find(({ quantitative }) => quantitative);
      const seen = lot?.characteristics.find(({ quantitative }) => !quantitative);
      if (lot === undefined || measured === undefined || seen === undefined) throw new Error("no lot is untouched");
      const number = short(lot.inspectionLot);
      await goTo(page, `/inspection-lots/${number}`);
      await button(page, `Record result: ${measured.description}`).click();
      await field(page, "Measured value").fill(String(measured.upperLimit + 1));
      await dialog(page).getByRole("status").getByText("Out of limits").waitFor();
      await accessible(page, DIALOG);
      await picture(page, "inspection-record-outside");
      await field(page, "Measured value").fill(String(measured.targetValue));
      await dialog(page).getByRole("status").getByText("Within limits").waitFor();
      await confirm(page);
      await told(page, measured.description, "Posted in SAP").waitFor();
      await row(page, measured.description).getByText("Within limits").waitFor();
      await button(page, `Record result: ${seen.description}`).click();
      await field(page, "Result code").selectOption({ label: "Without finding" });
      await confirm(page);
      await told(page, seen.description, "Posted in SAP").waitFor();
      await replicated(page, number, ({ characteristics }) => characteristics.every(({ valuation }) => valuation === "A"));
      await row(page, seen.description).getByText("Accepted").waitFor();
      await row(page, seen.description).getByText("Without finding").waitFor();
      await settled(page);
      await accessible(page);
      await picture(page, "inspection-recorded");
      await button(page, "Make usage decision").click();
      await field(page, "Usage decision").selectOption({ label: "Usage decisions on equipment: Accepted" });
      await accessible(page, DIALOG);
      await picture(page, "inspection-decide");
      await confirm(page);
      await told(page, "Make usage decision", "Posted in SAP").waitFor();
      await replicated(page, number, ({ usageDecision, lifecycleStatus }) => usageDecision?.code === "ACC" && lifecycleStatus === "UD");
      await page.locator("main").getByText("Usage decision made", { exact: true }).first().waitFor();
      await expect.poll(() => button(page, "Make usage decision").count()).toBe(0);
      expect(await page.getByRole("button", { name: /^Record result/ }).count()).toBe(0);
      await settled(page);
      await accessible(page);
      await picture(page, "inspection-decided");
      faultless(watched);
    });
  });

  it("that SAP refuses to decide says so with SAP's words, on the lot and in the list", async () => {
    await at("/inspection-lots", async (watched) => {
      const { page } = watched;
      const number = short((await untouched(page)).at(-1)?.inspectionLot ?? "");
      await goTo(page, `/inspection-lots/${number}`);
      await button(page, "Make usage decision").click();
      await dialog(page).getByText("2 characteristics have no result yet.", { exact: false }).waitFor();
      await field(page, "Usage decision").selectOption({ label: "Usage decisions on equipment: Rejected" });
      await confirm(page);
      await told(page, "Make usage decision", /Characteristics without a result/).waitFor();
      await page.locator(".pending li", { hasText: "Make usage decision" }).getByText(/Characteristics without a result/).waitFor();
      await settled(page);
      await accessible(page);
      await picture(page, "inspection-refused");
      faultless(watched, (fault) => fault.includes("422"));
      await goTo(page, `/inspection-lots?text=${number}`);
      await page.locator("main .table .row", { hasText: number }).getByText("Not in SAP").waitFor();
      faultless(watched);
    });
  });
});
