import type { RouteObject } from "react-router";
import type { Me } from "../session/session";
import type { TextKey } from "../words/words";

/** An entry of the side navigation. */
export type Entry = {
  path: string;
  text: TextKey;
  icon: string;
  /** Without it the entry is not shown; what it opens answers only those who hold it. */
  permission: string;
  group: "work" | "assets" | "admin" | "integration" | "gateway";
  /** The key that follows g. */
  shortcut?: string;
  /** Whether the pages below it are for others, too: the server decides about each. */
  openBelow?: true;
};

/** What a route may say in its `handle`: reads what the page at an address's query shows first, as the page itself will. */
export type Reads = { reads: (me: Me, query: string) => void };

/** What a folder of a service adds to the portal. */
export type Room = { entries: readonly Entry[]; routes: readonly RouteObject[] };

/** The entry that a page belongs to: the one whose path it is or lies below. Pages that everybody may open belong to none. */
export const entryOf = (entries: readonly Entry[], path: string): Entry | undefined =>
  entries.filter((entry) => path === entry.path || (entry.openBelow !== true && path.startsWith(`${entry.path}/`))).sort((one, other) => other.path.length - one.path.length)[0];
