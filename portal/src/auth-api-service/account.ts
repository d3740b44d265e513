import { api, read } from "../api/client";
import type { components } from "../api/schema";
import { listOf, textOf, textOrNull, type Values } from "../ui/form";

export type Me = components["schemas"]["Me"];

export const listSessions = async () => (await read(api.GET("/api/auth/sessions"))).items;

export type Session = Awaited<ReturnType<typeof listSessions>>[number];

export const endSession = (id: string) => read(api.DELETE("/api/auth/sessions/{id}", { params: { path: { id } } }));

export const endAllSessions = () => read(api.POST("/api/auth/sign-out-everywhere"));

export const changePassword = (values: Values) => read(api.POST("/api/auth/password", { body: { current: secretOf(values, "current"), password: secretOf(values, "password") } }));

/** A password as it was entered: blanks belong to it. */
const secretOf = (values: Values, name: string): string => (typeof values[name] === "string" ? values[name] : "");

export const repeats = (values: Values): boolean => secretOf(values, "password") === secretOf(values, "repeated");

export const startApp = () => read(api.POST("/api/auth/totp"));

export const confirmApp = async (code: string) => (await read(api.POST("/api/auth/totp/confirm", { body: { code: code.replaceAll(/\s/g, "") } }))).recoveryCodes;

export const removeApp = () => read(api.DELETE("/api/auth/totp"));

export const changeProfile = (values: Values) =>
  read(api.PATCH("/api/me", { body: { language: textOf(values, "language"), timeZone: textOrNull(values, "timeZone"), shownPlants: listOf(values, "shownPlants") } }));

export const profileOf = (me: Me): Values => ({ language: me.language.slice(0, 2), timeZone: me.timeZone ?? "", shownPlants: me.shownPlants });

export type Factors = Awaited<ReturnType<typeof findFactors>>;
export type Passkey = Awaited<ReturnType<typeof listPasskeys>>[number];

/** The key of the query for what is set up. */
export const FACTORS = ["second-factors"];

export const PASSKEY_NAME_MAX = 80;

export const findFactors = () => read(api.GET("/api/auth/second-factors"));

export const newCodes = async () => (await read(api.POST("/api/auth/recovery-codes"))).recoveryCodes;

export const listPasskeys = async () => (await read(api.GET("/api/auth/passkeys"))).items;

export const passkeyOptions = () => read(api.POST("/api/auth/passkeys/options"));

/** Registers what an authenticator made; answers recovery codes with the first second factor. */
export const registerPasskey = async (name: string, credential: unknown) => (await read(api.POST("/api/auth/passkeys", { body: { name, credential } }))).recoveryCodes;

export const renamePasskey = (id: string, name: string) => read(api.PUT("/api/auth/passkeys/{id}", { params: { path: { id } }, body: { name } }));

export const removePasskey = (id: string) => read(api.DELETE("/api/auth/passkeys/{id}", { params: { path: { id } } }));
