import { api, ifMatch, patch, read, versioned } from "../api/client";
import type { components } from "../api/schema";
import { flagOf, listOf, textOf, type Values } from "../ui/form";
import { parameters } from "../ui/query";
import { linesOf } from "./users";

export type Group = components["schemas"]["Group"];
export type Member = components["schemas"]["Member"];

const LIMIT = 1_000;

export const listGroups = (query: string, after: string | undefined, limit: number) => read(api.GET("/api/groups", { params: { query: { ...parameters(query, ["text"], []), after, limit } as never } }));

export const allGroups = async () => (await read(api.GET("/api/groups", { params: { query: { limit: LIMIT } } }))).items;

export const findGroup = (id: string) => versioned(api.GET("/api/groups/{id}", { params: { path: { id } } }));

export const membersOf = async (id: string) => (await read(api.GET("/api/groups/{id}/members", { params: { path: { id }, query: { limit: LIMIT } } }))).items;

export const valuesOf = (group: Group): Values => ({ id: group.id, name: group.name, roles: group.roles, allPlants: group.allPlants, plants: group.plants, workCenters: group.workCenters.join("\n") });

export const NEW_GROUP: Values = { id: "", name: "", roles: [], allPlants: false, plants: [], workCenters: "" };

const inputOf = (values: Values) => ({
  id: textOf(values, "id"),
  name: textOf(values, "name"),
  roles: listOf(values, "roles"),
  allPlants: flagOf(values, "allPlants"),
  plants: listOf(values, "plants"),
  workCenters: linesOf(textOf(values, "workCenters")),
});

export const createGroup = (values: Values) => read(api.POST("/api/groups", { body: inputOf(values) }));

export const changeGroup = (id: string, values: Values, etag: string) => read(api.PUT("/api/groups/{id}", { params: { path: { id }, header: ifMatch(etag) }, body: { ...inputOf(values), id } }));

export const removeGroup = (id: string, etag: string) => read(api.DELETE("/api/groups/{id}", { params: { path: { id }, header: ifMatch(etag) } }));

/** Puts a user into a group or takes them out of it. */
export async function setMember(group: string, user: string, member: boolean): Promise<void> {
  const { value, etag } = await versioned(api.GET("/api/users/{id}", { params: { path: { id: user } } }));
  const others = value.groups.filter((id) => id !== group);
  await read(api.PATCH("/api/users/{id}", { params: { path: { id: user }, header: ifMatch(etag) }, body: patch({ groups: member ? [...others, group] : others }) }));
}
