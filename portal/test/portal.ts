// What the browser suites share: the program's address and users, a browser, a page that notes what goes wrong on it, pictures.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";

/** Given by who starts the suites. */
function given(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set; PortalIT sets it, docs/portal.md says how to set it by hand`);
  return value;
}

export const address = given("IMAINT_URL");
export const password = given("IMAINT_PORTAL_PASSWORD");

/** The users that the program has, by role; each is named like the role. */
export const ROLES = ["administrator", "planner", "supervisor", "technician", "operator"] as const;

/** Those who do not work with orders every day. The other roles demand a second factor. */
export const OTHER_ROLES = ["reliability-engineer", "apiportal.developer", "authgroup.api.applicationdeveloper"] as const;

/** Holds what an administrator does, in a role that demands no second factor. */
export const PLATFORM = "platform";
export type Role = (typeof ROLES)[number] | (typeof OTHER_ROLES)[number] | typeof PLATFORM;

export const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } } as const;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = "target/pictures";
/** The sign-in of each role, which all suites of a run use. One that the program no longer knows is replaced. */
const signIns = "target/sign-ins";
for (const folder of [pictures, signIns]) mkdirSync(folder, { recursive: true });

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: given("IMAINT_CHROMIUM"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** No step waits so long on a machine that works; a busy one may. */
const PATIENCE_MS = 60_000;

/** A page with what went wrong on it: console errors, failed requests, requests to other servers. */
export type Watched = { page: Page; context: BrowserContext; faults: string[] };

type Size = keyof typeof SIZES;
type Look = { size?: Size; dark?: boolean; language?: string };

/** A page in a profile of its own, in which nobody is signed in. */
export const open = async (browser: Browser, look: Look = {}): Promise<Watched> => watch(await profile(browser, look));

async function profile(browser: Browser, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: SIZES[look.size ?? "desktop"],
    colorScheme: look.dark ? "dark" : "light",
    locale: look.language ?? "en",
    hasTouch: look.size === "phone",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

async function watch(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage();
  const faults: string[] = [];
  const note = (fault: string) => faults.push(`${fault} (at ${page.url().replace(address, "")})`);
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") note(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => note(`page: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") note(`request: ${request.url()} ${reason}`); // Aborted: the page was left.
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("blob:") && !url.startsWith("data:")) note(`outside: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) note(`answer: ${response.status()} ${response.url()}`);
  });
  return { page, context, faults };
}

/** Nothing went wrong on a page, except for what a test wanted. What did is said once, so that one fault fails one test. */
export function faultless({ faults }: Watched, wanted: (fault: string) => boolean = () => false): void {
  expect(faults.splice(0).filter((fault) => !wanted(fault)).join("\n")).toBe("");
}

/** Before the second try of a test on a page that others share: leaves what the first try opened, and forgets what went wrong on it. */
export async function again({ page, faults }: Watched, test: { result?: { retryCount?: number } }): Promise<void> {
  if ((test.result?.retryCount ?? 0) === 0) return;
  await page.setViewportSize(SIZES.desktop);
  await page.goto("/");
  await page.locator(".shell-bar, #user").first().waitFor();
  faults.splice(0);
}

/** Opens a path as a role's user, with the sign-in that is kept of the role. */
export async function signIn(watched: Watched, role: Role, path = "/"): Promise<void> {
  const { page, context, faults } = watched;
  const kept = `${signIns}/${role}.json`;
  if (existsSync(kept)) await context.setStorageState(kept);
  await page.goto(path);
  const form = page.locator("#user");
  await page.locator(".shell-bar").or(form).first().waitFor();
  if (!(await form.isVisible())) return;
  await enter(page, role);
  await context.storageState({ path: kept });
  faults.splice(0); // Before, nobody was signed in.
}

/** Signs in by the form, for a test that ends the session or changes what it is worth. What the server says before is no fault. */
export async function signInAnew({ page, faults }: Watched, role: Role, path = "/"): Promise<void> {
  await page.goto(path);
  await enter(page, role);
  faults.splice(0);
}

async function enter(page: Page, role: Role): Promise<void> {
  await page.locator("#user").fill(role);
  await page.locator("#password").fill(password);
  await page.locator("#password").press("Enter");
  await page.locator(".shell-bar").waitFor();
}

/** The profiles of a browser by role and look: what one test loaded, the next one need not load again. */
const profiles = new WeakMap<Browser, Map<string, Promise<BrowserContext>>>();

/** Does something as a role's user on a page of its own; what goes wrong on it fails the test. */
export async function at(browser: Browser, role: Role, path: string, task: (page: Page, watched: Watched) => Promise<void>, look: Look = {}): Promise<void> {
  const ofBrowser = profiles.get(browser) ?? new Map<string, Promise<BrowserContext>>();
  profiles.set(browser, ofBrowser);
  const name = JSON.stringify([role, look]);
  const context = ofBrowser.get(name) ?? profile(browser, look);
  ofBrowser.set(name, context);
  const watched = await watch(await context);
  try {
    await signIn(watched, role, path);
    await settled(watched.page);
    await task(watched.page, watched);
    faultless(watched);
  } finally {
    await watched.page.close();
  }
}

/** Waits until nothing is being read any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main h1, main .empty, main .problem").first().waitFor(); // A page whose code is on its way shows nothing at all.
  await page.waitForFunction(() => document.querySelector(".loading, .later") === null);
  // What comes after the page belongs to it, too.
  await page.waitForFunction(() => document.querySelector(".shell") === null || (document.querySelector("ui5-side-navigation") !== null && document.querySelector("ui5-search") !== null));
  await page.evaluate(() => document.fonts.ready);
}

/** Keeps a picture of the page, to be looked at. */
export const picture = (page: Page, name: string) => page.screenshot({ path: `${pictures}/${name}.png` });

/** The dialog that is open. */
export const DIALOG = "ui5-dialog[open]";
export const dialog = (page: Page): Locator => page.locator(DIALOG);

/** The button with exactly this name. */
export const button = (within: Page | Locator, name: string): Locator => within.getByRole("button", { name, exact: true });

/** Presses the first button of the dialog, and waits until it is done. */
export async function confirm(page: Page): Promise<void> {
  await dialog(page).locator(".dialog-actions ui5-button").first().click();
  await dialog(page).waitFor({ state: "detached" });
}

/** Loads a page anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator(".shell-bar").waitFor();
  await settled(page);
}

/** Goes to a page as a link does, without loading the portal anew, and waits until the page before has left: it may have rows and titles, too. */
export async function go(page: Page, path: string): Promise<void> {
  const before = await page.evaluate((to) => {
    const left = { title: document.title, pathname: location.pathname };
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    return left;
  }, path);
  if (new URL(path, page.url()).pathname !== before.pathname) await page.waitForFunction((title) => document.title !== title, before.title);
}

type PageOfList = readonly [path: string, title: string | RegExp];

/**
 * Opens pages one after the other on a screen: each without a fault, usable by everybody and not wider than the screen. On a desktop each is
 * opened by its address, on a phone as by a link.
 */
export async function opened(browser: Browser, role: Role, pages: readonly PageOfList[], size: Size, looks: readonly ("light" | "dark")[] = [size === "phone" ? "dark" : "light"]): Promise<void> {
  const [first] = pages;
  await at(browser, role, first?.[0] ?? "/", async (page, watched) => {
    for (const [path, title] of pages) {
      if (path !== first?.[0]) await (size === "phone" ? go(page, path) : page.goto(path));
      await page.getByRole("heading", { name: title, level: 1 }).waitFor();
      await settled(page);
      for (const look of looks) {
        await page.emulateMedia({ colorScheme: look });
        await page.waitForFunction((theme) => document.documentElement.dataset["theme"] === theme, look);
        await accessible(page);
        await picture(page, `${(path.split("?")[0] ?? "").replaceAll("/", "-").slice(1)}-${size}${look === "dark" ? "-dark" : ""}`);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
      faultless(watched);
    }
  }, { size, dark: looks[0] === "dark" });
}

type Violation = { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] };

/** UI5's collapsed navigation gives its items an attribute that their role does not have; only UI5 can mend it. */
const OF_UI5 = { rule: "aria-allowed-attr", part: "ui5-side-navigation" };

/** Colours fade for a moment when a page, a dialog or a theme comes. */
const FADED_MS = 5_000;

/** Finds nothing that WCAG 2.2 A and AA forbids, on the whole page or in a part of it: what lies behind a dialog is dimmed and cannot be used. */
export const accessible = (page: Page, within?: string): Promise<void> => expect.poll(() => violations(page, within), { timeout: FADED_MS }).toEqual([]);

async function violations(page: Page, within?: string): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  return page.evaluate(async ([part, known]) => {
    const { axe: tester } = window as unknown as { axe: { run: (context: unknown, options: unknown) => Promise<{ violations: Violation[] }> } };
    const result = await tester.run(part ?? document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }, resultTypes: ["violations"] });
    return result.violations
      .map((found) => (found.id === known.rule ? { ...found, nodes: found.nodes.filter((node) => !JSON.stringify(node.target).includes(known.part)) } : found))
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${JSON.stringify(node.target)} ${node.failureSummary ?? ""}`).join("; ")}`);
  }, [within, OF_UI5] as const);
}
