import { api, read } from "../api/client";
import type { components } from "../api/schema";
import { seconds } from "../ui/duration";
import { momentIn } from "./timer";

export type RiskMatrix = components["schemas"]["RiskMatrix"];
export type RiskLevel = components["schemas"]["RiskLevel"];

type Texts = Readonly<Record<string, string>>;

/** A text in the reader's language; English where there is none. */
export const said = (texts: Texts, language: string): string => texts[language] ?? texts["en"] ?? "";

/** The matrix that holds for the caller in a plant. Who may not read settings rates with the first that there is. */
export async function findMatrix(mayReadSettings: boolean, plant: string | undefined): Promise<RiskMatrix | null> {
  const id = mayReadSettings
    ? (await read(api.GET("/api/settings/{key}", { params: { path: { key: "notifications.risk-matrix" }, query: { plant } } }))).value
    : (await read(api.GET("/api/risk-matrices"))).items[0]?.id;
  return typeof id === "string" ? await read(api.GET("/api/risk-matrices/{id}", { params: { path: { id } } })) : null;
}

/** The key of a cell: likelihood and severity together. */
export const keyOf = (likelihood: string, severity: string): string => likelihood + severity;

/** The level of a cell. */
export function levelOf(matrix: RiskMatrix, key: string): RiskLevel | undefined {
  const cell = matrix.cells.find((one) => one.key === key);
  return cell && matrix.levels.find((level) => level.key === cell.level);
}

/** What a cell proposes for the notification: its priority, where its type has such priorities, and the day by which it must be finished. */
export function proposal(level: RiskLevel, at: { now: number; timeZone: string | null | undefined }, fits: boolean): { priority?: string; requiredEnd?: string } {
  const within = seconds(level.finishWithin);
  return {
    ...(fits && { priority: level.sapPriority }),
    ...(within !== undefined && { requiredEnd: momentIn(at.now + within * 1_000, at.timeZone).day }),
  };
}

/** The cell that an arrow key leads to: rows are likelihoods from the most likely down, columns severities; the edges hold. */
export function moved(matrix: RiskMatrix, key: string, arrow: string): string | undefined {
  const rows = [...matrix.likelihoods].reverse().map((one) => one.key);
  const columns = matrix.severities.map((one) => one.key);
  const row = rows.findIndex((one) => key.startsWith(one));
  const column = columns.findIndex((one) => key.endsWith(one));
  const [down, right] = STEPS[arrow] ?? [0, 0];
  const next = [rows[row + down], columns[column + right]];
  return STEPS[arrow] !== undefined && next[0] !== undefined && next[1] !== undefined ? keyOf(next[0], next[1]) : undefined;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
