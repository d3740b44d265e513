import { Field } from "../ui/Field";
import { useWords } from "../words/words";
import type { Authentication as Use, State } from "./useAuthentication";

const KINDS = ["token", "key", "none"] as const;

/** How the request proves who sends it: a token, which is fetched when it is needed, an API key, or nothing. */
export function Authentication({ authentication }: { authentication: Use }) {
  const { t, of, format } = useWords();
  const { state, change, endpoints, token } = authentication;
  return (
    <fieldset className="fieldset">
      <legend>{t("apiHub.authentication")}</legend>
      <div className="choices">
        {KINDS.map((kind) => (
          <label key={kind} className="choice">
            <input type="radio" name="authentication" checked={state.kind === kind} onChange={() => { change({ kind }); }} />
            {of("apiHub.authenticationOf", kind)}
          </label>
        ))}
      </div>
      {state.kind !== "none" && (
        <div className="fields">
          <Entered name="key" label={t("apiHub.key")} state={state} change={change} />
          {state.kind === "token" && <Entered name="secret" label={t("apiHub.secret")} secret state={state} change={change} />}
          {state.kind === "key" && <Entered name="header" label={t("apiHub.keyHeader")} state={state} change={change} />}
          {state.kind === "token" && endpoints.length > 0 && (
            <Field label={t("apiHub.tokenEndpoint")}>
              {(ties) => (
                <select {...ties} value={state.endpoint} onChange={(event) => { change({ endpoint: event.target.value }); }}>
                  {endpoints.map(({ basePath }) => (
                    <option key={basePath}>{basePath}</option>
                  ))}
                </select>
              )}
            </Field>
          )}
        </div>
      )}
      {state.kind === "token" && <p className="quiet">{endpoints.length === 0 ? t("apiHub.noTokenEndpoint") : token ? t("apiHub.tokenUntil", { time: format.instant(new Date(token.until).toISOString()) }) : t("apiHub.tokenHint")}</p>}
    </fieldset>
  );
}

function Entered({ name, label, secret = false, state, change }: { name: "key" | "secret" | "header"; label: string; secret?: boolean; state: State; change: (changes: Partial<State>) => void }) {
  return <Field label={label}>{(ties) => <input {...ties} name={`application-${name}`} type={secret ? "password" : "text"} autoComplete={secret ? "new-password" : "off"} autoCapitalize="none" spellCheck={false} value={state[name]} onChange={(event) => { change({ [name]: event.target.value }); }} />}</Field>;
}
