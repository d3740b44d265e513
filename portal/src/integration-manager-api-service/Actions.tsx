import "@ui5/webcomponents-icons/dist/media-play.js";
import "@ui5/webcomponents-icons/dist/pause.js";
import "@ui5/webcomponents-icons/dist/play.js";
import "@ui5/webcomponents-icons/dist/stop.js";
import "@ui5/webcomponents-icons/dist/appointment.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { useWords } from "../words/words";
import { loaded, pause, resume, RUNNING, start, stop, type Integration, type Kind } from "./integrations";
import { ScheduleDialog } from "./ScheduleDialog";

type Asked = "run" | "stop" | "pause" | "resume" | "schedule";

/** What can be done with one integration. In a list only its icons are shown. */
export function Actions({ integration, brief = false, onDone }: { integration: Integration; brief?: boolean; onDone: () => void }) {
  const { t } = useWords();
  const { may } = useSession();
  const [asked, setAsked] = useState<Asked>();
  const { name, paused, schedule } = integration;
  const running = integration.status === RUNNING;
  const button = (what: Asked, icon: string, text: string, enabled: boolean) => (
    <Button
      key={what}
      icon={icon}
      design={brief ? "Transparent" : "Default"}
      tooltip={brief ? text : undefined}
      accessibleName={brief ? `${text}: ${name}` : undefined}
      disabled={!enabled}
      data-action={what}
      onClick={(event) => {
        event.stopPropagation();
        setAsked(what);
      }}
    >
      {brief ? undefined : text}
    </Button>
  );
  const end = () => {
    setAsked(undefined);
    onDone();
  };
  return (
    <div className="row-actions">
      {running ? button("stop", "stop", t("action.stop"), may("inbound.run")) : button("run", "play", t("integration.loadNow"), may("inbound.run"))}
      {paused ? button("resume", "media-play", t("action.resume"), may("integrations.edit")) : button("pause", "pause", t("action.pause"), may("integrations.edit") && schedule !== null)}
      {button("schedule", "appointment", t("integration.schedule"), may("integrations.edit"))}
      {asked === "run" && <RunDialog integrations={[integration]} onEnd={end} />}
      {asked === "stop" && (
        <Confirm title={`${t("action.stop")}: ${name}`} action={t("action.stop")} destructive run={() => stop(name)} onEnd={end}>
          <p>{t("integration.stopConfirm")}</p>
        </Confirm>
      )}
      {asked === "pause" && (
        <Confirm title={`${t("action.pause")}: ${name}`} action={t("action.pause")} run={() => pause(name)} onEnd={end}>
          <p>{t("integration.pauseConfirm")}</p>
        </Confirm>
      )}
      {asked === "resume" && (
        <Confirm title={`${t("action.resume")}: ${name}`} action={t("action.resume")} run={() => resume(name)} onEnd={end}>
          <p>{t("integration.resumeConfirm")}</p>
        </Confirm>
      )}
      {asked === "schedule" && <ScheduleDialog name={name} onEnd={end} />}
    </div>
  );
}

/** Asks what a run shall read, and starts it. No integration means all active ones. */
export function RunDialog({ integrations, onEnd }: { integrations: readonly Integration[]; onEnd: () => void }) {
  const { t } = useWords();
  const [kind, setKind] = useState<Kind>(integrations.length === 0 || integrations.every(loaded) ? "delta" : "load");
  const [only] = integrations;
  const title = only === undefined ? t("integration.loadAll") : `${t("integration.loadNow")}: ${only.name}`;
  const choice = (value: Kind, text: string, hint: string) => (
    <div>
      <label className="choice">
        <input
          type="radio"
          name="kind"
          checked={kind === value}
          onChange={() => {
            setKind(value);
          }}
        />
        {text}
      </label>
      <div className="quiet">{hint}</div>
    </div>
  );
  return (
    <Confirm title={title} action={t("action.start")} run={() => start(kind, integrations.map(({ name }) => name))} onEnd={onEnd}>
      <fieldset className="fieldset">
        <legend>{t("integration.loadWhat")}</legend>
        {choice("delta", t("integration.loadChanges"), t("integration.loadChangesHint"))}
        {choice("load", t("integration.loadEverything"), t("integration.loadEverythingHint"))}
      </fieldset>
    </Confirm>
  );
}
