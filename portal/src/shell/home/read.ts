import type { Me } from "../../session/session";
import { today } from "../../ui/days";
import type { Reader } from "../../ui/orderQuery";
import { dayZone, rememberedChoice } from "../../words/chosen";
import { administrationCards } from "./administration";
import { cardsFor, type Card, type CardWords } from "./cards";
import { workCards } from "./work";

const CARDS = [...administrationCards, ...workCards];

/** The cards of a person. */
export const cardsOf = ({ roles }: Me, may: (permission: string) => boolean): Card[] => cardsFor(CARDS, roles, may);

/** For whom the cards are read. */
export const readerOf = ({ workCenters, shownPlants }: Me, zone: string | undefined): Reader => ({ today: today(zone), workCenters, plants: shownPlants });

/** Reads what the cards of a person show; no words are needed for the requests. */
export function readCards(me: Me) {
  const held = new Set(me.permissions);
  for (const card of cardsOf(me, (permission) => held.has(permission))) void card.load(readerOf(me, dayZone(me.timeZone, rememberedChoice(me.id))), {} as CardWords);
}
