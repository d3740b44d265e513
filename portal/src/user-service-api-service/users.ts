import { api, ifMatch, read, versioned } from "../api/client";
import type { components } from "../api/schema";
import { flagOf, listOf, textOf, textOrNull, type Values } from "../ui/form";
import { parameters } from "../ui/query";
import type { Meaning } from "../ui/Status";

export type User = components["schemas"]["User"];
type UserInput = components["schemas"]["UserInputBody"];
export type Report = components["schemas"]["Report"];
export type ImportMode = "good-lines" | "all-or-nothing" | "dry-run";

/** The collections that the pages of users show. */
export const SHOWS = ["User", "Role", "UserGroup"];

export const STATUSES = ["invited", "active", "disabled"] as const;

export function meaning(status: User["status"]): Meaning {
  switch (status) {
    case "active":
      return "good";
    case "disabled":
      return "bad";
    case "invited":
      return "watch";
  }
}

const FILTERS = ["status", "role", "group", "plant", "text"];

export const listUsers = (query: string, after: string | undefined, limit: number) => read(api.GET("/api/users", { params: { query: { ...parameters(query, FILTERS, []), after, limit } as never } }));

export const findUser = (id: string) => versioned(api.GET("/api/users/{id}", { params: { path: { id } } }));

export const createUser = (values: Values) => read(api.POST("/api/users", { body: { id: textOf(values, "id"), ...inputOf(values) } }));

export const changeUser = (id: string, values: Values, etag: string) => read(api.PUT("/api/users/{id}", { params: { path: { id }, header: ifMatch(etag) }, body: { id, ...inputOf(values) } }));

export const enable = (id: string, on: boolean) => {
  const params = { params: { path: { id } } };
  return read(on ? api.POST("/api/users/{id}/enable", params) : api.POST("/api/users/{id}/disable", params));
};

export const removeUser = (id: string, etag: string) => read(api.DELETE("/api/users/{id}", { params: { path: { id }, header: ifMatch(etag) } }));

export const makeResetCode = (user: string) => read(api.POST("/api/auth/reset-codes", { body: { user } }));

export const importUsers = (file: string, mode: ImportMode) =>
  read(api.POST("/api/users/import", { params: { query: { mode } }, headers: { "Content-Type": "text/csv" }, body: file as never, bodySerializer: (text) => text }));

export const exportUsers = () => read(api.GET("/api/users/export", { parseAs: "blob" }));

/** What the form of a user shows of them. */
export const valuesOf = (user: User): Values => ({
  id: user.id,
  displayName: user.displayName,
  email: user.email ?? "",
  roles: user.roles,
  groups: user.groups,
  allPlants: user.allPlants,
  plants: user.plants,
  workCenters: user.workCenters.join("\n"),
  personnelNumber: user.personnelNumber ?? "",
  language: user.language ?? "",
  timeZone: user.timeZone ?? "",
});

export const NEW_USER: Values = { id: "", displayName: "", email: "", roles: [], groups: [], allPlants: false, plants: [], workCenters: "", personnelNumber: "", language: "", timeZone: "" };

function inputOf(values: Values): UserInput {
  return {
    displayName: textOf(values, "displayName"),
    email: textOrNull(values, "email"),
    roles: listOf(values, "roles"),
    groups: listOf(values, "groups"),
    allPlants: flagOf(values, "allPlants"),
    plants: listOf(values, "plants"),
    workCenters: linesOf(textOf(values, "workCenters")),
    personnelNumber: textOrNull(values, "personnelNumber"),
    language: textOrNull(values, "language"),
    timeZone: textOrNull(values, "timeZone"),
  };
}

/** The entries of a text with one on each line. */
export const linesOf = (text: string): string[] => text.split(/[\n,;]+/).map((line) => line.trim()).filter((line) => line !== "");
