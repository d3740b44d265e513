import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessible, again, at, faultless, go, launch, open, picture, settled, signIn, type Watched } from "./portal";

let browser: Browser;
let planner: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  planner = await open(browser);
  page = planner.page;
  await signIn(planner, "planner");
});

beforeEach(({ task }) => again(planner, task));

afterAll(async () => {
  await browser.close();
});

type Listed = { items: Record<string, unknown>[] };

/** Asks the program as the signed-in user, to learn what there is instead of relying on it. */
const ask = (of: Page, path: string): Promise<Listed> =>
  of.evaluate(async (asked) => (await fetch(asked, { headers: { "X-Imaint-Client": "portal" } })).json() as Promise<never>, path);

const first = async (of: Page, path: string, key: string): Promise<string> => {
  const value = (await ask(of, path)).items[0]?.[key];
  if (typeof value !== "string") throw new Error(`${path} has no ${key}`);
  return value;
};

/** A measurement with limits and readings. */
async function measured(of: Page): Promise<string> {
  const { items } = await ask(of, "/api/measuring-points?limit=100");
  const found = items.find((point) => point["counter"] === false && point["upperLimit"] !== null && point["lastReading"] !== null)?.["measuringPoint"];
  if (typeof found !== "string") throw new Error("there is no measured point");
  return found;
}

const rows = (of: Page) => of.locator(".table .row");

/** The pages of plant data, each with something that it shows once it was read. */
async function pages(of: Page): Promise<[name: string, path: string, shown: string][]> {
  const place = (await ask(of, "/api/functional-locations?limit=10")).items.at(-1)?.["functionalLocation"] as string;
  return [
    ["places", "/functional-locations", "[role=treeitem]"],
    ["places-table", "/functional-locations?show=table", ".table .row"],
    ["place", `/functional-locations/${encodeURIComponent(place)}`, ".place a"],
    ["equipment-list", "/equipment", ".table .row"],
    ["equipment", `/equipment/${await first(of, "/api/equipment?limit=1", "equipment")}`, ".place a"],
    ["measuring-points", "/measuring-points", ".table .row"],
    ["measuring-point", `/measuring-points/${await measured(of)}?range=all`, ".plot-line"],
    ["maintenance-plans", "/maintenance-plans", ".table .row"],
    ["maintenance-plan", `/maintenance-plans/${await first(of, "/api/maintenance-plans?limit=1", "maintenancePlan")}`, ".object-title"],
    ["materials", "/materials", ".table .row"],
    ["material", `/materials/${await first(of, "/api/materials?limit=1", "material")}`, ".table .row"],
    ["master-data", "/master-data", ".table .row"],
    ["catalog-codes", "/master-data/catalog-codes", ".table .row"],
  ];
}

describe("plant data", () => {
  it.each([["desktop", false], ["phone", true]] as const)("opens all pages without fault and barrier-free on a %s", async (size, dark) => {
    await at(browser, "technician", "/", async (own, watched) => {
      for (const [name, path, shown] of await pages(own)) {
        await go(own, path);
        await own.locator(shown).first().waitFor();
        await settled(own);
        await picture(own, `${name}-${size}`);
        faultless(watched);
        await accessible(own);
      }
    }, { size, dark });
  });

  it("opens equipment from the list by keyboard", async () => {
    const number = (await first(page, "/api/equipment?limit=1", "equipment")).replace(/^0+/, "");
    await go(page, "/equipment");
    await rows(page).first().getByRole("link").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/equipment/${number}`);
    await page.getByText(`Equipment ${number}`).waitFor();
    await page.getByRole("heading", { name: "Structure" }).waitFor();
    faultless(planner);
  });

  it("narrows the list of equipment by plant and words, in the address", async () => {
    await go(page, "/equipment");
    const plant = await first(page, "/api/plants?limit=1", "plant");
    await page.getByLabel("Plant", { exact: true }).selectOption(plant);
    await page.waitForURL(`**/equipment?plant=${plant}`);
    await go(page, `/equipment?plant=${plant}&text=nothing-is-called-so`);
    await page.getByText("Nothing matches the filters").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).last().click();
    await rows(page).first().waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  it("shows readings as a plot that keys move along, and as a table with the same values", async () => {
    const point = await measured(page);
    await go(page, `/measuring-points/${point}?range=all`);
    const plot = page.getByRole("slider");
    await plot.waitFor();
    const count = Number(await plot.getAttribute("aria-valuemax"));
    expect(count).toBeGreaterThan(0);
    await plot.focus();
    await page.keyboard.press("End");
    const newest = await plot.getAttribute("aria-valuetext");
    expect(await page.locator(".plot-tip").innerText()).toBe(newest);
    const value = newest?.split(" · ")[2];
    await rows(page).first().getByText(String(value)).waitFor();
    await page.keyboard.press("Home");
    expect(await plot.getAttribute("aria-valuenow")).toBe("1");
    await page.keyboard.press("Escape");
    await page.locator(".plot-tip").waitFor({ state: "detached" });
    await plot.hover();
    await page.locator(".plot-tip").waitFor();
    await page.getByRole("option", { name: "12 months" }).click();
    await page.waitForURL("**range=12m");
    faultless(planner);
  });

  it("unfolds the tree by keyboard, reads what is below, and enters a place", async () => {
    await go(page, "/functional-locations");
    const items = page.getByRole("treeitem");
    await items.first().waitFor();
    const before = await items.count();
    await items.first().press("ArrowRight");
    await page.locator("[role=treeitem][aria-level='2']").first().waitFor();
    expect(await items.first().getAttribute("aria-expanded")).toBe("true");
    expect(await items.count()).toBeGreaterThan(before);
    await page.keyboard.press("ArrowRight");
    const place = await page.evaluate(() => document.activeElement?.getAttribute("data-place"));
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-level"))).toBe("2");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.locator("[role=treeitem][aria-level='2']").first().waitFor({ state: "detached" });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/functional-locations/${place ?? ""}`);
    faultless(planner);
  });

  it("jumps in the tree to a place that was searched for", async () => {
    const deep = (await ask(page, "/api/functional-locations?limit=50")).items.map((place) => String(place["functionalLocation"])).sort((one, other) => other.length - one.length)[0] ?? "";
    await go(page, "/functional-locations");
    await page.getByRole("treeitem").first().waitFor();
    await page.getByRole("searchbox", { name: "Find a place" }).or(page.getByRole("textbox", { name: "Find a place" })).first().fill(deep);
    await page.locator(".hits button").filter({ hasText: deep }).first().click();
    const found = page.locator(`[data-place="${deep}"]`);
    await found.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-place"))).toBe(deep);
    expect(await found.getAttribute("aria-selected")).toBe("true");
    await page.reload();
    await found.waitFor();
    faultless(planner);
  });

  it("changes from one list of master data to another", async () => {
    await go(page, "/master-data");
    await page.getByLabel("List", { exact: true }).selectOption("plants");
    await page.waitForURL("**/master-data/plants");
    await page.getByRole("heading", { name: "Plants" }).waitFor();
    await rows(page).first().getByText(await first(page, "/api/plants?limit=1", "plant"), { exact: true }).first().waitFor();
    faultless(planner);
  });
});
