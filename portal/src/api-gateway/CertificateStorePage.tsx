import "./gateway.css";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useParams } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { ConfirmRemoval } from "../ui/ConfirmRemoval";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { Seen } from "../ui/Seen";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { AddCertificate } from "./AddCertificate";
import { ended, findStore, removeEntry, removeStore, SHOWS, STORES, type Certificate, type Store } from "./certificates";

/** One certificate store: what is in it, and what expires. */
export default function CertificateStorePage() {
  const { name = "" } = useParams();
  const store = useRead(["certificate-store", name], () => findStore(name), SHOWS);
  return <ReadFrame read={store}>{(found) => <Shown found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<Store> }) {
  const { t, format } = useWords();
  const { name, entries, expiring } = found.value;
  return (
    <ObjectFrame
      title={name}
      path={[{ text: t("gateway.certificateStores"), href: STORES }]}
      status={<Status text={t("gateway.expiring", { count: expiring })} meaning={expiring > 0 ? "bad" : "good"} />}
      actions={<Actions found={found} />}
      facts={[{ label: t("gateway.certificates"), value: format.number(entries.length) }]}
      sections={[{ id: "certificates", title: t("gateway.certificates"), content: <Certificates found={found} /> }]}
    />
  );
}

type Asked = "add" | "remove" | { alias: string };

function Actions({ found }: { found: Versioned<Store> }) {
  const { t } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const { name } = found.value;
  const end = () => {
    setAsked(undefined);
  };
  if (!may("api-management.configure")) return null;
  return (
    <div className="page-actions">
      <Button design="Emphasized" onClick={() => { setAsked("add"); }}>
        {t("gateway.addCertificate")}
      </Button>
      <Button onClick={() => { setAsked("remove"); }}>{t("action.delete")}</Button>
      {asked === "add" && <Seen of={found}>{(seen) => <AddCertificate store={seen} onClose={end} />}</Seen>}
      {asked === "remove" && (
        <ConfirmRemoval of={found} name={name} remove={(seen) => removeStore(name, seen.etag)} list={STORES} read={["certificate-store", name]} onRemoved={() => { queries.removeQueries({ queryKey: ["list", "certificate-stores"] }); }} onEnd={end}>
          {t("gateway.removeStore", { name })}
        </ConfirmRemoval>
      )}
    </div>
  );
}

function Certificates({ found }: { found: Versioned<Store> }) {
  const words = useWords();
  const { t, format } = words;
  const { may } = useSession();
  const queries = useQueryClient();
  const [alias, setAlias] = useState<string>();
  const { name, entries } = found.value;
  const remove = (one: Certificate) => (
    <Button design="Transparent" accessibleName={`${t("action.remove")}: ${one.alias}`} onClick={() => { setAlias(one.alias); }}>
      {t("action.remove")}
    </Button>
  );
  return (
    <>
      <DataTable<Certificate>
        name={t("gateway.certificates")}
        rows={entries}
        keyOf={(one) => one.alias}
        columns={[
          { id: "alias", header: t("gateway.alias"), text: (one) => one.alias, importance: 9 },
          { id: "state", header: t("field.state"), text: () => "", cell: (one) => <End certificate={one} words={words} />, importance: 8 },
          { id: "validTo", header: t("gateway.validTo"), text: ({ validTo }) => format.instant(validTo), importance: 7 },
          { id: "kind", header: t("field.kind"), text: ({ own }) => t(own ? "gateway.ownKey" : "gateway.trusted"), importance: 6 },
          { id: "subject", header: t("gateway.subject"), text: ({ subject }) => subject, importance: 5 },
          { id: "issuer", header: t("gateway.issuer"), text: ({ issuer }) => issuer, importance: 3 },
          { id: "fingerprint", header: t("gateway.fingerprint"), text: ({ fingerprint }) => fingerprint, importance: 1 },
          ...(may("api-management.configure") ? [{ id: "actions", header: t("admin.actions"), text: () => "", cell: remove, importance: 7 }] : []),
        ]}
        empty={<Empty title={t("gateway.emptyStore")} hint={t("gateway.noStoresHint")} />}
      />
      {alias !== undefined && (
        <Seen of={found}>
          {(seen) => (
            <Confirm
              title={`${t("action.remove")}: ${alias}`}
              action={t("action.remove")}
              destructive
              run={async () => {
                await removeEntry(name, alias, seen.etag);
                await queries.invalidateQueries({ queryKey: ["certificate-store", name] });
              }}
              onEnd={() => { setAlias(undefined); }}
            >
              <p>{t("gateway.removeCertificate", { alias })}</p>
            </Confirm>
          )}
        </Seen>
      )}
    </>
  );
}

/** Whether a certificate holds on, ends soon or has ended. */
function End({ certificate, words: { t, format } }: { certificate: Certificate; words: Words }) {
  if (certificate.warning === null) return <Status text={t("gateway.valid")} meaning="good" />;
  const over = ended(certificate);
  return <Status text={t(over ? "gateway.expired" : "gateway.expires", { when: format.ago(certificate.validTo) })} meaning={over ? "bad" : "watch"} />;
}
