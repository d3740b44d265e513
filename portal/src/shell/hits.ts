import type { components } from "../api/schema";

export type Hit = components["schemas"]["Hit"];

/** The hit that was asked for without being chosen: the only one, or that whose number was written. */
export function meant(hits: readonly Hit[], written: string): Hit | undefined {
  const asked = plain(written);
  const same = hits.filter((hit) => plain(hit.key) === asked);
  if (same.length === 1) return same[0];
  return hits.length === 1 ? hits[0] : undefined;
}

/** A number without leading zeros, in which case does not matter. */
const plain = (text: string) => text.trim().replace(/^0+(?=\d)/, "").toUpperCase();
