import { Button } from "@ui5/webcomponents-react/Button";
import { useId, useState } from "react";
import { Dialog } from "../ui/Dialog";
import { download } from "../ui/export";
import { useWords } from "../words/words";

/** The codes are not kept anywhere, so the dialog closes only when somebody says that they have them. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useWords();
  const [saved, setSaved] = useState(false);
  const id = useId();
  return (
    <Dialog
      headerText={t("account.recoveryCodes")}
      onBeforeClose={(event) => {
        if (event.detail.escPressed) event.preventDefault();
      }}
      footer={
        <div className="dialog-actions">
          <Button onClick={() => { download(new Blob([codes.join("\n")], { type: "text/plain" }), "recovery-codes.txt"); }}>{t("action.download")}</Button>
          <Button design="Emphasized" disabled={!saved} onClick={onClose}>
            {t("action.finish")}
          </Button>
        </div>
      }
    >
      <div className="form">
        <p>{t("account.recoveryCodesOnce")}</p>
        <ul className="secret recovery-codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="field beside">
          <label htmlFor={id}>{t("account.codesSaved")}</label>
          <input id={id} type="checkbox" checked={saved} onChange={(event) => { setSaved(event.target.checked); }} />
        </div>
      </div>
    </Dialog>
  );
}
