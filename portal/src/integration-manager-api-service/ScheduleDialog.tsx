import type { Versioned } from "../api/client";
import { DraftDialog, type DraftPart } from "../ui/DraftDialog";
import { DurationInput } from "../ui/DurationInput";
import { Field } from "../ui/Field";
import { ReadFrame } from "../ui/ReadFrame";
import { useFirstRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { findIntegration, setSchedule, type IntegrationDetail, type Times } from "./integrations";

type Draft = { every: string; cron: string; by: "every" | "cron"; jitter: string; misfire: "once" | "skip"; paused: boolean };

/** The schedule of an integration, changed where the definition is still the one that was read. */
export function ScheduleDialog({ name, onEnd }: { name: string; onEnd: () => void }) {
  const detail = useFirstRead(["integration", name], () => findIntegration(name));
  return <ReadFrame read={detail}>{(found) => <Shown found={found} onEnd={onEnd} />}</ReadFrame>;
}

function Shown({ found, onEnd }: { found: Versioned<IntegrationDetail>; onEnd: () => void }) {
  const { name, document } = found.value;
  const { t } = useWords();
  return (
    <DraftDialog title={`${t("integration.schedule")}: ${name}`} initial={draftOf(document["schedule"] as Partial<Times> | undefined)} save={(draft) => setSchedule(found, timesOf(draft))} onClose={onEnd}>
      {(part) => {
        const { draft, change, failure } = part;
        return (
          <>
            <When {...part} />
            <Field label={t("integration.jitter")} hint={t("integration.jitterHint")} name="jitter" failure={failure}>
              {(ties) => <DurationInput label={t("integration.jitter")} ties={ties} min={0} value={draft.jitter} onValue={(jitter) => { change({ jitter }); }} />}
            </Field>
            <Field label={t("integration.misfire")} name="misfire" failure={failure}>
              {(ties) => (
                <select {...ties} value={draft.misfire} onChange={(event) => { change({ misfire: event.target.value as Draft["misfire"] }); }}>
                  <option value="once">{t("integration.misfireOnce")}</option>
                  <option value="skip">{t("integration.misfireSkip")}</option>
                </select>
              )}
            </Field>
            <label className="choice">
              <input type="checkbox" checked={draft.paused} onChange={(event) => { change({ paused: event.target.checked }); }} />
              {t("integration.paused")}
            </label>
          </>
        );
      }}
    </DraftDialog>
  );
}

function When({ draft, change, failure }: DraftPart<Draft>) {
  const { t } = useWords();
  const choice = (by: Draft["by"], text: string) => (
    <label className="choice">
      <input type="radio" name="by" checked={draft.by === by} onChange={() => { change({ by }); }} />
      {text}
    </label>
  );
  return (
    <fieldset className="fieldset">
      <legend>{t("integration.when")}</legend>
      <div className="choices">
        {choice("every", t("integration.every"))}
        {choice("cron", t("integration.cron"))}
      </div>
      {draft.by === "every" ? (
        <Field label={t("integration.every")} name="every" failure={failure}>
          {(ties) => <DurationInput label={t("integration.every")} ties={ties} value={draft.every} onValue={(every) => { change({ every }); }} />}
        </Field>
      ) : (
        <Field label={t("integration.cron")} hint={t("integration.cronHint")} name="cron" failure={failure}>
          {(ties) => <input type="text" {...ties} spellCheck={false} value={draft.cron} onChange={(event) => { change({ cron: event.target.value }); }} />}
        </Field>
      )}
    </fieldset>
  );
}

const draftOf = (before: Partial<Times> | undefined): Draft => ({
  every: before?.every ?? "PT5M",
  cron: before?.cron ?? "",
  by: before?.cron ? "cron" : "every",
  jitter: before?.jitter ?? "PT0S",
  misfire: before?.misfire ?? "once",
  paused: before?.paused ?? false,
});

/** What the route takes: every or cron, not both. */
const timesOf = ({ by, every, cron, jitter, misfire, paused }: Draft): Times => ({ ...(by === "every" ? { every } : { cron }), jitter, misfire, paused });
