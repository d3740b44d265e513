import { useId, useState, type SubmitEvent } from "react";
import { asProblem, type Problem } from "../api/problem";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords } from "../words/words";

/** What was entered; the code only where the form asks for one. */
export type Entered = { user: string; password: string; code: string };

/** A password of at least so many characters; the server asks for it, too. */
const LENGTH_MIN = 12;

type PasswordPairProps = {
  title: string;
  submitText: string;
  asksCode?: boolean;
  /** Sends it; fails with what the server says against it. */
  send: (entered: Entered) => Promise<void>;
};

/** Sets a password of somebody who is not signed in: the user name, the password twice, and where needed a code. */
export function PasswordPair({ title, submitText, asksCode = false, send }: PasswordPairProps) {
  const { t } = useWords();
  const id = useId();
  const [problem, setProblem] = useState<Problem>();
  const [differ, setDiffer] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const field = (name: string) => {
      const value = fields.get(name);
      return typeof value === "string" ? value : "";
    };
    const differs = field("password") !== field("repeated");
    setDiffer(differs);
    setProblem(undefined);
    if (differs) return;
    setBusy(true);
    try {
      await send({ user: field("user").trim(), password: field("password"), code: field("code").trim() });
    } catch (failure) {
      setProblem(asProblem(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={title}>
      <h2 className="section-title">{title}</h2>
      <label htmlFor={`${id}-user`}>{t("signIn.user")}</label>
      <input id={`${id}-user`} name="user" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      {asksCode && (
        <>
          <label htmlFor={`${id}-code`}>{t("signIn.resetCode")}</label>
          <input id={`${id}-code`} name="code" autoComplete="off" autoCapitalize="none" spellCheck={false} required />
        </>
      )}
      <label htmlFor={`${id}-password`}>{t("signIn.newPassword")}</label>
      <input id={`${id}-password`} name="password" type="password" autoComplete="new-password" required aria-describedby={`${id}-rule`} />
      <span id={`${id}-rule`} className="quiet">
        {t("signIn.passwordRule", { min: LENGTH_MIN })}
      </span>
      <label htmlFor={`${id}-repeated`}>{t("account.repeatPassword")}</label>
      <input id={`${id}-repeated`} name="repeated" type="password" autoComplete="new-password" required aria-invalid={differ} />
      {differ && (
        <p role="alert" className="refused">
          {t("account.passwordsDiffer")}
        </p>
      )}
      {problem && <ProblemStrip failure={problem} />}
      <button type="submit" className="primary wide" disabled={busy}>
        {submitText}
      </button>
    </form>
  );
}
