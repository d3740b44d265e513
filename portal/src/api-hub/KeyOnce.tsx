import "./hub.css";
import "../ui/dialogs.css";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { createPortal } from "react-dom";
import { CopyButton } from "../ui/CopyButton";
import { Dialog } from "../ui/Dialog";
import { Unsaved, type Leaving } from "../ui/Unsaved";
import { useWords } from "../words/words";
import type { ShownOnce } from "./applications";

/** A key and its secret, shown this once. The dialog closes only when somebody says that they have kept both. */
export function KeyOnce({ made, onEnd }: { made: ShownOnce; onEnd: () => void }) {
  const { t } = useWords();
  const [kept, setKept] = useState(false);
  return createPortal(
    <Dialog
      className="confirm key-once"
      headerText={t("apiHub.keyOf", { name: made.application.name })}
      onBeforeClose={(event) => {
        if (!kept) event.preventDefault();
      }}
      onClose={onEnd}
      footer={
        <div className="dialog-actions">
          <Button design="Emphasized" disabled={!kept} onClick={onEnd}>
            {t("action.close")}
          </Button>
        </div>
      }
    >
      <div className="confirm-content">
        {!kept && <Unsaved onLeaving={stay} />}
        <p className="key-warning">
          <strong>{t("apiHub.shownOnce")}</strong> {t("apiHub.shownOnceHint")}
        </p>
        <Copyable label={t("apiHub.key")} value={made.key} />
        <Copyable label={t("apiHub.secret")} value={made.secret} />
        <label className="choice">
          <input type="checkbox" checked={kept} onChange={(event) => { setKept(event.target.checked); }} />
          {t("apiHub.haveKept")}
        </label>
      </div>
    </Dialog>,
    document.body,
  );
}

const stay = (leaving: Leaving | undefined) => leaving?.reset();

/** A value with a button that copies it. */
export function Copyable({ label, value }: { label: string; value: string }) {
  return (
    <div className="copyable">
      <span className="quiet">{label}</span>
      <code tabIndex={0} aria-label={label}>
        {value}
      </code>
      <CopyButton text={value} name={label} />
    </div>
  );
}
