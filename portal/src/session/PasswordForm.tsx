import { useRef, useState, type SubmitEvent } from "react";
import { api, read } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { ProblemStrip } from "../ui/ProblemStrip";
import { useWords } from "../words/words";
import { mustSetUpFactor } from "./factor";
import { askPasskey, PasskeyCalledOff, takesPasskeys } from "./passkey";
import { useSession } from "./session";
import { signedIn } from "./start";

type Given = { user: string; password: string };

/** How a user can show a second factor. */
type Ways = { passkey: boolean; code: boolean };

/** What went wrong: the server's refusal, or a passkey that did not come. */
type Failed = { problem: Problem } | "called off";

/** Asks for user and password, and then for the second factor that the user has: a passkey, a code, or either. */
export function PasswordForm() {
  const { t } = useWords();
  const { refresh } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [ways, setWays] = useState<Ways>();
  const [failed, setFailed] = useState<Failed>();
  const [busy, setBusy] = useState(false);

  const field = (name: string) => {
    const value = form.current === null ? null : new FormData(form.current).get(name);
    return typeof value === "string" ? value : "";
  };
  const given = (): Given => ({ user: field("user"), password: field("password") });

  const signIn = async (second: { code?: string; passkey?: unknown }) => {
    await read(api.POST("/api/auth/sign-in", { body: { ...given(), browser: true, ...second } }));
    // Whoever has to set up a second factor first can do nothing else, so that is where they go.
    if (mustSetUpFactor(await read(api.GET("/api/me")))) history.replaceState(null, "", "/account");
    signedIn();
    await refresh();
  };

  const attempt = async (doing: () => Promise<void>) => {
    setBusy(true);
    setFailed(undefined);
    try {
      await doing();
    } catch (failure) {
      if (failure instanceof PasskeyCalledOff) setFailed("called off");
      else if (asProblem(failure).code === "second-factor-required") await attempt(async () => { setWays(await waysOf(given())); });
      else setFailed({ problem: asProblem(failure) });
    } finally {
      setBusy(false);
    }
  };

  const withCode = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = field("code").replaceAll(/\s/g, "");
    void attempt(() => signIn(code ? { code } : {}));
  };
  /** What it signs is good once, so it is asked for each time. */
  const withPasskey = () =>
    attempt(async () => {
      const { passkey } = await optionsOf(given());
      if (passkey) await signIn({ passkey: await askPasskey(passkey) });
    });

  return (
    <form ref={form} onSubmit={withCode} aria-label={t("signIn.title")}>
      <label htmlFor="user">{t("signIn.user")}</label>
      <input id="user" name="user" autoComplete="username" autoCapitalize="none" spellCheck={false} required readOnly={ways !== undefined} />
      <label htmlFor="password">{t("signIn.password")}</label>
      <input id="password" name="password" type="password" autoComplete="current-password" required readOnly={ways !== undefined} />
      {ways?.passkey && (
        <button type="button" className="primary wide" disabled={busy} onClick={() => void withPasskey()} ref={focused}>
          {t("signIn.passkey")}
        </button>
      )}
      {ways?.code && (
        <>
          <label htmlFor="code">{t("signIn.codeOrRecovery")}</label>
          <input id="code" name="code" autoComplete="one-time-code" required ref={ways.passkey ? undefined : focused} />
        </>
      )}
      {failed && <SignInFailed failed={failed} second={ways !== undefined} />}
      {(ways?.code ?? true) && (
        <button type="submit" className={ways?.passkey ? "secondary wide" : "primary wide"} disabled={busy}>
          {t("signIn.submit")}
        </button>
      )}
    </form>
  );
}

const focused = (element: HTMLElement | null) => element?.focus();

const optionsOf = (given: Given) => read(api.POST("/api/auth/sign-in/options", { body: given }));

async function waysOf(given: Given): Promise<Ways> {
  const { secondFactors, passkey } = await optionsOf(given);
  const usable = passkey !== null && takesPasskeys();
  return { passkey: usable, code: !usable || secondFactors.some((way) => way !== "passkey") };
}

function SignInFailed({ failed, second }: { failed: Failed; second: boolean }) {
  const { t } = useWords();
  if (failed === "called off") return <Refused text={t("signIn.passkeyCalledOff")} />;
  const { problem } = failed;
  if (problem.status === 401) return <Refused text={t(second ? "signIn.wrongFactor" : "signIn.wrong")} />;
  if (problem.status === 429) return <Refused text={t("signIn.throttled", { seconds: problem.retryAfterSeconds })} />;
  return <ProblemStrip failure={problem} />;
}

const Refused = ({ text }: { text: string }) => (
  <p role="alert" className="refused">
    {text}
  </p>
);
