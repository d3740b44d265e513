import "./alerts.css";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Link } from "react-router";
import type { Versioned } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { Field } from "../ui/Field";
import { usePageTitle } from "../ui/page";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { LANGUAGES, useWords } from "../words/words";
import { findPreferences, savePreferences, type Wishes } from "./alerts";

type Preferences = Awaited<ReturnType<typeof findPreferences>>["value"];

const KEY = ["alert-preferences"];

/** How the user wants to be informed beside the inbox. */
export default function PreferencesPage() {
  const { t } = useWords();
  const preferences = useRead(KEY, findPreferences);
  usePageTitle(t("alert.preferences"));
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("alert.preferences")}
        </h1>
        <Link to="/alerts">{t("nav.alerts")}</Link>
      </header>
      <ReadFrame read={preferences}>{(found) => <Form key={found.etag} found={found} />}</ReadFrame>
    </section>
  );
}

function Form({ found }: { found: Versioned<Preferences> }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { language, zone, channels, quietHours, email } = found.value;
  const [draft, setDraft] = useState<Wishes>({ language, zone, channels, quietHours, email });
  const [failure, setFailure] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const change = (changes: Partial<Wishes>) => {
    setDraft((now) => ({ ...now, ...changes }));
  };
  const save = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      queries.setQueryData(KEY, await savePreferences(found.etag, draft));
    } catch (problem) {
      setFailure(asProblem(problem));
    }
    setBusy(false);
  };
  const chosen = draft.channels ?? [];
  const changed = JSON.stringify(draft) !== JSON.stringify({ language, zone, channels, quietHours, email });
  return (
    <form
      className="alert-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset className="fieldset">
        <legend>{t("alert.channels")}</legend>
        <p className="quiet">{t("alert.channelsHint")}</p>
        <label className="choice">
          <input type="checkbox" checked={chosen.includes("email")} onChange={(event) => { change({ channels: event.target.checked ? [...chosen, "email"] : chosen.filter((channel) => channel !== "email") }); }} />
          {t("alert.channel.email")}
        </label>
        <Field label={t("alert.email")} hint={t("alert.emailHint")} name="email" failure={failure}>
          {(ties) => <input type="email" autoComplete="email" {...ties} value={draft.email ?? ""} onChange={(event) => { change({ email: event.target.value === "" ? null : event.target.value }); }} />}
        </Field>
      </fieldset>
      <QuietHours draft={draft} failure={failure} change={change} />
      <Field label={t("alert.language")} name="language" failure={failure}>
        {(ties) => (
          <select {...ties} value={draft.language} onChange={(event) => { change({ language: event.target.value }); }}>
            {[...new Set([...LANGUAGES, language])].map((one) => (
              <option key={one} value={one}>
                {new Intl.DisplayNames([one], { type: "language" }).of(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {failure && <ProblemStrip failure={failure} />}
      <div className="page-actions">
        <Button design="Emphasized" disabled={busy || !changed} onClick={() => void save()}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}

/** When e-mail waits. Critical alerts never do. */
function QuietHours({ draft, failure, change }: { draft: Wishes; failure: Problem | undefined; change: (changes: Partial<Wishes>) => void }) {
  const { t } = useWords();
  const { quietHours, zone } = draft;
  const time = (end: "from" | "to", label: string) =>
    quietHours && (
      <Field label={label} name={`quietHours.${end}`} failure={failure}>
        {(ties) => <input type="time" {...ties} value={quietHours[end].slice(0, 5)} onChange={(event) => { change({ quietHours: { ...quietHours, [end]: event.target.value } }); }} />}
      </Field>
    );
  return (
    <fieldset className="fieldset">
      <legend>{t("alert.quietHours")}</legend>
      <p className="quiet">{t("alert.quietHoursHint")}</p>
      <label className="choice">
        <input type="checkbox" checked={Boolean(quietHours)} onChange={(event) => { change({ quietHours: event.target.checked ? { from: "22:00", to: "06:00" } : null }); }} />
        {t("alert.quietHours")}
      </label>
      {quietHours && (
        <div className="fields">
          {time("from", t("filter.from"))}
          {time("to", t("filter.to"))}
          <Field label={t("alert.zone")} hint={t("alert.zoneHint")} name="zone" failure={failure}>
            {(ties) => (
              <select {...ties} value={zone ?? ""} onChange={(event) => { change({ zone: event.target.value === "" ? null : event.target.value }); }}>
                <option value="">–</option>
                {Intl.supportedValuesOf("timeZone").map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
    </fieldset>
  );
}
