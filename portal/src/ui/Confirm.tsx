import "./dialogs.css";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { asProblem, type Problem } from "../api/problem";
import { useWords } from "../words/words";
import { Dialog } from "./Dialog";
import { ProblemStrip } from "./ProblemStrip";

type ConfirmProps = {
  title: string;
  /** What will happen, or what has to be decided before. */
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  /** Whether it takes something away that does not come back. */
  destructive?: boolean;
  run: () => Promise<unknown>;
  /** The dialog is over: it was done, or called off. */
  onEnd: () => void;
};

/** Asks before something is done, does it, and stays open with the reason when it fails. */
export function Confirm({ title, children, action, destructive = false, run, onEnd }: ConfirmProps) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Problem>();
  const carryOut = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await run();
      onEnd();
    } catch (problem) {
      setFailure(asProblem(problem));
      setBusy(false);
    }
  };
  // Outside of a row or a form that it was asked in, which would take its clicks for their own.
  return createPortal(
    <Dialog
      className="confirm"
      headerText={title}
      onClose={onEnd}
      footer={
        <div className="dialog-actions">
          <Button design={destructive ? "Negative" : "Emphasized"} disabled={busy} onClick={() => void carryOut()}>
            {action}
          </Button>
          <Button design="Transparent" onClick={onEnd}>
            {t("action.cancel")}
          </Button>
        </div>
      }
    >
      <div className="confirm-content">
        {children}
        {failure && <ProblemStrip failure={failure} />}
      </div>
    </Dialog>,
    document.body,
  );
}
