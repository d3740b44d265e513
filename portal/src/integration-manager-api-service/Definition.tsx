import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useId, useRef, useState } from "react";
import type { Versioned } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { useSession } from "../session/session";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords } from "../words/words";
import { replace, type IntegrationDetail } from "./integrations";
import { fault } from "./mapping";

const PRECONDITION_FAILED = 412;
const written = (detail: IntegrationDetail) => JSON.stringify(detail.document, null, 2);

/** The definition as JSON, which the server checks when it is saved. The version at which the edit began must still be the current one. */
export function Definition({ detail }: { detail: Versioned<IntegrationDetail> }) {
  const { t } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<{ text: string; etag: string }>();
  const [failure, setFailure] = useState<Problem>();
  const [saved, setSaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const { name } = detail.value;
  const broken = draft && fault(draft.text);
  const begin = (from: Versioned<IntegrationDetail>) => {
    setDraft({ text: written(from.value), etag: from.etag });
    setFailure(undefined);
    setSaved(false);
  };
  const save = async ({ text, etag }: { text: string; etag: string }) => {
    setBusy(true);
    setFailure(undefined);
    try {
      const now = await replace(name, etag, JSON.parse(text));
      queries.setQueryData(["integration", name], now);
      setDraft(undefined);
      setSaved(true);
    } catch (problem) {
      setFailure(asProblem(problem));
    }
    setBusy(false);
  };
  return (
    <div className="definition">
      <Editor label={t("integration.definition")} text={draft?.text ?? written(detail.value)} readOnly={draft === undefined} invalid={broken !== undefined} onText={(text) => { setDraft((now) => now && { ...now, text }); }} />
      {broken !== undefined && <p className="refused">{t("integration.notJson", { reason: broken })}</p>}
      {failure && <ProblemStrip failure={failure} />}
      {saved && <p role="status">{t("integration.saved")}</p>}
      <div className="page-actions">
        {draft === undefined ? (
          <Button disabled={!may("integrations.edit")} onClick={() => { begin(detail); }}>
            {t("action.edit")}
          </Button>
        ) : (
          <>
            <Button design="Emphasized" disabled={busy || broken !== undefined} onClick={() => void save(draft)}>
              {t("action.save")}
            </Button>
            {failure?.status === PRECONDITION_FAILED && (
              <Button onClick={() => void queries.invalidateQueries({ queryKey: ["integration", name] }).then(() => { setDraft(undefined); setFailure(undefined); })}>{t("integration.readAgain")}</Button>
            )}
            <Button design="Transparent" onClick={() => { setDraft(undefined); setFailure(undefined); }}>
              {t("action.cancel")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** A text area with the numbers of its lines. */
function Editor({ label, text, readOnly, invalid, onText }: { label: string; text: string; readOnly: boolean; invalid: boolean; onText: (text: string) => void }) {
  const id = useId();
  const numbers = useRef<HTMLPreElement>(null);
  const lines = text.split("\n").length;
  return (
    <div className="editor">
      <pre ref={numbers} aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => index + 1).join("\n")}
      </pre>
      <textarea
        id={id}
        aria-label={label}
        aria-invalid={invalid || undefined}
        wrap="off"
        spellCheck={false}
        rows={Math.min(lines, 30)}
        readOnly={readOnly}
        value={text}
        onChange={(event) => {
          onText(event.target.value);
        }}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
