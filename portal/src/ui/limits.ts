import type { Words } from "../words/words";

export type Limits = { lowerLimit: number | null; upperLimit: number | null };

/** Whether a value is beyond a limit. Limits are those of now: SAP keeps no earlier ones. */
export const outside = (value: number | null | undefined, { lowerLimit, upperLimit }: Limits): boolean =>
  typeof value === "number" && ((lowerLimit !== null && value < lowerLimit) || (upperLimit !== null && value > upperLimit));

/** The limits as one text, such as 0 – 7.1 MM/S; one that is missing leaves its side open. */
export function limitsText({ lowerLimit, upperLimit, unit }: Limits & { unit: string | null }, { format }: Words): string {
  if (lowerLimit !== null && upperLimit !== null) return `${format.number(lowerLimit)} – ${format.quantity(upperLimit, unit)}`;
  if (lowerLimit !== null) return `≥ ${format.quantity(lowerLimit, unit)}`;
  return upperLimit === null ? "" : `≤ ${format.quantity(upperLimit, unit)}`;
}
