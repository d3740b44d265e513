import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessible, at, launch, picture, PLATFORM, ROLES, settled, SIZES, type Role } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

type Listed = { items: Record<string, unknown>[]; total: number };

/** Asks the program what the page must show, with the session of the page. */
const asked = (page: Page, path: string): Promise<unknown> =>
  page.evaluate(async (target) => (await (await fetch(target, { headers: { "X-Imaint-Client": "portal" } })).json()) as unknown, path);

const listed = async (page: Page, path: string) => (await asked(page, path)) as Listed;

const short = (number: unknown) => String(number).replace(/^0+/, "");

/** The links of the rows that a list shows. */
const rows = (page: Page, path: string) => page.locator(`main .table .row a[href^="${path}"]`);

/** Waits until a list's rows came, and answers their number as the list says it. */
async function shown(page: Page, path: string): Promise<number> {
  await settled(page);
  await rows(page, path).first().waitFor();
  return Number(/of (\d+)/.exec(await page.locator("main p.quiet[role=status]").first().innerText())?.[1]);
}

/** Leaves the user the views that they had before. */
const keepViews = (page: Page, views: unknown[]) =>
  page.evaluate(async (left) => {
    const headers = { "X-Imaint-Client": "portal", "Content-Type": "application/json" };
    const etag = (await fetch("/api/me/views", { headers })).headers.get("ETag") ?? "";
    await fetch("/api/me/views", { method: "PUT", headers: { ...headers, "If-Match": etag }, body: JSON.stringify({ views: left }) });
  }, views);

describe("work orders", () => {
  it("are found by words and opened by keyboard", async () => {
    await at(browser, "planner", "/orders", async (page) => {
      const all = await shown(page, "/orders/");
      const search = page.getByRole("search").getByRole("searchbox").first();
      await search.fill("pump");
      await search.press("Enter");
      await page.waitForURL(/text=pump/);
      const { total } = await listed(page, "/api/work-orders?text=pump&limit=1");
      expect(total).toBeLessThan(all);
      await expect.poll(() => shown(page, "/orders/")).toBe(total);
      const first = rows(page, "/orders/").first();
      const number = await first.innerText();
      await first.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(`/orders/${number}$`));
      await page.getByText(`Work order ${number}`).first().waitFor();
    });
  });

  it("are found by other words without leaving the field", async () => {
    await at(browser, "planner", "/orders?text=pump", async (page) => {
      const field = page.getByRole("search", { name: "Filters" }).getByRole("searchbox");
      await field.fill("");
      await page.waitForURL((url) => !url.search.includes("text"));
      await page.keyboard.type("motor");
      expect(await field.inputValue()).toBe("motor");
      await page.keyboard.press("Enter");
      await page.waitForURL(/text=motor/);
      await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
    });
  });

  it("are narrowed by quick filters, which the address keeps", async () => {
    await at(browser, "planner", "/orders", async (page) => {
      await shown(page, "/orders/");
      await page.getByRole("button", { name: "Overdue" }).click();
      await page.waitForURL(/overdue=true/);
      const { total } = await listed(page, "/api/work-orders?overdue=true&limit=1");
      await expect.poll(() => shown(page, "/orders/")).toBe(total);
      await page.reload();
      await page.locator(".shell-bar").waitFor();
      await expect.poll(() => shown(page, "/orders/")).toBe(total);
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.waitForURL((url) => !url.search.includes("overdue"));
    });
  });

  it("are counted in groups, of which one shows its orders", async () => {
    await at(browser, "planner", "/orders?group=priority", async (page) => {
      const { counts } = (await asked(page, "/api/work-order-counts?by=priority")) as { counts: Record<string, number> };
      const group = page.locator(".groups button").first();
      await expect.poll(() => group.innerText()).toMatch(new RegExp(`Very high\\s+${String(counts["1"])}`));
      await group.click();
      await expect.poll(() => shown(page, "/orders/")).toBe(counts["1"]);
      await accessible(page);
      await picture(page, "orders-grouped");
    });
  });

  it("are sorted by a column as the route can, and not the other way round", async () => {
    await at(browser, "planner", "/orders", async (page) => {
      await shown(page, "/orders/");
      const header = page.locator("main .table th button.sort", { hasText: "Priority" });
      await header.click();
      await page.waitForURL(/sort=priority/);
      await shown(page, "/orders/");
      await header.click();
      await page.waitForURL((url) => !url.search.includes("sort"));
      await shown(page, "/orders/");
    });
  });

  it("keep a view under a name", async () => {
    await at(browser, "planner", "/orders?status=TECO&sort=basicStart", async (page) => {
      await shown(page, "/orders/");
      const view = `Completed ${String(Date.now())}`;
      const views = page.locator(".views");
      await views.locator("ui5-button, [role=button]").first().click();
      await page.getByRole("button", { name: "Save As" }).click();
      await page.getByRole("textbox", { name: /View/ }).fill(view);
      const saved = page.waitForResponse((answer) => answer.url().endsWith("/api/me/views") && answer.request().method() === "PUT");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      expect((await saved).status()).toBe(200);
      const { views: kept } = (await asked(page, "/api/me/views")) as { views: { page: string; name: string; query: string }[] };
      expect(kept.filter(({ name }) => name === view)).toMatchObject([{ page: "orders", query: "status=TECO&sort=basicStart", standard: false }]);
      await keepViews(page, kept.filter(({ name }) => name !== view));
    });
  });

  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    it(`are listed and shown without a fault on a ${size}`, async () => {
      await at(
        browser,
        "planner",
        "/orders",
        async (page) => {
          await shown(page, "/orders/");
          await accessible(page);
          await picture(page, `orders-${size}`);
          const { items } = await listed(page, "/api/work-orders?status=CNF,TECO&limit=1");
          await page.goto(`/orders/${short(items[0]?.["orderNumber"])}`);
          await page.getByRole("heading", { name: String(items[0]?.["description"]), level: 1 }).waitFor();
          await settled(page);
          await page.getByText("Actual dates").first().waitFor();
          await page.locator(".table[aria-label='History'] .row", { hasText: "Created" }).waitFor();
          await accessible(page);
          await picture(page, `order-${size}`);
        },
        { size, dark: size === "phone" },
      );
    });
  }
});

describe("notifications", () => {
  it("without an order are found, and one that has an order leads to it", async () => {
    await at(browser, "planner", "/notifications", async (page) => {
      await shown(page, "/notifications/");
      await page.getByRole("button", { name: "Without order" }).click();
      await page.waitForURL(/withOrder=false/);
      const { total } = await listed(page, "/api/notifications?withOrder=false&limit=1");
      await expect.poll(() => shown(page, "/notifications/")).toBe(total);
      const { items } = await listed(page, "/api/notifications?withOrder=true&limit=1");
      await page.goto(`/notifications/${short(items[0]?.["notification"])}`);
      await settled(page);
      await page.locator(`main a[href="/orders/${short(items[0]?.["order"])}"]`).first().click();
      await page.getByText(`Work order ${short(items[0]?.["order"])}`).first().waitFor();
    });
  });

  it("show what was found and why in words", async () => {
    await at(browser, "technician", "/notifications", async (page) => {
      const { items } = await listed(page, "/api/notifications?status=NOCO&limit=50");
      const details = await Promise.all(items.slice(0, 10).map(({ notification }) => asked(page, `/api/notifications/${short(notification)}`)));
      const full = (details as { notification: string; items: { damageCodeDescription: string | null }[]; causes: { causeCodeDescription: string | null }[] }[]).find(
        (found) => found.items[0]?.damageCodeDescription && found.causes[0]?.causeCodeDescription,
      );
      expect(full).toBeDefined();
      await page.goto(`/notifications/${short(full?.notification)}`);
      await settled(page);
      const content = page.locator("main");
      await content.getByText(full?.items[0]?.damageCodeDescription ?? "").first().waitFor();
      await content.getByText(full?.causes[0]?.causeCodeDescription ?? "").first().waitFor();
    });
  });

  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    it(`are listed and shown without a fault on a ${size}`, async () => {
      await at(
        browser,
        "planner",
        "/notifications",
        async (page) => {
          await shown(page, "/notifications/");
          await accessible(page);
          await picture(page, `notifications-${size}`);
          const { items } = await listed(page, "/api/notifications?status=NOCO&limit=1");
          await page.goto(`/notifications/${short(items[0]?.["notification"])}`);
          await page.getByRole("heading", { name: String(items[0]?.["description"]), level: 1 }).waitFor();
          await settled(page);
          await accessible(page);
          await picture(page, `notification-${size}`);
        },
        { size, dark: size === "phone" },
      );
    });
  }
});

describe("the home page", () => {
  const titles: Partial<Record<Role, string[]>> = {
    planner: ["Notifications without order", "Overdue work orders", "Open work orders by priority", "Starting this week"],
    supervisor: ["Released and in work", "Overdue work orders"],
    technician: ["Work to start by today", "Work of the next 7 days", "New notifications"],
    operator: ["Work to start by today", "Work of the next 7 days", "New notifications"],
  };

  for (const role of ROLES) {
    it(`shows a ${role} what is theirs`, async () => {
      await at(browser, role, "/", async (page) => {
        await page.locator("main h1").waitFor();
        const wanted = titles[role];
        if (wanted !== undefined) await expect.poll(() => page.locator(".card h2").allInnerTexts()).toEqual(wanted);
        await settled(page);
        await accessible(page);
        await picture(page, `home-${role}`);
      });
    });
  }

  it("shows who runs the system what of it needs them", async () => {
    await at(browser, PLATFORM, "/", async (page) => {
      await page.locator(".card h2", { hasText: "Failed integrations" }).waitFor();
      await accessible(page);
      await picture(page, "home-platform");
    });
  });

  it("opens the list of a card with as many rows as its number says", async () => {
    await at(browser, "planner", "/", async (page) => {
      const card = page.locator(".card", { hasText: "Notifications without order" });
      const count = (await card.locator(".card-count").innerText()).replaceAll(",", "");
      await card.locator("h2 a").click();
      await page.waitForURL(/\/notifications\?open=true&withOrder=false/);
      await expect.poll(async () => String(await shown(page, "/notifications/"))).toBe(count);
    });
  });

  it("fits a phone in the dark", async () => {
    await at(
      browser,
      "technician",
      "/",
      async (page) => {
        await page.locator(".card-rows a").first().waitFor();
        await accessible(page);
        await picture(page, "home-phone");
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SIZES.phone.width);
      },
      { size: "phone", dark: true },
    );
  });
});
