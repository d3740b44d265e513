import { createHmac } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessible, again, button, faultless, goTo, launch, open, password, picture, settled, SIZES, type Watched } from "./portal";

/** Nobody gets the id of a removed user again, so each try takes its own. */
const newUser = () => `browser-admin-user-${Date.now().toString(36)}`;
let user = newUser();
const ROLE = "browser-admin-role";
const GROUP = "browser-admin-group";
const SETTING = "rounds.generate-days";

let browser: Browser;
/** The administrator, signed in with a second factor, as the role demands. */
let admin: Watched;
/** What was set up for this suite is taken away at its end, even after a failure. */
let setUp = false;

beforeAll(async () => {
  browser = await launch();
  admin = await open(browser);
});

beforeEach(({ task }) => again(admin, task));

afterAll(async () => {
  if (setUp) {
    await cleared(admin.page);
    await request(admin.page, "DELETE", "/api/auth/totp");
  }
  await browser.close();
});

/** The code that an authenticator app shows for a secret, by RFC 6238. */
function codeOf(secret: string, at: number): string {
  const bits = Array.from(secret.replaceAll(/[\s=]/g, "")).map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A request in the page's session, so that it needs no other sign-in. */
const request = (page: Page, method: string, path: string, etag?: string) =>
  page.evaluate(
    async ([how, where, version]) => {
      const response = await fetch(where, { method: how, headers: { "X-Imaint-Client": "portal", ...(version && { "If-Match": version }) } });
      return { status: response.status, etag: response.headers.get("ETag") ?? "" };
    },
    [method, path, etag ?? ""] as const,
  );

async function removed(page: Page, path: string) {
  const { status, etag } = await request(page, "GET", path);
  if (status === 200) await request(page, "DELETE", path, etag);
}

async function cleared(page: Page) {
  for (const path of [`/api/users/${user}`, `/api/groups/${GROUP}`, `/api/settings/${SETTING}/values/global/all`, `/api/roles/${ROLE}`]) await removed(page, path);
  admin.faults.splice(0); // What is not there needs no removing.
}

async function signInAs(page: Page, name: string, code?: string) {
  await page.locator("#user").fill(name);
  await page.locator("#password").fill(password);
  await page.locator("#password").press("Enter");
  if (code === undefined) return;
  await page.locator("#code").fill(code);
  await page.locator("#code").press("Enter");
}

const field = (page: Page, name: string) => page.locator(`ui5-dialog[open] [name="${name}"]`);

/** Chooses a value in the first field of the dialog that takes several. */
async function choose(page: Page, text: string) {
  const box = page.locator("ui5-dialog[open] ui5-multi-combobox").first();
  await box.locator(`[text="${text}"]`).first().waitFor({ state: "attached" }); // The choices are read when the form opens.
  await box.locator("input").first().fill(text);
  await page.keyboard.press("Enter");
}

async function fine(page: Page, path: string, heading: string) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await goTo(page, path);
    await page.getByRole("heading", { name: heading }).first().waitFor();
    await accessible(page);
    await picture(page, `admin${path.replaceAll("/", "-")}-${size}`);
  }
  await page.setViewportSize(SIZES.desktop);
  faultless(admin);
}

describe("the own account", () => {
  it("takes an administrator to the second factor first, and shows the recovery codes once", async () => {
    const { page } = admin;
    await page.goto("/");
    await signInAs(page, "administrator");
    await page.getByText("Your role requires a second factor").waitFor();
    expect(new URL(page.url()).pathname).toBe("/account");
    await accessible(page);
    await button(page, "Set up an authenticator app").click();
    await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
    const secret = await page.locator("code.secret").innerText();
    await accessible(page);
    await picture(page, "admin-second-factor");
    await field(page, "code").fill(codeOf(secret, Date.now()));
    await button(page, "Confirm").click();
    setUp = true;
    await page.locator(".recovery-codes li").first().waitFor();
    const codes = await page.locator(".recovery-codes li").allInnerTexts();
    expect(codes).toHaveLength(10);
    await accessible(page);
    await page.getByLabel("I have saved the codes").check();
    await button(page, "Finish").click();
    // The session has all rights at once; the next one begins with a second factor.
    await page.locator('ui5-side-navigation-item[text="Users"]').waitFor();
    expect((await request(page, "POST", "/api/auth/sign-out")).status).toBeLessThan(300);
    await page.goto("/");
    await signInAs(page, "administrator", codes[0] ?? "");
    await page.locator(".shell-bar").waitFor();
    await settled(page);
    await cleared(page); // An earlier run that was interrupted may have left something.
    admin.faults.splice(0);
  });

  it("shows profile, sign-in, sessions and alerts without fault", async () => {
    await fine(admin.page, "/account", "My account");
  });
});

describe("users and roles", () => {
  it("are shown without fault on any screen", async () => {
    await fine(admin.page, "/admin/users", "Users");
    await fine(admin.page, "/admin/users/planner", "planner");
    await fine(admin.page, "/admin/roles", "Roles");
    await fine(admin.page, "/admin/groups", "Groups");
  });

  it("let a user in by a code, and a changed role shows them a new page", async () => {
    const { page } = admin;
    await cleared(page);
    user = newUser();
    await goTo(page, "/admin/roles");
    await button(page, "Create role").click();
    await button(page, "Save").click();
    await page.getByText("Correct 3 fields").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("id");
    await accessible(page);
    await field(page, "id").fill(ROLE);
    await field(page, "name.en").fill("Browser role");
    await choose(page, "See work orders");
    await button(page, "Save").click();
    await page.getByRole("columnheader", { name: /Browser role/ }).waitFor();

    await goTo(page, "/admin/users");
    await button(page, "Invite user").click();
    await field(page, "id").fill(user);
    await field(page, "displayName").fill("Bruno Browser");
    await field(page, "email").fill("nowhere");
    await button(page, "Save").click();
    await page.locator('ui5-dialog[open] [name="email"][aria-invalid="true"]').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("email");
    await field(page, "email").fill("");
    await choose(page, "Browser role");
    await button(page, "Save").click();
    await page.getByRole("heading", { name: "Bruno Browser" }).waitFor();
    await settled(page);
    await page.getByText("Browser role").first().waitFor();
    await button(page, "Reset code").click();
    await button(page, "Make a code").click();
    const code = await page.locator("code.secret").innerText();
    await accessible(page);
    await button(page, "Close").click();

    const theirs = await open(browser);
    await theirs.page.goto("/");
    await button(theirs.page, "I have a reset code").click();
    await accessible(theirs.page);
    await theirs.page.locator('[name="user"]').fill(user);
    await theirs.page.locator('[name="code"]').fill(code);
    await theirs.page.locator('[name="password"]').fill(password);
    await theirs.page.locator('[name="repeated"]').fill(password);
    await button(theirs.page, "Set password").click();
    await theirs.page.getByText("Sign in with it.").waitFor();
    await signInAs(theirs.page, user);
    await theirs.page.locator(".shell-bar").waitFor();
    await theirs.page.goto("/admin/roles");
    await theirs.page.locator(".empty").getByText("roles.read").waitFor(); // The page names the permission that is missing.

    await goTo(page, "/admin/roles?text=roles.read");
    await page.getByRole("checkbox", { name: "Browser role: See roles" }).click(); // Checked once the server has it.
    await page.getByText('Browser role now has "See roles"').waitFor();
    await theirs.page.goto("/");
    await theirs.page.locator('ui5-side-navigation-item[text="Roles"]').waitFor();
    await theirs.page.goto("/admin/roles");
    await theirs.page.getByRole("heading", { name: "Roles" }).waitFor();
    await theirs.context.close();
    faultless(admin, (fault) => fault.includes("/api/users") && /\b4\d\d\b/.test(fault)); // The refusal was wanted.
  });

  it("ask before they leave what is not saved", async () => {
    const { page } = admin;
    await removed(page, `/api/groups/${GROUP}`);
    admin.faults.splice(0); // There is none but after a first try.
    await goTo(page, "/admin/groups");
    await button(page, "Create").click();
    await field(page, "id").fill(GROUP);
    await page.keyboard.press("Escape");
    await page.getByText("Your changes are not saved.").waitFor();
    await button(page, "Stay here").click();
    await field(page, "name").fill("Browser group");
    await button(page, "Save").click();
    await page.getByRole("heading", { name: "Browser group" }).waitFor();
    await settled(page);
    await accessible(page);
    await button(page, "Add member").click();
    await field(page, "user").selectOption(user);
    await button(page, "Save").click();
    await page.getByRole("link", { name: user }).waitFor();
    faultless(admin);
  });

  it("show what others change meanwhile", async () => {
    const { page } = admin;
    await goTo(page, "/admin/groups");
    const group = page.getByRole("link", { name: "Browser group", exact: true });
    await group.waitFor();
    await removed(page, `/api/groups/${GROUP}`);
    await group.waitFor({ state: "detached" });
    faultless(admin);
  });
});

describe("settings", () => {
  it("are set in a field of their type and explained by level", async () => {
    const { page } = admin;
    await fine(page, "/admin/settings", "Settings");
    await fine(page, `/admin/settings/${SETTING}`, "");
    await page.getByRole("button", { name: "Set global all" }).click();
    await field(page, "value").fill("0");
    await button(page, "Save").click();
    await page.getByText("At least 1").last().waitFor();
    await field(page, "value").fill("21");
    await button(page, "Save").click();
    await page.getByText("Effective value: 21 days").waitFor();
    await accessible(page);
    await picture(page, "admin-setting-explained");
    await page.getByRole("button", { name: "Unset global all" }).click();
    await page.getByText("Effective value: 14 days").waitFor();
    // The form asks whether somebody has set the value meanwhile; where nobody has, the answer is 404.
    faultless(admin, (fault) => fault.includes(`/api/settings/${SETTING}/values/`));
  });
});

describe("audit trail and seed data", () => {
  it("show who changed what, and that the trail is whole", async () => {
    const { page } = admin;
    await fine(page, "/admin/audit", "Audit trail");
    await goTo(page, `/admin/audit?subject=User/${user}`);
    await page.getByText("User/" + user).first().waitFor();
    await page.locator("details summary").first().click();
    await page.locator("details[open] .changes").first().waitFor();
    await accessible(page);
    await button(page, "Verify").click();
    await page.getByText("The audit trail is whole").waitFor();
    await fine(page, "/admin/seed", "Seed data");
  });
});
