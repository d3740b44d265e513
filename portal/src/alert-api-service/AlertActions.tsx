import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords, type TextKey } from "../words/words";
import { acknowledge, acts, ALERTS, close, markRead, snooze, type Act, type Alert } from "./alerts";

const TEXTS: Record<Act, TextKey> = { read: "alert.markRead", snooze: "alert.snooze", acknowledge: "alert.acknowledge", close: "alert.closeAlert" };
const HOUR_MS = 3_600_000;

/** How long an alert can be hidden; the server allows 30 days. */
const SNOOZES = [1, 4, 24, 72, 168] as const;

/** What the reader can do with an alert. Acknowledging and closing concern everybody whom it reached. */
export function AlertActions({ alert }: { alert: Alert }) {
  const { t } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Act>();
  const [failure, setFailure] = useState<unknown>();
  const again = () => queries.invalidateQueries({ queryKey: ALERTS });
  const end = () => {
    setAsked(undefined);
    void again();
  };
  const at = async (act: Act) => {
    setFailure(undefined);
    try {
      await (act === "read" ? markRead(alert.id) : acknowledge(alert.id));
      await again();
    } catch (problem) {
      setFailure(problem);
    }
  };
  return (
    <div className="row-actions">
      {acts(alert.state).map((act) => (
        <Button
          key={act}
          design="Transparent"
          accessibleName={`${t(TEXTS[act])}: ${alert.title}`}
          disabled={(act === "acknowledge" || act === "close") && !may("alerts.handle")}
          onClick={() => {
            if (act === "snooze" || act === "close") setAsked(act);
            else void at(act);
          }}
        >
          {t(TEXTS[act])}
        </Button>
      ))}
      {failure !== undefined && <ProblemStrip failure={failure} />}
      {asked === "snooze" && <SnoozeDialog alert={alert} onEnd={end} />}
      {asked === "close" && (
        <Confirm title={`${t("alert.closeAlert")}: ${alert.title}`} action={t("alert.closeAlert")} run={() => close(alert.id)} onEnd={end}>
          <p>{t("alert.closeConfirm")}</p>
        </Confirm>
      )}
    </div>
  );
}

function SnoozeDialog({ alert, onEnd }: { alert: Alert; onEnd: () => void }) {
  const { t } = useWords();
  const [hours, setHours] = useState<number>(1);
  return (
    <Confirm title={`${t("alert.snooze")}: ${alert.title}`} action={t("alert.snooze")} run={() => snooze(alert.id, new Date(Date.now() + hours * HOUR_MS).toISOString())} onEnd={onEnd}>
      <fieldset className="fieldset">
        <legend>{t("alert.snoozeFor")}</legend>
        {SNOOZES.map((value) => (
          <label key={value} className="choice">
            <input type="radio" name="hours" checked={hours === value} onChange={() => { setHours(value); }} />
            {value < 48 ? t("unit.hours", { count: value }) : t("unit.days", { count: value / 24 })}
          </label>
        ))}
      </fieldset>
    </Confirm>
  );
}
