import { useState, type ReactNode } from "react";
import { asProblem, Problem } from "../api/problem";
import { useWords } from "../words/words";
import { land } from "./form";
import { FormFrame } from "./FormFrame";
import { ProblemStrip } from "./ProblemStrip";

/** What a part of a form shows and changes, and what went wrong with it. */
export type DraftPart<T> = { draft: T; change: (changes: Partial<T>) => void; failure: Problem | undefined };

type DraftDialogProps<T> = {
  title: string;
  /** What the button does, where it does not save. */
  saveText?: string;
  initial: T;
  /** Whether a draft can be sent at all. */
  ready?: (draft: T) => boolean;
  wide?: boolean;
  /** Whether the draft's names are those of its fields (`DraftFields`), so that what stands at a field is not said again below. */
  listed?: boolean;
  save: (draft: T) => Promise<unknown>;
  onClose: () => void;
  children: (part: DraftPart<T>) => ReactNode;
};

/** A form whose fields come and go with what is entered, so that they cannot be listed as those of a `FormDialog`. */
export function DraftDialog<T extends object>({ title, saveText, initial: given, ready = () => true, wide = false, listed = false, save, onClose, children }: DraftDialogProps<T>) {
  const [initial] = useState(given);
  const [draft, setDraft] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Problem>();
  const submit = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await save(draft);
      onClose();
    } catch (problem) {
      setFailure(asProblem(problem));
      setBusy(false);
    }
  };
  const change = (changes: Partial<T>) => {
    setDraft((now) => ({ ...now, ...changes }));
  };
  return (
    <FormFrame title={title} saveText={saveText} dirty={JSON.stringify(draft) !== JSON.stringify(initial)} busy={busy} ready={ready(draft)} wide={wide} submit={submit} onClose={onClose}>
      {children({ draft, change, failure })}
      {failure && (listed ? <Left failure={failure} names={Object.keys(draft)} /> : <ProblemStrip failure={failure} />)}
    </FormFrame>
  );
}

/** How many fields are to be corrected, and what is about none of them. */
function Left({ failure, names }: { failure: Problem; names: readonly string[] }) {
  const { t } = useWords();
  const { faults, left } = land(names, failure.findings);
  const count = Object.keys(faults).length;
  const { status, code, title, remedy, requestId } = failure;
  return (
    <>
      {count > 0 && (
        <p className="refused" role="alert">
          {t("error.fields", { count })}
        </p>
      )}
      {count === 0 ? <ProblemStrip failure={failure} /> : left.length > 0 && <ProblemStrip failure={new Problem({ status, code, title, remedy, requestId, findings: left })} />}
    </>
  );
}
