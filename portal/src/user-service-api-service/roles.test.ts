import { describe, expect, it } from "vitest";
import { inputOf, rightsOf, type Group, type Role } from "./roles";

const role = (id: string, permissions: string[]): Role => ({ id, name: {}, description: {}, startPage: null, secondFactor: "optional", permissions, machine: false });
const group = (id: string, roles: string[]): Group => ({ id, name: id, roles, allPlants: false, plants: [], workCenters: [], externalId: null, provisioned: false });

describe("roles", () => {
  it("explain what a user may do, by the user's own roles and those of the groups", () => {
    const roles = [role("reader", ["orders.read"]), role("editor", ["orders.read", "orders.edit"]), role("other", ["users.edit"])];
    expect(rightsOf({ roles: ["reader"], groups: ["crew"] }, roles, [group("crew", ["editor"]), group("elsewhere", ["other"])])).toEqual([
      { permission: "orders.edit", by: [{ role: "editor", group: "crew" }] },
      {
        permission: "orders.read",
        by: [
          { role: "reader", group: null },
          { role: "editor", group: "crew" },
        ],
      },
    ]);
  });

  it("are sent with the languages that have a text", () => {
    expect(inputOf({ id: "crew-lead", "name.en": "Crew lead", "name.de": " ", startPage: "", secondFactor: "optional", permissions: ["orders.read"] })).toEqual({
      id: "crew-lead",
      name: { en: "Crew lead" },
      description: {},
      startPage: null,
      secondFactor: "optional",
      permissions: ["orders.read"],
    });
  });
});
