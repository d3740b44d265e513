import { useState } from "react";
import { matchRoutes, Navigate } from "react-router";
import { rooms } from "../rooms";
import { pages } from "../routes";
import { useMe, useSession } from "../session/session";
import { isFirst } from "../session/start";
import { Empty } from "../ui/Empty";
import { usePageTitle } from "../ui/page";
import { useWords } from "../words/words";
import { CardView } from "./home/CardView";
import { cardsOf, readerOf } from "./home/read";
import { entryOf } from "./navigation";

/** The first page after the sign-in: the start page of the person's role where the portal has it, else the cards. */
export default function Home() {
  const { may } = useSession();
  const { startPage } = useMe();
  const [first] = useState(isFirst);
  return first && startPage !== null && opens(startPage, may) ? <Navigate to={startPage} replace /> : <Cards />;
}

/** Whether there is a page at a path, and it is for who asks. */
function opens(path: string, may: (permission: string) => boolean): boolean {
  const found = matchRoutes(pages, path)?.at(-1)?.route.path;
  const entry = entryOf(rooms.flatMap((room) => room.entries), path);
  return found !== undefined && found !== "*" && (entry === undefined || may(entry.permission));
}

/** What needs the person who signed in. */
function Cards() {
  const { t, dayZone } = useWords();
  const { may } = useSession();
  const me = useMe();
  usePageTitle(t("shell.home"));
  const reader = readerOf(me, dayZone);
  const cards = cardsOf(me, may);
  return (
    <section className="page">
      <h1>{me.displayName}</h1>
      {cards.length === 0 ? (
        <Empty title={t("home.noCards")} hint={t("error.askAdministrator")} />
      ) : (
        <div className="cards">
          {cards.map((card) => (
            <CardView key={card.id} card={card} reader={reader} />
          ))}
        </div>
      )}
    </section>
  );
}
