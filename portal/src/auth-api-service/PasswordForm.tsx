import { asProblem, Problem } from "../api/problem";
import { useSession } from "../session/session";
import { FormDialog } from "../ui/FormDialog";
import { useWords } from "../words/words";
import { changePassword, repeats } from "./account";

/** The server's lower limit; it says so itself, too. */
const LENGTH_MIN = 12;

/** Changes the own password, which ends all sessions. */
export function PasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { refresh } = useSession();
  return (
    <FormDialog
      title={t("account.changePassword")}
      fields={[
        { kind: "secret", name: "current", label: t("account.currentPassword"), required: true, autoComplete: "current-password" },
        { kind: "secret", name: "password", label: t("signIn.newPassword"), hint: t("signIn.passwordRule", { min: LENGTH_MIN }), required: true, autoComplete: "new-password" },
        { kind: "secret", name: "repeated", label: t("account.repeatPassword"), required: true, autoComplete: "new-password" },
      ]}
      initial={{ current: "", password: "", repeated: "" }}
      save={async (values) => {
        if (!repeats(values)) throw at("repeated", t("account.passwordsDiffer"));
        await changePassword(values).catch((failure: unknown) => {
          throw asProblem(failure).code === "sign-in-refused" ? at("current", t("account.wrongPassword")) : failure;
        });
      }}
      onSaved={() => void refresh()}
      onClose={onClose}
    >
      <p>{t("account.passwordEndsSessions")}</p>
    </FormDialog>
  );
}

/** What is wrong with a field. */
const at = (parameter: string, reason: string) => new Problem({ status: 422, code: "password-refused", findings: [{ parameter, reason }] });
