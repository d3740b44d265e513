import type { TextKey, Words } from "../../words/words";
import { inShownPlants, type Reader } from "../../ui/orderQuery";
import type { Meaning } from "../../ui/Status";

/** A row of a card: what it is, what is to be known of it, and its page. */
export type CardRow = { key: string; text: string; detail: string; href?: string };

/** What a card shows: how much there is, and the first of it. */
export type CardContent = { count: number; rows: readonly CardRow[] };

/** What a card says its rows with. */
export type CardWords = Pick<Words, "t" | "of" | "format">;

/** A question of "what needs me?", answered by a number and the first rows. */
export type Card = {
  id: string;
  title: TextKey;
  /** What is counted, such as the reader's work centers. */
  about?: (reader: Reader) => TextKey;
  /** Whose work it is. */
  roles: readonly string[];
  /** Without it the card is not shown and nothing is read for it. */
  permission: string;
  /** The list behind the number. */
  href?: string;
  /** Whether only the plants count that the reader wants to see. */
  ofPlants?: boolean;
  /** How a number above zero is meant. */
  meaning: Meaning;
  shows: readonly string[];
  load: (reader: Reader, words: CardWords) => Promise<CardContent>;
};

/** The cards of a person, in the order given. Whoever has none of the roles that a card is made for sees what the permissions allow. */
export function cardsFor(all: readonly Card[], roles: readonly string[], may: (permission: string) => boolean): Card[] {
  const known = new Set(all.flatMap((card) => card.roles));
  const meant = roles.filter((role) => known.has(role));
  return all.filter((card) => may(card.permission) && (meant.length === 0 || card.roles.some((role) => meant.includes(role))));
}

/** The list behind a card's number, with the plants that are counted. */
export function pageOf({ href, ofPlants = false }: Pick<Card, "href" | "ofPlants">, reader: Reader): string | undefined {
  if (href === undefined || !ofPlants) return href;
  const [path = "", query = ""] = href.split("?");
  return `${path}?${inShownPlants(query, reader)}`;
}
