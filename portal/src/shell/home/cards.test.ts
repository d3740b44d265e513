import { describe, expect, it } from "vitest";
import { administrationCards } from "./administration";
import { cardsFor, pageOf } from "./cards";
import { workCards } from "./work";

const all = [...administrationCards, ...workCards];
const everything = () => true;
const shown = (roles: string[], may: (permission: string) => boolean = everything) => cardsFor(all, roles, may).map(({ id }) => id);

describe("the cards of a person", () => {
  it("follow the role", () => {
    expect(shown(["planner"])).toEqual(["without-order", "overdue", "open-by-priority", "this-week"]);
    expect(shown(["supervisor"])).toEqual(["in-work", "overdue-mine"]);
    expect(shown(["technician"])).toEqual(["today", "ahead", "new"]);
    expect(shown(["operator"])).toEqual(shown(["technician"]));
    expect(shown(["administrator"])).toEqual(administrationCards.map(({ id }) => id));
  });

  it("are those of all roles that a person has", () => {
    expect(shown(["supervisor", "technician"])).toEqual(["in-work", "overdue-mine", "today", "ahead", "new"]);
  });

  it("are hidden without the permission", () => {
    expect(shown(["planner"], (permission) => permission === "notifications.read")).toEqual(["without-order"]);
    expect(shown(["administrator"], () => false)).toEqual([]);
  });

  it("are all that a role of the installation's own may read", () => {
    expect(shown(["night-shift"], (permission) => permission === "notifications.read")).toEqual(["without-order", "new"]);
  });

  it("open a list with the filter that the number is counted by", () => {
    const today = workCards.find(({ id }) => id === "today");
    expect(today?.href).toBe("/orders?mine=true&start=today&status=REL,PCNF&sort=priority");
  });

  it("count and list the plants that the person wants to see", () => {
    const reader = { today: "2026-12-02", workCenters: [], plants: ["1000"] };
    expect(pageOf({ href: "/orders?overdue=true", ofPlants: true }, reader)).toBe("/orders?overdue=true&plant=1000");
    expect(pageOf({ href: "/admin/users?status=invited" }, reader)).toBe("/admin/users?status=invited");
    expect(workCards.every((card) => card.ofPlants)).toBe(true);
  });
});
