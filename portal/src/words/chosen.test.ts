import { describe, expect, it } from "vitest";
import { today } from "../ui/days";
import { mondayOf } from "../workorder-api-service/timeSheet";
import en from "./delivered/en.json";
import { AS_USUAL, chosenBy, dayZone, plantOf } from "./chosen";
import { formats } from "./format";
import { Words } from "./words";

const held = (values: Record<string, unknown>, level = "user") => Object.entries(values).map(([key, value]) => ({ key: `formats.${key}`, value, level }));

describe("the settings of formats", () => {
  it("are as usual in the language where nobody chose anything", () => {
    expect(chosenBy([])).toEqual(AS_USUAL);
    expect(chosenBy(held({ numbers: "by-language", dates: "by-language", "plant-time-zone": "UTC", "time-zone": "plant" }, "delivered"))).toEqual(AS_USUAL);
  });

  it("give numbers the separators that were chosen, in any language", () => {
    const of = (numbers: string, language: string) => formats(language, undefined, undefined, chosenBy(held({ numbers }))).number(1234.56);
    for (const language of ["en", "de", "es", "hi"]) {
      expect(of("comma", language)).toBe("1.234,56");
      expect(of("point", language)).toBe("1,234.56");
      expect(of("space", language)).toBe("1\u00a0234.56");
    }
    expect(of("by-language", "de")).toBe("1.234,56");
    expect(of("by-language", "en")).toBe("1,234.56");
  });

  it("also where a text counts something", () => {
    expect(new Words("en", "ltr", en, undefined, chosenBy(held({ numbers: "comma" }))).t("list.rows", { count: 1_200 })).toBe("1.200 rows");
  });

  it("write days, and the day of an instant in its zone, by ISO 8601", () => {
    const format = formats("en", "Asia/Kolkata", "Asia/Kolkata", chosenBy(held({ dates: "iso" })));
    expect(format.date("2027-01-31")).toBe("2027-01-31");
    expect(format.instant("2027-01-31T20:00:00Z").replaceAll("\u202f", " ")).toBe("2027-02-01, 1:30 AM");
  });
});

describe("today", () => {
  const now = new Date("2026-11-30T10:30:00Z"); // In Auckland it is past midnight; in Pago Pago it is not yet.
  const inPlant = (zone: string, whose = "plant") => chosenBy(held({ "plant-time-zone": zone, "time-zone": whose }, "plant"));

  it("is the plant's day for who works in plant time, on either side of the date line", () => {
    expect(today(dayZone("Pacific/Pago_Pago", inPlant("Pacific/Auckland")), now)).toBe("2026-11-30");
    const later = new Date("2026-11-30T11:30:00Z");
    expect(today(dayZone("Pacific/Pago_Pago", inPlant("Pacific/Auckland")), later)).toBe("2026-12-01");
    expect(today(dayZone("Pacific/Auckland", inPlant("Pacific/Pago_Pago")), now)).toBe("2026-11-29");
  });

  it("is the own day for who works in their own time, and for who has a zone where the plant has none", () => {
    expect(today(dayZone("Pacific/Kiritimati", inPlant("Pacific/Pago_Pago", "user")), now)).toBe("2026-12-01");
    expect(today(dayZone("Pacific/Kiritimati", AS_USUAL), now)).toBe("2026-12-01");
    expect(dayZone(null, inPlant("Pacific/Pago_Pago", "user"))).toBe("Pacific/Pago_Pago");
    expect(dayZone(null, AS_USUAL)).toBeUndefined();
  });

  it("decides which week the time sheet opens with", () => {
    const sunday = new Date("2026-11-29T23:30:00Z");
    expect(mondayOf(null, today(dayZone(null, inPlant("Pacific/Auckland")), sunday))).toBe("2026-11-30");
    expect(mondayOf(null, today(dayZone(null, inPlant("Pacific/Pago_Pago")), sunday))).toBe("2026-11-23");
  });

  it("is by the plant that the reader sees or wants to see, where that is one", () => {
    expect(plantOf({ shownPlants: ["2000"], plants: ["1000", "2000"] })).toBe("2000");
    expect(plantOf({ shownPlants: [], plants: ["1000"] })).toBe("1000");
    expect(plantOf({ shownPlants: [], plants: ["1000", "2000"] })).toBeUndefined();
  });
});
