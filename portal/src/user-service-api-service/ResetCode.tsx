import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { CopyButton } from "../ui/CopyButton";
import { Dialog } from "../ui/Dialog";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords } from "../words/words";
import { makeResetCode } from "./users";

/** Makes a code by which a user sets a password. It is shown here and nowhere else. */
export function ResetCode({ user, onClose }: { user: string; onClose: () => void }) {
  const { t, format } = useWords();
  const [made, setMade] = useState<{ code: string; endsAt: string }>();
  const [failure, setFailure] = useState<unknown>();
  const make = async () => {
    setFailure(undefined);
    try {
      setMade(await makeResetCode(user));
    } catch (problem) {
      setFailure(problem);
    }
  };
  return (
    <Dialog
      headerText={t("admin.resetCode")}
      onClose={onClose}
      footer={
        <div className="dialog-actions">
          {made === undefined ? (
            <Button design="Emphasized" onClick={() => void make()}>
              {t("admin.makeCode")}
            </Button>
          ) : (
            <CopyButton text={made.code} />
          )}
          <Button design="Transparent" onClick={onClose}>
            {t("action.close")}
          </Button>
        </div>
      }
    >
      <div className="form">
        {failure !== undefined && <ProblemStrip failure={failure} />}
        {made === undefined ? (
          <p>{t("admin.resetCodeHint", { user })}</p>
        ) : (
          <>
            <p role="status">{t("admin.resetCodeOnce", { user, time: format.instant(made.endsAt) })}</p>
            <code className="secret">{made.code}</code>
          </>
        )}
      </div>
    </Dialog>
  );
}
