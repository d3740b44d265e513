import "./commands.css";
import "@ui5/webcomponents-icons/dist/decline.js";
import { useQuery } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useSyncExternalStore } from "react";
import { Link } from "react-router";
import { useWords, type Words } from "../words/words";
import { findItem, given, isNumbered, isOver, meaningOf, OUTBOX, pageOf, type Given, type Item } from "./commands";
import { short } from "./numbers";

/** Tells what became of the commands that the reader gave, and goes on telling it until each is posted or closed. */
export default function Outcomes() {
  const { t } = useWords();
  const all = useSyncExternalStore(given.subscribe, given.now);
  return (
    <div className="outcomes" role="log" aria-label={t("command.outcomes")}>
      {all.map((one) => (
        <Outcome key={one.id} given={one} />
      ))}
    </div>
  );
}

function Outcome({ given: { id, what, item: first } }: { given: Given }) {
  const words = useWords();
  const { t } = words;
  const { data: item } = useQuery<Item>({
    queryKey: ["outcome", id],
    queryFn: () => findItem(id),
    ...(first && { initialData: first }),
    enabled: first === undefined || !isOver(first.state),
    meta: { shows: [OUTBOX] },
  });
  const meaning = item === undefined ? "bad" : meaningOf[item.state];
  const page = item && pageOf(item);
  return (
    <div className={`outcome ${meaning}`}>
      <div>
        <strong>{what}: </strong>
        {item === undefined ? t("command.refused") : said(item, words)}
        <div className="links">
          {item && page && <Link to={page}>{isNumbered(page.slice(page.lastIndexOf("/") + 1)) ? `${t(item.command === "create-order" ? "object.work-order" : "object.notification")} ${short(item.sapNumber)}` : t("command.open")}</Link>}
          {item?.state !== "posted" && <Link to={`/outbox/${id}`}>{t(meaning === "bad" ? "command.correct" : "command.follow")}</Link>}
        </div>
      </div>
      <Button icon="decline" design="Transparent" accessibleName={`${t("action.close")}: ${what}`} onClick={() => { given.remove(id); }} />
    </div>
  );
}

function said({ state, number, sapNumber, message, remedy, command }: Item, { t }: Words): string {
  const why = [message, remedy].filter(Boolean).map((one) => String(one).replace(/[^.!?।]$/, "$&.")).join(" ");
  switch (state) {
    case "posted":
      return sapNumber === null || sapNumber === number || pageOf({ command, id: "", sapNumber }) !== undefined ? t("command.posted") : t("command.postedAs", { number: sapNumber.split("/").map(short).join(" / ") });
    case "queued":
    case "sending":
      return t("command.onItsWay");
    case "held":
      return `${t("command.held")} ${why}`;
    case "failed":
      return `${t("command.refused")} ${why}`;
    case "discarded":
      return t("command.discarded");
  }
}
