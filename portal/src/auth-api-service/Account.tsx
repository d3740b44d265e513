import { Button } from "@ui5/webcomponents-react/Button";
import { useState, type ReactNode } from "react";
import { Link } from "react-router";
import { api, read } from "../api/client";
import { mustSetUpFactor } from "../session/factor";
import { useMe, useSession } from "../session/session";
import { DataTable } from "../ui/DataTable";
import { Facts } from "../ui/ObjectFrame";
import { usePageTitle } from "../ui/page";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { endAllSessions, endSession, listSessions, type Session } from "./account";
import { PasswordForm } from "./PasswordForm";
import { ProfileForm } from "./ProfileForm";
import { SecondFactor } from "./SecondFactor";

/** The own account: who one is here, how one signs in, and where one is signed in. */
export default function Account() {
  const { t } = useWords();
  const { may } = useSession();
  const me = useMe();
  usePageTitle(t("account.title"));
  return (
    <section className="page">
      <h1>{t("account.title")}</h1>
      {mustSetUpFactor(me) && (
        <p className="problem" role="alert">
          {t("account.factorRequired")}
        </p>
      )}
      <Profile />
      <SignInWays />
      <Sessions />
      {may("alerts.read") && (
        <Part title={t("account.alerts")}>
          <Link to="/alerts/preferences">{t("alert.preferences")}</Link>
        </Part>
      )}
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      {children}
    </section>
  );
}

const PLANTS_MAX = 1_000;

function Profile() {
  const { t } = useWords();
  const me = useMe();
  const [edits, setEdits] = useState(false);
  const { may } = useSession();
  const plants = useRead(["plants"], async () => (await read(api.GET("/api/plants", { params: { query: { limit: PLANTS_MAX } } }))).items, ["Plants"], may("master-data.read"));
  return (
    <Part title={me.displayName}>
      <Facts
        facts={[
          { label: t("field.user"), value: me.id },
          { label: t("field.email"), value: me.email },
          { label: t("nav.roles"), value: me.roles.join(", ") },
          { label: t("shell.plants"), value: me.allPlants ? t("admin.allPlants") : me.plants.join(", ") },
          { label: t("account.shownPlants"), value: me.shownPlants.join(", ") },
          { label: t("shell.language"), value: new Intl.DisplayNames([me.language], { type: "language" }).of(me.language) },
          { label: t("account.timeZone"), value: me.timeZone },
        ]}
      />
      <div>
        <Button onClick={() => { setEdits(true); }}>{t("account.editProfile")}</Button>
      </div>
      {edits && <ProfileForm me={me} plants={(plants.data ?? []).map(({ plant, name }) => ({ value: plant, text: `${plant} ${name ?? ""}`.trim() }))} onClose={() => { setEdits(false); }} />}
    </Part>
  );
}

function SignInWays() {
  const { t } = useWords();
  const [changes, setChanges] = useState(false);
  return (
    <Part title={t("signIn.title")}>
      <div>
        <Button onClick={() => { setChanges(true); }}>{t("account.changePassword")}</Button>
      </div>
      <SecondFactor />
      {changes && <PasswordForm onClose={() => { setChanges(false); }} />}
    </Part>
  );
}

function Sessions() {
  const { t, format } = useWords();
  const { refresh } = useSession();
  const sessions = useRead(["sessions"], listSessions, ["Sessions"]);
  const [failure, setFailure] = useState<unknown>();
  const attempt = async (doing: () => Promise<unknown>) => {
    setFailure(undefined);
    try {
      await doing();
      await sessions.refetch();
    } catch (problem) {
      setFailure(problem);
    }
  };
  return (
    <Part title={t("shell.sessions")}>
      {failure !== undefined && <ProblemStrip failure={failure} />}
      <ReadFrame read={sessions}>
        {(found) => (
          <DataTable<Session>
            name={t("shell.sessions")}
            rows={found}
            keyOf={({ id }) => id}
            columns={[
              { id: "device", header: t("account.device"), text: ({ device }) => device, importance: 9 },
              { id: "signedInAt", header: t("account.signedInAt"), text: ({ signedInAt }) => format.instant(signedInAt), importance: 7 },
              { id: "endsAt", header: t("account.endsAt"), text: ({ endsAt }) => format.instant(endsAt), importance: 5 },
              {
                id: "end",
                header: t("admin.actions"),
                text: () => "",
                cell: (session) =>
                  session.current ? (
                    <Status text={t("account.thisSession")} meaning="good" />
                  ) : (
                    <Button design="Transparent" accessibleName={`${t("account.endSession")}: ${session.device}`} onClick={() => void attempt(() => endSession(session.id))}>
                      {t("account.endSession")}
                    </Button>
                  ),
                importance: 8,
              },
            ]}
          />
        )}
      </ReadFrame>
      <div>
        <Button design="Negative" onClick={() => void attempt(async () => { await endAllSessions(); await refresh(); })}>
          {t("signIn.signOutEverywhere")}
        </Button>
      </div>
    </Part>
  );
}
