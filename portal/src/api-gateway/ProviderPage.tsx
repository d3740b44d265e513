import "./gateway.css";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useParams } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { ConfirmRemoval } from "../ui/ConfirmRemoval";
import { NoPermission } from "../ui/Empty";
import { Facts, ObjectFrame } from "../ui/ObjectFrame";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { pageOf as storePage } from "./certificates";
import { CreateProxy } from "./CreateProxy";
import { NamedLink } from "./NamedLink";
import { ProviderForm } from "./ProviderForm";
import { addressOf, findProvider, PROVIDERS, removeProvider, SHOWS, testConnection, type Provider, type Service, type Tested } from "./providers";
import { Services } from "./Services";

/** One provider: how it is reached, whether it answers, and the services in its catalog. */
export default function ProviderPage() {
  const { name = "" } = useParams();
  const provider = useRead(["api-provider", name], () => findProvider(name), SHOWS);
  return <ReadFrame read={provider}>{(found) => <Shown key={name} found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<Provider> }) {
  const { t, of } = useWords();
  const provider = found.value;
  const { name } = provider;
  const yesNo = (yes: boolean) => t(yes ? "form.yes" : "form.no");
  return (
    <ObjectFrame
      title={name}
      subtitle={provider.title}
      path={[{ text: t("gateway.providers"), href: PROVIDERS }]}
      actions={<Actions found={found} />}
      facts={[
        { label: t("admin.address"), value: addressOf(provider) },
        { label: t("field.kind"), value: of("gateway.type", provider.type) },
        { label: t("gateway.authentication"), value: provider.user === null ? of("gateway.authentication", "none") : `${of("gateway.authentication", "basic")}: ${provider.user}` },
        { label: t("field.description"), value: provider.description },
      ]}
      sections={[
        { id: "connection", title: t("gateway.connection"), content: <Connection key={found.etag} name={name} /> },
        { id: "services", title: t("gateway.services"), content: <Catalog name={name} /> },
        {
          id: "settings",
          title: t("nav.settings"),
          content: (
            <Facts
              facts={[
                { label: t("gateway.host"), value: provider.host },
                { label: t("gateway.port"), value: String(provider.port) },
                { label: t("gateway.tls"), value: yesNo(provider.tls) },
                { label: t("gateway.locationId"), value: provider.locationId },
                { label: t("gateway.pathPrefix"), value: provider.pathPrefix },
                { label: t("gateway.serviceCollection"), value: provider.serviceCollection },
                { label: t("gateway.sapClient"), value: provider.sapClient },
                { label: t("gateway.password"), value: t(provider.passwordSet ? "gateway.passwordSet" : "gateway.passwordMissing") },
                { label: t("gateway.trustStore"), value: provider.trustStore && <NamedLink name={provider.trustStore} page={storePage} /> },
                { label: t("gateway.keyStore"), value: provider.keyStore && <NamedLink name={provider.keyStore} page={storePage} /> },
              ]}
            />
          ),
        },
      ]}
    />
  );
}

function Actions({ found }: { found: Versioned<Provider> }) {
  const { t } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const [opened, setOpened] = useState<"edit" | "remove">();
  const { name } = found.value;
  const close = () => {
    setOpened(undefined);
  };
  if (!may("api-management.configure")) return null;
  return (
    <div className="page-actions">
      <Button design="Emphasized" onClick={() => { setOpened("edit"); }}>
        {t("action.edit")}
      </Button>
      <Button onClick={() => { setOpened("remove"); }}>{t("action.delete")}</Button>
      {opened === "edit" && <ProviderForm provider={found} onClose={close} />}
      {opened === "remove" && (
        <ConfirmRemoval of={found} name={name} remove={(seen) => removeProvider(name, seen.etag)} list={PROVIDERS} read={["api-provider", name]} onRemoved={() => { queries.removeQueries({ queryKey: ["list", "api-providers"] }); }} onEnd={close}>
          {t("gateway.removeProvider", { name })}
        </ConfirmRemoval>
      )}
    </div>
  );
}

/** Asks the system whether it is there, and shows what it said. */
function Connection({ name }: { name: string }) {
  const { t } = useWords();
  const { may } = useSession();
  const [tested, setTested] = useState<Tested>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    setFailure(undefined);
    setTested(undefined);
    try {
      setTested(await testConnection(name));
    } catch (problem) {
      setFailure(problem);
    }
    setBusy(false);
  };
  if (!may("api-management.configure")) return <NoPermission permission="api-management.configure" />;
  return (
    <div className="stack">
      <p className="quiet flat">{t("gateway.testConnectionHint")}</p>
      <div className="page-actions">
        <Button disabled={busy} onClick={() => void test()}>
          {t(busy ? "gateway.testing" : "gateway.testConnection")}
        </Button>
      </div>
      {tested && (
        <p className={tested.successful ? "good" : "problem flat"} role="status">
          <Status text={t(tested.successful ? "gateway.connected" : "gateway.notConnected")} meaning={tested.successful ? "good" : "bad"} />
          <span className="said">{tested.message}</span>
          {!tested.successful && tested.status === 0 && <span className="said">{t("error.remedy", { remedy: t("gateway.connectionRemedy") })}</span>}
        </p>
      )}
      {failure !== undefined && <ProblemStrip failure={failure} />}
    </div>
  );
}

/** The services in the catalog. It is read on demand, since a large system takes some seconds. */
function Catalog({ name }: { name: string }) {
  const { t } = useWords();
  const { may } = useSession();
  const [wanted, setWanted] = useState(false);
  const [service, setService] = useState<Service>();
  if (!may("api-management.develop")) return <NoPermission permission="api-management.develop" />;
  if (!wanted) {
    return (
      <div className="stack">
        <p className="quiet flat">{t("gateway.servicesHint")}</p>
        <div className="page-actions">
          <Button onClick={() => { setWanted(true); }}>{t("gateway.showServices")}</Button>
        </div>
      </div>
    );
  }
  return (
    <>
      <Services provider={name} onService={setService} />
      {service && <CreateProxy provider={name} service={service} onClose={() => { setService(undefined); }} />}
    </>
  );
}
