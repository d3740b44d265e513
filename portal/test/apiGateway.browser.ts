import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessible, again, at, button, confirm, dialog, DIALOG, faultless, goTo, launch, open, opened, picture, PLATFORM, signIn, SIZES, type Watched } from "./portal";

/** What the demo landscape sets up. */
const PROVIDER = "SAP";
const PROXY = "ICWP_INTEGRATION_SUITE_SRV";
const SERVICE = "ZICWP_INTEGRATION_SUITE_SRV";
const MAP = "iCWPCredentials";

/** A policy of the proxy; what the suite writes into it does not change what the proxy does. */
const POLICY = "APIProxy/Policy/setAcceptEncoding.xml";

/** What this suite makes, and takes away at its end. */
const OWN = "browser-suite";

/** What SAP says of a system that answers, and of one that answers but has no HEAD, as that of the demo landscape. */
const CONNECTED = /Connection to the system was successful|System is up and reachable/;

const ROOT = "/api-management";
const EDITOR = `${ROOT}/proxies/${PROXY}/editor?file=${encodeURIComponent(POLICY)}`;

let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  browser = await launch();
  watched = await open(browser);
  await signIn(watched, PLATFORM);
  await cleared(watched.page);
});

beforeEach(({ task }) => again(watched, task));

afterAll(async () => {
  await cleared(watched.page);
  await browser.close();
});

/** What the suite makes, by the kind of object. */
const MADE = { map: `key-value-maps/ENVIRONMENT/${OWN}`, store: `certificate-stores/${OWN}`, provider: `providers/${OWN}`, proxy: `proxies/${OWN}` };

/** Takes away what an earlier run or try left, with requests in the page's session. */
async function cleared(page: Page, paths = Object.values(MADE)) {
  for (const path of paths) {
    await page.evaluate(async (where) => {
      const found = await fetch(where, { headers: { "X-Imaint-Client": "portal" } });
      if (found.ok) await fetch(where, { method: "DELETE", headers: { "X-Imaint-Client": "portal", "If-Match": found.headers.get("ETag") ?? "" } });
    }, `/api/api-management/${path}`);
  }
  watched.faults.splice(0); // What is not there needs no removing.
}

const field = (page: Page, name: string) => dialog(page).locator(`[name="${name}"]`);
const code = (page: Page) => page.locator(".code-area textarea");

const PAGES = [
  [`${ROOT}/providers`, "API providers"],
  [`${ROOT}/providers/${PROVIDER}`, PROVIDER],
  [`${ROOT}/proxies`, "API proxies"],
  [`${ROOT}/proxies/${PROXY}`, PROXY],
  [EDITOR, /^Policy editor/],
  [`${ROOT}/proxies/${PROXY}/diff`, /^Compare revisions/],
  [`${ROOT}/maps`, "Key value maps"],
  [`${ROOT}/maps/ENVIRONMENT/${MAP}`, MAP],
  [`${ROOT}/certificates`, "Certificate stores"],
] as const;

describe("the pages of API management", () => {
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    it(`open without a fault and can be used by everybody: ${size}, light and dark`, async () => {
      await opened(browser, PLATFORM, PAGES, size, ["light", "dark"]);
    });
  }

  it("are not offered to who may not see them", async () => {
    await at(browser, "operator", "/", async (page) => {
      expect(await page.locator('ui5-side-navigation-item[text="API proxies"]').count()).toBe(0);
      await page.goto(`${ROOT}/proxies`);
      await page.locator(".problem, .empty").first().waitFor();
    });
  });
});

describe("an API provider", () => {
  it("tells whether its system answers, and gives a proxy of a service in its catalog", async () => {
    const { page } = watched;
    await cleared(page, [MADE.proxy]);
    await goTo(page, `${ROOT}/providers/${PROVIDER}`);
    await button(page, "Test connection").click();
    await page.locator(".good", { hasText: CONNECTED }).waitFor();
    await picture(page, "api-management-connected");
    await button(page, "Show services").click();
    await page.getByRole("searchbox", { name: "Search services" }).fill("ICWP");
    await button(page, `Create proxy: ${SERVICE}`).click();
    await accessible(page, DIALOG);
    await picture(page, "api-management-create-proxy");
    await field(page, "name").fill(OWN);
    await field(page, "basePath").fill(`/${OWN}`);
    await confirm(page);
    await page.getByRole("heading", { name: OWN, level: 1 }).waitFor();
    await page.getByText("Not deployed").first().waitFor();
    faultless(watched);
  });

  it("is made with fields that fit its kind; its password is never shown", async () => {
    const { page } = watched;
    await cleared(page, [MADE.provider]);
    await goTo(page, `${ROOT}/providers`);
    await button(page, "Create").click();
    expect(await field(page, "locationId").count()).toBe(0);
    await field(page, "type").selectOption("on-premise");
    await field(page, "locationId").fill("north");
    await field(page, "authentication").selectOption("basic");
    await accessible(page, DIALOG);
    await picture(page, "api-management-create-provider");
    await button(page, "Save").click();
    await page.getByText("Correct 3 fields").waitFor();
    await field(page, "name").fill(OWN);
    await field(page, "host").fill("127.0.0.1");
    await field(page, "port").fill("9");
    await field(page, "user").fill("reader");
    await field(page, "password").fill("secret-of-reader");
    await confirm(page);
    await page.getByRole("heading", { name: OWN, level: 1 }).waitFor();
    await button(page, "Edit").click();
    await field(page, "title").fill("A system in the north");
    expect(await field(page, "password").inputValue()).toBe("");
    await confirm(page);
    await page.getByText("A system in the north").first().waitFor();
    await button(page, "Test connection").click();
    await page.locator(".problem", { hasText: "Not connected" }).waitFor();
    await picture(page, "api-management-not-connected");
    expect(await page.locator("body").innerText()).not.toContain("secret-of-reader");
    faultless(watched);
  });
});

describe("an API proxy", () => {
  it("shows its flows in the order in which a request passes them; each step leads to its policy", async () => {
    const { page } = watched;
    await goTo(page, `${ROOT}/proxies`);
    await page.getByRole("link", { name: PROXY, exact: true }).click();
    const flow = page.getByRole("list", { name: /What a request and its answer pass/ });
    await flow.waitFor();
    const stages = await flow.locator(":scope > li h4").allInnerTexts();
    expect(stages.map((stage) => stage.trim().split(":")[0])).toEqual(["Client", "Request at the proxy", "Routes", "Request to the target", "Target", "Response of the target", "Response at the proxy"]);
    const step = flow.getByRole("link", { name: /^setAcceptEncoding/ });
    await step.focus();
    await page.keyboard.press("Enter");
    await code(page).waitFor();
    expect(await code(page).inputValue()).toContain("<AssignMessage");
    faultless(watched);
  });

  it("is edited: a mistake is found at its line, what is saved is compared, deployed and rolled back", async () => {
    const { page } = watched;
    await goTo(page, EDITOR);
    const before = await code(page).inputValue();
    const lines = before.split("\n");
    const at = lines.findIndex((line) => /^<AssignMessage|^\s*<\/AssignMessage/.test(line) && line.startsWith("</"));
    expect(at).toBeGreaterThan(0);
    await code(page).fill([...lines.slice(0, at), "  <Sett>", ...lines.slice(at)].join("\n"));
    await page.locator(".code-line.error").first().waitFor();
    await page.locator(".finding-list .link-button").first().click();
    const line = Number(await page.locator(".code-line.error").first().innerText());
    expect(line).toBeGreaterThanOrEqual(at);
    await accessible(page);
    await picture(page, "api-management-finding");

    await page.getByRole("link", { name: "verifyAccessToken.xml" }).click(); // Leaving asks.
    await dialog(page).getByText("Your changes are not saved.").waitFor();
    await button(page, "Cancel").click();
    await dialog(page).waitFor({ state: "detached" });

    const mark = `<!-- written by the suite at ${String(Date.now())} -->`;
    await code(page).fill([...lines.slice(0, at), mark, ...lines.slice(at)].join("\n"));
    await page.getByText("No findings in this file").waitFor();
    await page.locator(".save-bar input").fill("Browser suite");
    await button(page, "Save as new revision").click();
    const compare = page.getByRole("link", { name: /^Compare with/ });
    await compare.waitFor();
    await button(page, "Deploy").click();
    await picture(page, "api-management-deploy");
    await confirm(page);
    await page.goto(`${ROOT}/proxies/${PROXY}`);
    await page.getByRole("link", { name: /^Compare with/ }).first().click();
    await page.locator(".diff ins, .diff .came").first().waitFor();
    expect(await page.locator(".diff").innerText()).toContain(mark);
    await accessible(page);
    await picture(page, "api-management-diff-desktop");
    await page.setViewportSize(SIZES.phone);
    await page.reload();
    await page.locator(".diff-sign.came").first().waitFor();
    await accessible(page);
    await picture(page, "api-management-diff-phone");
    await page.setViewportSize(SIZES.desktop);

    await goTo(page, `${ROOT}/proxies/${PROXY}`);
    await page.getByText("Browser suite").first().waitFor();
    await button(page, "Roll back").click();
    await confirm(page);
    await page.getByText("Newer revision not deployed").first().waitFor();
    await picture(page, "api-management-rolled-back");
    faultless(watched);
  });

  it("goes out as a zip and comes in again as a new revision", async () => {
    const { page } = watched;
    await goTo(page, `${ROOT}/proxies/${OWN}`);
    const [given] = await Promise.all([page.waitForEvent("download"), button(page, "Export zip").click()]);
    const zip = await given.path();
    await goTo(page, `${ROOT}/proxies`);
    await button(page, "Import").click();
    await dialog(page).locator("input[type=file]").setInputFiles({ name: `${OWN}.zip`, mimeType: "application/zip", buffer: await readFile(zip) });
    await accessible(page, DIALOG);
    await confirm(page);
    await page.getByRole("heading", { name: OWN, level: 1 }).waitFor();
    await page.locator(".table .row", { hasText: "Compare with 1" }).waitFor();
    await button(page, "Edit policies").click();
    await button(page, "Add file").click();
    await field(page, "path").fill(`APIProxy/Policy/${OWN}.xml`);
    await confirm(page);
    await page.getByRole("heading", { name: `${OWN}.xml` }).waitFor();
    const own = page.locator(".file-tree").getByRole("link", { name: `${OWN}.xml` });
    const files = await own.count(); // The proxy's own file has the same name.
    await button(page, "Remove file").click();
    await confirm(page);
    await expect.poll(() => own.count()).toBe(files - 1);
    faultless(watched);
  });
});

describe("what policies and connections need", () => {
  it("is kept in a key value map whose values are replaced without being seen", async () => {
    const { page } = watched;
    await cleared(page, [MADE.map]);
    await goTo(page, `${ROOT}/maps`);
    await button(page, "Create").click();
    await field(page, "name").fill(OWN);
    await accessible(page, DIALOG);
    await confirm(page);
    await page.getByRole("heading", { name: OWN, level: 1 }).waitFor();
    for (const [key, value] of [["User", "first-value"], ["Password", "second-value"]] as const) {
      await button(page, "Add entry").click();
      await field(page, "key").fill(key);
      await field(page, "value").fill(value);
      await confirm(page);
      await page.locator(".table .row", { hasText: key }).waitFor();
    }
    await button(page, "Replace value: User").click();
    expect(await field(page, "value").inputValue()).toBe("");
    await field(page, "value").fill("third-value");
    await confirm(page);
    await button(page, "Remove: Password").click();
    await confirm(page);
    await page.locator(".table .row", { hasText: "Password" }).waitFor({ state: "detached" });
    expect(await page.locator("body").innerText()).not.toMatch(/first-value|second-value|third-value/);
    await accessible(page);
    faultless(watched);
  });

  it("is kept in a certificate store, which refuses what is no certificate", async () => {
    const { page } = watched;
    await cleared(page, [MADE.store]);
    await goTo(page, `${ROOT}/certificates`);
    await button(page, "Create").click();
    await field(page, "name").fill(OWN);
    await confirm(page);
    await page.getByRole("heading", { name: OWN, level: 1 }).waitFor();
    await button(page, "Add certificate").click();
    await dialog(page).getByLabel("Alias").fill("authority");
    const pem = dialog(page).locator("textarea").first();
    await pem.fill("no certificate");
    await button(page, "Save").click();
    await dialog(page).locator(".refused").first().waitFor();
    await accessible(page, DIALOG);
    await pem.fill(CERTIFICATE);
    await confirm(page);
    await page.locator(".table .row", { hasText: "authority" }).waitFor();
    await accessible(page);
    await picture(page, "api-management-certificates-filled");
    faultless(watched, (fault) => /\b4\d\d\b/.test(fault) && fault.includes(`certificate-stores/${OWN}`)); // The refusal was wanted.
  });
});

/** Signed by itself; it ends in 2126. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBhzCCAS2gAwIBAgIULyqgKaOm3BXAvTWrytrw9r4RyB8wCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNQnJvd3NlciBzdWl0ZTAgFw0yNjExMzAxNzM5MDNaGA8yMTI2
MTEwNjE3MzkwM1owGDEWMBQGA1UEAwwNQnJvd3NlciBzdWl0ZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABGrelTU+UIC7Qig42Ppe6iBrdr/ABIgkMoaBPu5gbopW
MbLHqt9DdGbHrC+295DU42X13zoST3xHRzwrCtbCxr2jUzBRMB0GA1UdDgQWBBSP
CZ2yxsiS9v0MjAZUMc715xKQuDAfBgNVHSMEGDAWgBSPCZ2yxsiS9v0MjAZUMc71
5xKQuDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIADjxIXvMisf
VOIsEWdNRE1ZssVP6MDauApf6I4ZMmJFAiEAsGzcHZWioFkgqtx59Gjvs0ddoWUz
j3iGFuqyPlEElq8=
-----END CERTIFICATE-----`;
