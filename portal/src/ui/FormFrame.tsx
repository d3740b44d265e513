import "./dialogs.css";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { useWords } from "../words/words";
import { Dialog } from "./Dialog";
import { Unsaved, type Leaving } from "./Unsaved";

type FormFrameProps = {
  title: string;
  /** What the button does, where it does not save. */
  saveText?: string | undefined;
  /** Whether something was entered that is not saved. */
  dirty: boolean;
  busy: boolean;
  /** Whether what is entered can be sent at all. */
  ready?: boolean;
  /** Whether the fields need more room than a column. */
  wide?: boolean;
  submit: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
};

/** Below this width, in CSS pixels, the dialog takes the whole screen. */
const PHONE = 600;

/** The dialog around the fields of a form. Leaving with unsaved changes asks. */
export function FormFrame({ title, saveText, dirty, busy, ready = true, wide = false, submit, onClose, children }: FormFrameProps) {
  const { t } = useWords();
  const [asks, setAsks] = useState(false);
  const [left, setLeft] = useState<Leaving>();
  const leaving = asks || left !== undefined;
  const leave = () => {
    if (dirty) setAsks(true);
    else onClose();
  };
  const stay = () => {
    setAsks(false);
    left?.reset();
  };
  const discard = () => {
    left?.proceed();
    onClose();
  };
  // Outside of a row or a form that it was opened from, which would take its clicks for their own.
  return createPortal(
    <Dialog
      headerText={title}
      stretch={innerWidth < PHONE}
      onBeforeClose={(event) => {
        if (!event.detail.escPressed) return;
        event.preventDefault();
        leave();
      }}
      footer={
        <div className="dialog-actions">
          {leaving ? (
            <>
              <span role="alert">{t("error.leaveUnsaved")}</span>
              <Button onClick={stay}>{t("action.stay")}</Button>
              <Button design="Negative" onClick={discard}>
                {t("action.discard")}
              </Button>
            </>
          ) : (
            <>
              <Button design="Emphasized" disabled={busy || !ready} onClick={() => void submit()}>
                {saveText ?? t("action.save")}
              </Button>
              <Button design="Transparent" onClick={leave}>
                {t("action.cancel")}
              </Button>
            </>
          )}
        </div>
      }
    >
      <form
        className={wide ? "form wide-form" : "form"}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void submit();
        }}
      >
        {dirty && !busy && <Unsaved onLeaving={setLeft} />}
        {children}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Dialog>,
    document.body,
  );
}
