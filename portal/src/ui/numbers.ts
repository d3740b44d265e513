/** A number of SAP as people write it: without the zeros that SAP puts before it. */
export const short = (number: string | null | undefined): string => (number ?? "").replace(/^0+(?=\d+$)/, "");
