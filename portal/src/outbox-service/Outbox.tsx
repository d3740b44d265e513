import "./outbox.css";
import { useSession } from "../session/session";
import { Facts } from "../ui/ObjectFrame";
import { useRead } from "../ui/useRead";
import { OUTBOX } from "../ui/commands";
import { useWords } from "../words/words";
import { ItemList } from "./ItemList";
import { findFigures, listItems, STUCK } from "./outbox";

/** The commands to SAP of all people; at first those about which a person has to decide. */
export default function Outbox() {
  const { t } = useWords();
  return <ItemList page="outbox" title={t("nav.outbox")} load={listItems} opens={`state=${STUCK}`} byOthers above={<FiguresStrip />} />;
}

/** How many commands are in which state, and how long the oldest has been on its way. */
function FiguresStrip() {
  const { t, of, format } = useWords();
  const { may } = useSession();
  const { data: figures } = useRead(["outbox-figures"], findFigures, [OUTBOX], may("outbox.read"));
  if (figures === undefined) return <div className="outbox-figures later-figures" />;
  return (
    <div className="outbox-figures" role="group" aria-label={t("outbox.figures")}>
      <Facts
        facts={[
          ...(["failed", "held", "queued", "sending"] as const).map((state) => ({ label: of("command.state", state), value: format.number(figures.states[state] ?? 0) })),
          { label: t("outbox.oldest"), value: figures.oldestUnsettled && <span title={format.instant(figures.oldestUnsettled)}>{format.ago(figures.oldestUnsettled)}</span> },
          { label: t("outbox.postedLastHour"), value: format.number(figures.postedLastHour) },
        ]}
      />
    </div>
  );
}
