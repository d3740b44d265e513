import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, faultless, goTo, launch, picture, PLATFORM } from "./portal";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

type Files = { items: { fileName: string }[] };

describe("a photo", () => {
  it("is attached to an order, made as small as the plant wants, and listed while it is on its way", async () => {
    await at(browser, PLATFORM, "/orders", async (page, watched) => {
      const asked = <T,>(path: string): Promise<T> => page.evaluate(async (target) => (await (await fetch(target, { headers: { "X-Imaint-Client": "portal" } })).json()) as never, path);
      const order = (await asked<{ items: { orderNumber: string }[] }>("/api/work-orders?status=REL&limit=1")).items[0]?.orderNumber.replace(/^0+/, "") ?? "";
      const photo = await page.evaluate(async () => {
        const canvas = document.createElement("canvas");
        canvas.width = 4000;
        canvas.height = 1000;
        const pen = canvas.getContext("2d");
        for (let x = 0; x < 4000; x += 8) {
          if (pen !== null) pen.fillStyle = `hsl(${String((x * 37) % 360)} 80% 50%)`;
          pen?.fillRect(x, (x * 13) % 900, 8, 100);
        }
        const blob = await new Promise<Blob | null>((done) => {
          canvas.toBlob(done, "image/jpeg", 1);
        });
        return Array.from(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)));
      });
      await goTo(page, `/orders/${order}`);
      const input = page.locator("input[type=file]").first();
      await input.waitFor({ state: "attached" });
      await page.evaluate(() => {
        const real = window.fetch.bind(window);
        window.fetch = async (asking, more) => {
          if (asking instanceof Request && asking.url.includes("/documents?")) {
            const { width, height } = await createImageBitmap(await asking.clone().blob());
            document.body.dataset["sent"] = [width, height].join("x");
          }
          return real(asking, more);
        };
      });
      const name = `leak-${randomUUID()}.jpg`;
      await input.setInputFiles({ name, mimeType: "image/jpeg", buffer: Buffer.from(photo) });
      const path = `/api/work-orders/${order}/documents`;
      await expect.poll(async () => (await asked<Files>(path)).items.some(({ fileName }) => fileName === name), { timeout: 30_000 }).toBe(true);
      expect(await page.evaluate(() => document.body.dataset["sent"])).toBe("2048x512");
      await page.getByText(name).first().waitFor();
      await picture(page, "attachments");
      faultless(watched);
    });
  });

  it("that is no picture at all is refused with a reason", async () => {
    await at(browser, PLATFORM, "/orders", async (page) => {
      const order = await page.evaluate(async () => ((await (await fetch("/api/work-orders?status=REL&limit=1", { headers: { "X-Imaint-Client": "portal" } })).json()) as { items: { orderNumber: string }[] }).items[0]?.orderNumber ?? "");
      await goTo(page, `/orders/${order.replace(/^0+/, "")}`);
      const input = page.locator("input[type=file]").first();
      await input.waitFor({ state: "attached" });
      await input.setInputFiles({ name: "broken.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
      await page.locator(".problem", { hasText: "broken.jpg" }).waitFor();
    });
  });
});
