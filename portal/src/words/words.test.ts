import { describe, expect, it } from "vitest";
import de from "./delivered/de.json";
import en from "./delivered/en.json";
import es from "./delivered/es.json";
import hi from "./delivered/hi.json";
import { formats } from "./format";
import { Words } from "./words";

const all = { de, en, es, hi };

describe("words", () => {
  it("are messages that can be formatted, in every language", () => {
    for (const [language, texts] of Object.entries(all)) {
      const words = new Words(language, "ltr", texts, undefined);
      for (const [key, text] of Object.entries(texts)) {
        const values: Record<string, number> = Object.fromEntries([...text.matchAll(/\{(\w+)/g)].map(([, name]) => [String(name), 2] as const));
        expect(words.t(key as never, values), `${language} ${key}`).not.toBe("");
      }
    }
  });

  it("follow the rules of plural of their language", () => {
    const words = new Words("en", "ltr", en, undefined);
    expect(words.t("list.rows", { count: 1 })).toBe("1 row");
    expect(words.t("list.rows", { count: 1_200 })).toBe("1,200 rows");
  });

  it("show a key of the data as it is where nobody wrote a text for it", () => {
    expect(new Words("en", "ltr", en, undefined).of("status", "ZXYZ")).toBe("ZXYZ");
  });
});

describe("formats", () => {
  it("never move a day of SAP into another time zone", () => {
    for (const zone of ["Pacific/Auckland", "America/Los_Angeles"]) {
      expect(formats("en", zone).date("2026-11-30")).toBe("Nov 30, 2026");
    }
  });

  it("show an instant in the zone of the plant", () => {
    expect(formats("de", "Asia/Kolkata").instant("2026-11-30T20:00:00Z")).toBe("01.12.2026, 01:30");
  });

  it("name the zone where the reader's clock shows another time, also over a day boundary", () => {
    const plant = formats("en", "Asia/Kolkata", "Europe/Berlin");
    expect(plant.instant("2026-11-30T20:00:00Z").replaceAll("\u202f", " ")).toBe("Dec 1, 2026, 1:30 AM GMT+5:30");
    expect(formats("de", "Europe/Berlin", "Asia/Kolkata").instant("2026-11-30T20:00:00Z")).toBe("30.11.2026, 21:00 MEZ");
  });

  it("follow daylight saving time on both sides", () => {
    const plant = formats("de", "Europe/Berlin", "UTC");
    expect(plant.instant("2026-03-29T00:59:00Z")).toBe("29.03.2026, 01:59 MEZ");
    expect(plant.instant("2026-03-29T01:00:00Z")).toBe("29.03.2026, 03:00 MESZ");
    // The same hour twice: only the name tells them apart.
    expect(plant.instant("2026-10-25T00:30:00Z")).toBe("25.10.2026, 02:30 MESZ");
    expect(plant.instant("2026-10-25T01:30:00Z")).toBe("25.10.2026, 02:30 MEZ");
  });

  it("name no zone where both clocks show the same time", () => {
    expect(formats("de", "Europe/Paris", "Europe/Berlin").instant("2026-11-30T20:00:00Z")).toBe("30.11.2026, 21:00");
    const london = formats("de", "Europe/London", "UTC");
    expect(london.instant("2026-01-15T12:00:00Z")).toBe("15.01.2026, 12:00");
    expect(london.instant("2026-07-15T12:00:00Z")).toMatch(/^15\.07\.2026, 13:00 \S+$/);
  });

  it("are in the reader's own zone where a plant has none", () => {
    const words = new Words("de", "ltr", de, "Asia/Kolkata");
    expect(words.formatIn(undefined).instant("2026-11-30T20:00:00Z")).toBe("01.12.2026, 01:30");
    expect(words.formatIn("Europe/Berlin").instant("2026-11-30T20:00:00Z")).toBe("30.11.2026, 21:00 MEZ");
    expect(words.formatIn("Europe/Berlin").date("2026-11-30")).toBe("30.11.2026");
  });

  it("say how long ago something was in the largest unit that fits", () => {
    const now = Date.parse("2026-11-30T12:00:00Z");
    expect(formats("en", undefined).ago("2026-11-30T11:58:00Z", now)).toBe("2 minutes ago");
    expect(formats("en", undefined).ago("2026-11-27T12:00:00Z", now)).toBe("3 days ago");
  });

  it("keep what they cannot read", () => {
    expect(formats("en", undefined).date("soon")).toBe("soon");
    expect(formats("en", undefined).number("12x")).toBe("12x");
    expect(formats("de", undefined).quantity(2.5, "H")).toBe("2,5 H");
  });
});
