import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { levelOf, moved, proposal, said, type RiskMatrix } from "./risk";

const SEED = "../services/src/main/resources/io/imaint/services/seed/RiskMatrix.json";
const matrix = (JSON.parse(readFileSync(SEED, "utf8")) as { documents: RiskMatrix[] }).documents[0];
if (matrix === undefined) throw new Error("no risk matrix is delivered");

/** The level of a cell of the delivered matrix. */
function level(key: string) {
  const found = matrix && levelOf(matrix, key);
  if (found === undefined) throw new Error(`no cell ${key}`);
  return found;
}

const NOON = Date.UTC(2026, 2, 1, 12);

describe("a cell of the delivered matrix", () => {
  it("has the level of its likelihood and severity", () => {
    expect([level("A1").key, level("E5").key]).toEqual(["low", "extreme"]);
    expect(levelOf(matrix, "Z9")).toBeUndefined();
  });

  it("proposes the priority and the day by which the work must be finished", () => {
    expect(proposal(level("E5"), { now: NOON, timeZone: "UTC" }, true)).toEqual({ priority: "1", requiredEnd: "2026-03-02" });
    expect(proposal(level("A1"), { now: NOON, timeZone: "UTC" }, true)).toEqual({ priority: "4", requiredEnd: "2026-05-30" });
  });

  it("proposes the day that it is at the person's place", () => {
    const late = Date.UTC(2026, 2, 1, 23, 30);
    expect(proposal(level("E5"), { now: late, timeZone: "Asia/Kolkata" }, true).requiredEnd).toBe("2026-03-03");
  });

  it("proposes no priority that the notification's type does not have", () => {
    expect(proposal(level("E5"), { now: NOON, timeZone: "UTC" }, false)).toEqual({ requiredEnd: "2026-03-02" });
  });
});

describe("arrow keys", () => {
  it("lead from cell to cell, and not over the edge", () => {
    expect(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].map((arrow) => moved(matrix, "C3", arrow))).toEqual(["D3", "B3", "C2", "C4"]);
    expect([moved(matrix, "E5", "ArrowUp"), moved(matrix, "E5", "ArrowRight"), moved(matrix, "A1", "ArrowDown"), moved(matrix, "A1", "ArrowLeft")]).toEqual([undefined, undefined, undefined, undefined]);
    expect(moved(matrix, "C3", "Enter")).toBeUndefined();
  });
});

describe("a text", () => {
  it("is said in the reader's language, in English where there is none", () => {
    expect([said({ en: "High", de: "Hoch" }, "de"), said({ en: "High" }, "de"), said({}, "de")]).toEqual(["Hoch", "High", ""]);
  });
});
