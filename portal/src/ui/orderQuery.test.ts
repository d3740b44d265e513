import { describe, expect, it } from "vitest";
import { notificationParameters } from "./notificationQuery";
import { inShownPlants, orderParameters, placesOf } from "./orderQuery";

const reader = { today: "2026-12-02", workCenters: ["1000/MECH", "1000/ELEC", "1010/MECH"] };

describe("the query of the orders' address", () => {
  it("passes on what the route knows and leaves out the rest", () => {
    expect(orderParameters("status=CRTD,REL&overdue=true&sort=priority&group=plant&colour=red", reader)).toEqual({ status: ["CRTD", "REL"], overdue: "true", today: reader.today, sort: "priority" });
  });

  it("finds all below a functional location", () => {
    expect(orderParameters("functionalLocation=1000-FIL", reader)).toEqual({ functionalLocation: "1000-FIL**" });
    expect(orderParameters("functionalLocation=1000-FIL*", reader)).toEqual({ functionalLocation: "1000-FIL*" });
  });

  it("stands for the reader's work centers", () => {
    expect(orderParameters("mine=true", reader)).toEqual({ plant: ["1000", "1010"], workCenter: ["MECH", "ELEC"] });
    expect(orderParameters("mine=true&workCenter=INST", reader)).toEqual({ plant: ["1000", "1010"], workCenter: ["INST"] });
    expect(orderParameters("mine=true", { ...reader, workCenters: [] })).toEqual({});
  });

  it("moves periods with the calendar", () => {
    expect(orderParameters("start=week", reader)).toEqual({ startFrom: "2026-11-30", startTo: "2026-12-06" });
    expect(orderParameters("start=ahead", reader)).toEqual({ startFrom: "2026-12-03", startTo: "2026-12-09" });
    expect(orderParameters("start=today", reader)).toEqual({ startTo: "2026-12-02" });
    expect(orderParameters("start=never", reader)).toEqual({});
  });

  it("lets a date that was chosen win over a period", () => {
    expect(orderParameters("start=week&startTo=2026-12-04", reader)).toEqual({ startFrom: "2026-11-30", startTo: "2026-12-04" });
  });

  it("leaves out what a work center does not name", () => {
    expect(placesOf(["1000/"])).toEqual({ plant: ["1000"], workCenter: [] });
  });
});

describe("the plants that a person wants to see", () => {
  it("narrow a query that names none itself", () => {
    expect(inShownPlants("", { plants: ["1000", "A&B"] })).toBe("plant=1000,A%26B");
    expect(inShownPlants("mine=true", { plants: ["1000"] })).toBe("mine=true&plant=1000");
    expect(inShownPlants("plant=2000", { plants: ["1000"] })).toBe("plant=2000");
    expect(inShownPlants("mine=true", { plants: [] })).toBe("mine=true");
  });
});

describe("the query of the notifications' address", () => {
  it("tells without order from with order", () => {
    expect(notificationParameters("withOrder=false&open=true&group=x")).toEqual({ withOrder: "false", open: "true" });
    expect(notificationParameters("functionalLocation=A&status=OSNO,NOPR")).toEqual({ functionalLocation: "A**", status: ["OSNO", "NOPR"] });
  });
});
