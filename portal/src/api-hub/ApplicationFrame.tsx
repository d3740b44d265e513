import "./hub.css";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useParams } from "react-router";
import type { Versioned } from "../api/client";
import { Confirm } from "../ui/Confirm";
import { ConfirmRemoval } from "../ui/ConfirmRemoval";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { useHubAgain } from "./again";
import { ApplicationChange } from "./ApplicationForm";
import { decide, findApplication, meaning, removeApplication, SHOWS, type Application, type Whose } from "./applications";
import { Keys } from "./Keys";
import { Attributes } from "./ProductPage";
import { Subscriptions } from "./Subscriptions";

const LIST = { all: "/api-management/applications", mine: "/developer-hub" } as const;

/** One application: its keys and what they may call. */
export function ApplicationFrame({ whose }: { whose: Whose }) {
  const { id = "" } = useParams();
  const application = useRead(["gateway-application", whose, id], () => findApplication(whose, id), SHOWS);
  return <ReadFrame read={application}>{(found) => <Shown key={id} whose={whose} found={found} />}</ReadFrame>;
}

function Shown({ whose, found }: { whose: Whose; found: Versioned<Application> }) {
  const application = found.value;
  const { t, of } = useWords();
  const reread = useHubAgain();
  const again = () => void reread();
  return (
    <ObjectFrame
      title={application.title || application.name}
      subtitle={application.name}
      path={[{ text: t(whose === "all" ? "gateway.applications" : "apiHub.title"), href: LIST[whose] }]}
      status={<Status text={of("apiHub.status", application.status)} meaning={meaning(application.status)} />}
      actions={<Actions whose={whose} found={found} onDone={again} />}
      facts={[
        { label: t("apiHub.developer"), value: application.developer },
        { label: t("apiHub.owner"), value: application.owner === application.developer ? "" : application.owner },
        { label: t("apiHub.callbackUrl"), value: application.callbackUrl },
      ]}
      sections={[
        { id: "keys", title: t("apiHub.keys"), content: <Keys whose={whose} application={application} onDone={again} /> },
        { id: "subscriptions", title: t("apiHub.subscriptions"), content: <Subscriptions whose={whose} application={application} onDone={again} /> },
        ...(Object.keys(application.attributes).length === 0 ? [] : [{ id: "attributes", title: t("apiHub.attributes"), content: <Attributes of={application.attributes} /> }]),
      ]}
    />
  );
}

function Actions({ whose, found, onDone }: { whose: Whose; found: Versioned<Application>; onDone: () => void }) {
  const { id, name, status } = found.value;
  const { t } = useWords();
  const again = useHubAgain();
  const [asked, setAsked] = useState<"edit" | "approve" | "revoke" | "remove">();
  const end = () => {
    setAsked(undefined);
    onDone();
  };
  return (
    <div className="page-actions">
      <Button onClick={() => { setAsked("edit"); }}>{t("action.edit")}</Button>
      {whose === "all" && status !== "APPROVED" && (
        <Button design="Emphasized" onClick={() => { setAsked("approve"); }}>
          {t("apiHub.approve")}
        </Button>
      )}
      {whose === "all" && status !== "REVOKED" && <Button onClick={() => { setAsked("revoke"); }}>{t("apiHub.revoke")}</Button>}
      <Button onClick={() => { setAsked("remove"); }}>{t("action.remove")}</Button>
      {asked === "edit" && <ApplicationChange whose={whose} found={found} onClose={end} />}
      {(asked === "approve" || asked === "revoke") && (
        <Confirm title={`${t(`apiHub.${asked}`)}: ${name}`} action={t(`apiHub.${asked}`)} destructive={asked === "revoke"} run={() => decide(id, asked)} onEnd={end}>
          <p>{t(asked === "approve" ? "apiHub.approveConfirm" : "apiHub.revokeConfirm")}</p>
        </Confirm>
      )}
      {asked === "remove" && (
        <ConfirmRemoval of={found} name={name} action={t("action.remove")} remove={(seen) => removeApplication(whose, id, seen.etag)} list={LIST[whose]} read={["gateway-application", whose, id]} onRemoved={() => again("gone")} onEnd={() => { setAsked(undefined); }}>
          {t("apiHub.removeApplicationConfirm")}
        </ConfirmRemoval>
      )}
    </div>
  );
}
