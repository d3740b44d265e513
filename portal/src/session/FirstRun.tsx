import { useState } from "react";
import { problemOf } from "../api/problem";
import { useWords } from "../words/words";
import { LanguageChoice } from "./LanguageChoice";
import { PasswordPair, type Entered } from "./PasswordPair";

const PATH = "/first-run";

/** The code of the link that the program prints when it starts. It stands behind #, so that it is never sent on its own. */
const codeOf = ({ pathname, hash }: Location): string => (pathname === PATH ? hash.slice(1) : "");

/** Makes the first administrator, while there is none: with the code of the link, or by what leads to one. */
export function FirstRun({ onMade }: { onMade: (user: string) => void }) {
  const { t } = useWords();
  const [code] = useState(() => codeOf(location));
  const make = async ({ user, password }: Entered) => {
    const body = JSON.stringify({ code, user, password });
    const response = await fetch("/api/first-run", { method: "POST", headers: { "Content-Type": "application/json", "X-Imaint-Client": "portal" }, body });
    if (!response.ok) throw problemOf(response, await response.json().catch(() => undefined));
    history.replaceState(null, "", "/");
    onMade(user);
  };
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src="/icon.svg" alt="" width="48" height="48" />
        <h1>{t("app.name")}</h1>
        {code === "" ? (
          <>
            <p>{t("signIn.firstRunLink")}</p>
            <p>{t("signIn.firstRun")}</p>
            <pre tabIndex={0}>./imaint users create NAME --role administrator --all-plants</pre>
          </>
        ) : (
          <PasswordPair title={t("signIn.firstRunTitle")} submitText={t("action.create")} send={make} />
        )}
        <LanguageChoice />
      </div>
    </main>
  );
}
