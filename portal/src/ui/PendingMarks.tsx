import "./commands.css";
import { Link } from "react-router";
import { useWords, type TextKey, type Words } from "../words/words";
import { meaningOf, worst, type Pending, type State } from "./commands";
import { Status } from "./Status";

const SHORT: Partial<Record<State, TextKey>> = { failed: "command.markFailed", held: "command.markHeld", sending: "command.markOnItsWay", queued: "command.markOnItsWay" };

/** Says beside an object or in its row that SAP does not know yet what is shown, or refused it. */
export function PendingMark({ pending }: { pending: readonly Pick<Pending, "state">[] }) {
  const { t } = useWords();
  const state = worst(pending);
  const text = state && SHORT[state];
  return state && text ? <Status text={t(text)} meaning={meaningOf[state]} /> : null;
}

type PendingMarksProps = {
  pending: readonly Pending[];
  /** How the object's page calls and shows a value; without it a field is called by the texts `field.…`. */
  inWords?: (field: string, value: unknown) => string | undefined;
};

/** What SAP has not carried out yet about an object: each command with its state, SAP's words, and for each field the value in SAP and the one that was entered. */
export function PendingMarks({ pending, inWords }: PendingMarksProps) {
  const words = useWords();
  const { t, of } = words;
  const shown = (field: string, value: unknown) => inWords?.(field, value) ?? plain(value, words);
  return (
    <ul className="pending">
      {pending.map((one) => (
        <li key={one.id}>
          <span className="states">
            <strong>{of("command", one.command)}</strong>
            <Status text={of("command.state", one.state)} meaning={meaningOf[one.state]} />
          </span>
          {one.message && <p className={meaningOf[one.state] === "bad" ? "refused" : "quiet"}>{one.message}</p>}
          {one.changes.length > 0 && (
            <dl>
              {one.changes.map(({ field, from, to }) => (
                <div key={field}>
                  <dt>{of("field", field)}</dt>
                  <dd>{t("command.fromTo", { from: shown(field, from) || "–", to: shown(field, to) || "–" })}</dd>
                </div>
              ))}
            </dl>
          )}
          <Link to={`/outbox/${one.id}`} aria-label={`${t("command.follow")}: ${of("command", one.command)}`}>
            {t("command.follow")}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** A value as it stands: days as the reader writes them, flags as yes and no. */
export function plain(value: unknown, { t, of, format }: Words): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "form.yes" : "form.no");
  if (typeof value === "number") return format.number(value);
  if (typeof value !== "string") return JSON.stringify(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
  return /^\d{2}:\d{2}(:\d{2})?$/.test(value) ? value.slice(0, 5) : of("status", value);
}
