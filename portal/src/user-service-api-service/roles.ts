import { api, ifMatch, patch, read, versioned } from "../api/client";
import { Problem } from "../api/problem";
import type { components } from "../api/schema";
import { listOf, textOf, textOrNull, type Values } from "../ui/form";
import type { User } from "./users";

export type Role = components["schemas"]["Role"];
export type Group = components["schemas"]["Group"];
export type Permission = components["schemas"]["PermissionEntry"];
export type PermissionGroup = components["schemas"]["PermissionGroup"];
export type Named = Partial<Record<string, string>>;

const LIMIT = 1_000;

export const listRoles = async () => (await read(api.GET("/api/roles", { params: { query: { limit: LIMIT } } }))).items;

export const listPermissions = async () => (await read(api.GET("/api/permissions"))).groups;

export const findRole = (id: string) => versioned(api.GET("/api/roles/{id}", { params: { path: { id } } }));

export const removeRole = (id: string, etag: string) => read(api.DELETE("/api/roles/{id}", { params: { path: { id }, header: ifMatch(etag) } }));

/** A text in a language, or what there is. */
export const inLanguage = (named: Named, language: string, otherwise: string): string => named[language] ?? named["en"] ?? otherwise;

export const valuesOf = (role: Role): Values => ({
  id: role.id,
  ...named("name", role.name),
  ...named("description", role.description),
  startPage: role.startPage ?? "",
  secondFactor: role.secondFactor,
  permissions: role.permissions,
});

export const NEW_ROLE: Values = { id: "", startPage: "", secondFactor: "optional", permissions: [] };

const named = (field: string, texts: Named): Values => Object.fromEntries(Object.entries(texts).map(([language, text]) => [`${field}.${language}`, text ?? ""]));

/** The texts of a field by language; those that are empty are left out. */
const texts = (field: string, values: Values) =>
  Object.fromEntries(
    Object.keys(values)
      .filter((name) => name.startsWith(`${field}.`) && textOf(values, name) !== "")
      .map((name) => [name.slice(field.length + 1), textOf(values, name)]),
  );

export const inputOf = (values: Values) => ({
  id: textOf(values, "id"),
  name: texts("name", values),
  description: texts("description", values),
  startPage: textOrNull(values, "startPage"),
  secondFactor: textOf(values, "secondFactor"),
  permissions: listOf(values, "permissions"),
});

export const createRole = (values: Values) => read(api.POST("/api/roles", { body: { ...inputOf(values), machine: false } }));

export const changeRole = (id: string, values: Values, etag: string) =>
  read(api.PATCH("/api/roles/{id}", { params: { path: { id }, header: ifMatch(etag) }, body: patch({ ...inputOf(values), id }) }));

/** How often a permission is given or taken anew when somebody else changes the role at the same moment. */
const ATTEMPTS = 3;

/** Gives a role a permission or takes it, on top of whatever the role has by now. */
export async function setPermission(role: string, permission: string, given: boolean): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { value, etag } = await findRole(role);
    const others = value.permissions.filter((held) => held !== permission);
    try {
      await read(api.PATCH("/api/roles/{id}", { params: { path: { id: role }, header: ifMatch(etag) }, body: patch({ permissions: given ? [...others, permission] : others }) }));
      return;
    } catch (failure) {
      if (attempt === ATTEMPTS || !(failure instanceof Problem && failure.status === 412)) throw failure;
    }
  }
}

/** A permission that somebody has, and by which roles; a role may come by a group. */
export type Right = { permission: string; by: { role: string; group: string | null }[] };

/** What a user may do, and why. */
export function rightsOf(user: Pick<User, "roles" | "groups">, roles: readonly Role[], groups: readonly Group[]): Right[] {
  const held = [
    ...user.roles.map((role) => ({ role, group: null })),
    ...groups.filter(({ id }) => user.groups.includes(id)).flatMap((group) => group.roles.map((role) => ({ role, group: group.id }))),
  ];
  const rights = new Map<string, Right["by"]>();
  for (const one of held) {
    for (const permission of roles.find(({ id }) => id === one.role)?.permissions ?? []) {
      rights.set(permission, [...(rights.get(permission) ?? []), one]);
    }
  }
  return [...rights].map(([permission, by]) => ({ permission, by })).sort((one, other) => one.permission.localeCompare(other.permission));
}
