import { Link } from "react-router";
import { useRead } from "../../ui/useRead";
import { ReadFrame } from "../../ui/ReadFrame";
import type { Reader } from "../../ui/orderQuery";
import { useWords } from "../../words/words";
import { pageOf, type Card, type CardContent } from "./cards";

/** One card: its number and first rows, each a link to where it is from. */
export function CardView({ card, reader }: { card: Card; reader: Reader }) {
  const words = useWords();
  const { t } = words;
  const content = useRead(["home", card.id, reader, words.style], () => card.load(reader, words), card.shows);
  const page = pageOf(card, reader);
  const heading = `home-${card.id}`;
  return (
    <section className="card" aria-labelledby={heading}>
      <header className="card-head">
        <div>
          <h2 id={heading}>{page === undefined ? t(card.title) : <Link to={page}>{t(card.title)}</Link>}</h2>
          {card.about && <span className="quiet">{t(card.about(reader))}</span>}
        </div>
        {content.data && <Count card={card} count={content.data.count} />}
      </header>
      <ReadFrame read={content}>{(shown) => <Rows content={shown} />}</ReadFrame>
    </section>
  );
}

function Count({ card, count }: { card: Card; count: number }) {
  const { format } = useWords();
  return <span className={`card-count ${count > 0 ? card.meaning : "good"}`}>{format.number(count)}</span>;
}

function Rows({ content: { rows } }: { content: CardContent }) {
  const { t } = useWords();
  if (rows.length === 0) return <p className="quiet">{t("home.nothing")}</p>;
  return (
    <ul className="card-rows">
      {rows.map((row) => (
        <li key={row.key}>
          {row.href === undefined ? <span>{row.text}</span> : <Link to={row.href}>{row.text}</Link>}
          <span className="quiet">{row.detail}</span>
        </li>
      ))}
    </ul>
  );
}
