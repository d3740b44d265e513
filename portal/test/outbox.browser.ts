import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessible, again, at, button, confirm, dialog, DIALOG, faultless, goTo, launch, open, opened, picture, PLATFORM, settled, signIn, type Watched } from "./portal";

let browser: Browser;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  watched = await open(browser);
  page = watched.page;
  await signIn(watched, PLATFORM);
});

beforeEach(({ task }) => again(watched, task));

afterAll(async () => {
  await browser.close();
});

type Json = Record<string, unknown>;

/** What SAP carried out is replicated with the next delta, which runs each minute. */
const REPLICATED_MS = 150_000;

/** Asks the program as the signed-in user. */
const ask = (path: string): Promise<{ items: Json[] }> => page.evaluate(async (asked) => (await fetch(asked, { headers: { "X-Imaint-Client": "portal" } })).json() as Promise<never>, path);

/** Gives a command as a form would; answers the id of its item. */
const give = (method: string, path: string, body: Json): Promise<string> =>
  page.evaluate(
    async ([how, where, what]) => {
      const answer = await fetch(where, { method: how, headers: { "X-Imaint-Client": "portal", "Content-Type": how === "PATCH" ? "application/merge-patch+json" : "application/json" }, body: JSON.stringify(what) });
      const item = (await answer.json()) as { id?: string };
      if (item.id === undefined) throw new Error(`${String(answer.status)}: ${JSON.stringify(item)}`);
      return item.id;
    },
    [method, path, body] as const,
  );

async function first(path: string, wanted: (one: Json) => boolean, key: string): Promise<string> {
  const value = (await ask(path)).items.find(wanted)?.[key];
  if (typeof value !== "string") throw new Error(`${path} has no such ${key}`);
  return value;
}

/** The state of an item, as the server tells it. */
const stateOf = (id: string) => expect.poll(() => page.evaluate(async (asked) => ((await (await fetch(asked, { headers: { "X-Imaint-Client": "portal" } })).json()) as Json)["state"], `/api/outbox/${id}`));

/** A notification that SAP refuses: where nobody says when the breakdown began, SAP takes the time of the notification, and that is after its end. */
async function refused(description: string): Promise<string> {
  const equipment = await first("/api/equipment?limit=100", (one) => one["functionalLocation"] !== null, "equipment");
  const notificationType = await first("/api/master-data/notification-types", () => true, "notificationType");
  const day = "2026-03-02";
  const id = await give("POST", "/api/notifications", { notificationType, description, equipment, breakdown: true, notificationDate: day, notificationTime: "12:00", malfunctionStart: day, malfunctionEnd: day, malfunctionEndTime: "06:30" });
  await stateOf(id).toBe("failed");
  return id;
}

describe("the outbox", () => {
  it.each(["desktop", "phone"] as const)("opens its pages without fault and barrier-free on a %s", async (size) => {
    const item = await refused(`Refused for a ${size}`);
    await opened(browser, PLATFORM, [["/outbox", "Outbox"], ["/my-entries", "My entries"], [`/outbox/${item}`, "Create notification"]], size);
  });

  it("opens with what needs a decision, and has what SAP refused corrected and sent again until it is posted", async () => {
    const id = await refused("Pump leaks at the seal");
    await goTo(page, "/outbox");
    await page.waitForURL("**/outbox?state=failed%2Cheld");
    await page.locator(`.table a[href="/outbox/${id}"]`).click();
    await page.getByRole("heading", { name: "Create notification", level: 1 }).waitFor();
    await page.getByText("Malfunction end is before malfunction start").first().waitFor();
    await settled(page);
    await picture(page, "outbox-item-failed");
    await button(page, "Edit and send again").click();
    await dialog(page).getByLabel("Malfunction end time", { exact: true }).fill("13:15");
    await dialog(page).getByLabel("Fill another field").selectOption({ label: "Reported by" });
    await dialog(page).getByLabel("Reported by", { exact: true }).fill("HECTOR");
    await accessible(page, DIALOG);
    await picture(page, "outbox-edit");
    await confirm(page);
    await stateOf(id).toBe("posted");
    await page.getByText("SAP carried it out.").waitFor();
    await page.getByText("Edited and sent again").first().waitFor();
    await picture(page, "outbox-item-posted");
    faultless(watched);
  });

  it("gives an entry up for a reason, which the one that waits for it shows", async () => {
    const id = await refused("Entered twice");
    const follower = await give("PATCH", `/api/notifications/${id}`, { description: "Entered twice, really" });
    await stateOf(follower).toBe("held");
    await goTo(page, `/outbox/${id}`);
    await page.locator(`.table a[href="/outbox/${follower}"]`).waitFor();
    await button(page, "Discard").click();
    await page.getByText("1 entry waits for it").waitFor();
    await dialog(page).locator(".dialog-actions ui5-button").first().click();
    await dialog(page).getByText("Required").first().waitFor();
    await dialog(page).getByLabel("Reason").fill("Somebody else reported it");
    await accessible(page, DIALOG);
    await confirm(page);
    await page.getByText("It was given up and does not reach SAP.").waitFor();
    await page.locator(`.table a[href="/outbox/${follower}"]`).click();
    await page.getByText("Somebody else reported it").first().waitFor();
    await settled(page);
    await picture(page, "outbox-item-held");
    expect(await button(page, "Edit and send again").count()).toBe(0); // The notification never will be.
    await button(page, "Discard").waitFor();
    faultless(watched);
  });

  it("shows people without its permission what they entered themselves", async () => {
    await at(browser, "technician", "/my-entries", async (own) => {
      await own.getByRole("heading", { name: "My entries", level: 1 }).waitFor();
      expect(await own.locator("ui5-side-navigation-item[href='/outbox']").count()).toBe(0);
    });
  });
});

describe("readings and hours", () => {
  it("records a reading of a measuring point, which is seen until SAP has it", async () => {
    const point = await first("/api/measuring-points?limit=100", (one) => one["counter"] === false && one["upperLimit"] !== null && one["codeGroup"] === null && one["inactive"] === false, "measuringPoint");
    await goTo(page, `/measuring-points/${point}`);
    await page.locator("ui5-button", { hasText: "Record reading" }).first().click();
    await dialog(page).getByLabel("Reading", { exact: false }).first().fill("4.2");
    await accessible(page, DIALOG);
    await picture(page, "reading-dialog");
    await confirm(page);
    await page.locator(".outcome").filter({ hasText: "Enter reading" }).waitFor();
    const { items } = await ask(`/api/my-outbox?object=MeasuringPoints/${point}`);
    await stateOf(String(items[0]?.["id"])).toBe("posted");
    faultless(watched);
  });

  it("takes equipment from its place, and installs it there again", async () => {
    const own = (await ask("/api/equipment?limit=200")).items.findLast((one) => one["functionalLocation"] !== null && one["superiorEquipment"] === null);
    await goTo(page, `/equipment/${String(own?.["equipment"])}`);
    await button(page, "Dismantle").click();
    await accessible(page, DIALOG);
    await confirm(page);
    await button(page, "Install").click({ timeout: REPLICATED_MS });
    await dialog(page).getByLabel("Functional location").fill(String(own?.["functionalLocation"]));
    await accessible(page, DIALOG);
    await picture(page, "install-dialog");
    await confirm(page);
    await button(page, "Dismantle").waitFor({ timeout: REPLICATED_MS });
    await settled(page);
    await picture(page, "equipment-installed");
    faultless(watched);
  }, 3 * REPLICATED_MS);

  it("records the hours of a week by keyboard, and on a phone shows them day by day", async () => {
    const order = await first("/api/work-orders?status=REL&limit=20", () => true, "orderNumber");
    const person = await first("/api/master-data/persons?limit=20", () => true, "personnelNumber");
    const path = `/time-sheet?person=${person}&week=2026-11-23`;
    const recorded = async () => (await ask(`/api/time-sheets?personnelNumber=${person}&from=2026-11-23&to=2026-11-29`)).items.length;
    const before = await recorded();
    await goTo(page, path);
    const add = page.getByRole("button", { name: /^Record time: Mon/ });
    await add.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await dialog(page).getByLabel("Order", { exact: true }).fill(order.replace(/^0+/, ""));
    await dialog(page).getByLabel("Hours", { exact: true }).fill("0.5");
    await accessible(page, DIALOG);
    await picture(page, "time-sheet-dialog");
    await confirm(page);
    await expect.poll(recorded).toBe(before + 1);
    await page.locator("table.week tbody tr").filter({ hasText: order.replace(/^0+/, "") }).waitFor();
    faultless(watched);
    for (const size of ["desktop", "phone"] as const) await opened(browser, PLATFORM, [[path, "Time sheet"]], size);
  });

  it("changes recorded hours, and marks the change until SAP has it", async () => {
    const mine = await recordedHours();
    await goTo(page, `/time-sheet?person=${String(mine["personnelNumber"])}&week=${String(mine["workDate"])}`);
    await page.locator("table.week tbody tr").filter({ hasText: mine.order }).locator("button.hours").filter({ hasNotText: "+" }).first().click();
    await button(dialog(page), "Edit").first().click();
    await dialog(page).getByLabel("Text", { exact: true }).fill("Looked over again");
    await confirm(page);
    await page.locator(".outcome").filter({ hasText: "Change recorded time" }).waitFor();
    const changes = await ask("/api/my-outbox?command=change-time-sheet");
    expect(changes.items.length).toBeGreaterThan(0);
    await stateOf(String(changes.items[0]?.["id"])).toBe("posted");
    faultless(watched);
  });
});

/** Hours that SAP has, with their order. */
async function recordedHours(): Promise<Json & { order: string }> {
  for (const { orderNumber } of (await ask("/api/work-orders?status=CNF&status=PCNF&limit=50")).items) {
    const { items } = await ask(`/api/work-orders/${String(orderNumber)}/time-sheets`);
    const found = items.find((one) => ["10", "20", "30"].includes(String(one["processingStatus"])));
    if (found !== undefined) return { ...found, order: String(orderNumber).replace(/^0+/, "") };
  }
  throw new Error("no order has hours that can be changed");
}
