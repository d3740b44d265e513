import "./commands.css";
import { Link } from "react-router";
import { api, read } from "../api/client";
import { useSession } from "../session/session";
import { useWords } from "../words/words";
import { meaningOf, OUTBOX } from "./commands";
import { Status } from "./Status";
import { useRead } from "./useRead";

/** What is on its way to SAP for an object whose own answer does not tell: what the reader entered, or all where they may see it. Nothing where there is none. */
export function OnItsWay({ object }: { object: string }) {
  const { t, of, format } = useWords();
  const { may } = useSession();
  const all = may("outbox.read");
  const { data } = useRead(["outbox-of", object, all], () => listOf(object, all), [OUTBOX]);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section aria-label={t("command.pending")}>
      <ul className="pending">
        {data.items.map(({ id, command, state, message, byName, acceptedAt }) => (
          <li key={id}>
            <span className="states">
              <Link to={`/outbox/${id}`}>{of("command", command)}</Link>
              <Status text={of("command.state", state)} meaning={meaningOf[state]} />
            </span>
            <span className="quiet">
              {byName}, {format.ago(acceptedAt)}
            </span>
            {message && <p className={meaningOf[state] === "bad" ? "refused" : "quiet"}>{message}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** So many show above an object; the rest stands in the outbox. */
const SHOWN_MAX = 20;

function listOf(object: string, all: boolean) {
  const params = { query: { object, state: ["queued", "sending", "failed", "held"], limit: SHOWN_MAX } as never };
  return all ? read(api.GET("/api/outbox", { params })) : read(api.GET("/api/my-outbox", { params }));
}
