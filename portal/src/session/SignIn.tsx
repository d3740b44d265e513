import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { api, read } from "../api/client";
import { useWords } from "../words/words";
import { FirstRun } from "./FirstRun";
import { goToProvider } from "./provider";
import { LanguageChoice } from "./LanguageChoice";
import { PasswordForm } from "./PasswordForm";
import { ResetForm } from "./ResetForm";

const FIRST_RUN = ["first-run"];

/** Signs in with a password, and where the user has one with a second factor. It stands where the page would be, so that its address stays. */
export default function SignIn() {
  const { t } = useWords();
  const providers = useQuery({ queryKey: ["oidc"], queryFn: () => read(api.GET("/api/auth/oidc")), retry: false });
  const first = useQuery({ queryKey: FIRST_RUN, queryFn: firstRunNeeded, retry: false });
  const queries = useQueryClient();
  const [resets, setResets] = useState(false);
  const [done, setDone] = useState("");
  const firstMade = (user: string) => {
    setDone(t("signIn.passwordSet", { user }));
    queries.setQueryData(FIRST_RUN, false);
  };
  if (first.data === true) return <FirstRun onMade={firstMade} />;
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src="/icon.svg" alt="" width="48" height="48" />
        <h1>{t("app.name")}</h1>
        <p className="quiet">{t("app.tagline")}</p>
        {done && <p role="status">{done}</p>}
        {resets ? (
          <ResetForm
            onDone={(user) => {
              setResets(false);
              setDone(t("signIn.passwordSet", { user }));
            }}
          />
        ) : (
          <PasswordForm />
        )}
        <Button
          design="Transparent"
          onClick={() => {
            setResets(!resets);
          }}
        >
          {resets ? t("shell.back") : t("signIn.useResetCode")}
        </Button>
        {(providers.data?.items ?? []).map((provider) => (
          <Button
            key={provider.id}
            className="wide"
            onClick={() => {
              goToProvider(provider.id);
            }}
          >
            {t("signIn.with", { provider: provider.name })}
          </Button>
        ))}
        <LanguageChoice />
      </div>
    </main>
  );
}

/** Whether there is no administrator yet. */
async function firstRunNeeded(): Promise<boolean> {
  const response = await fetch("/api/first-run");
  return response.ok && ((await response.json()) as { needed: boolean }).needed;
}
