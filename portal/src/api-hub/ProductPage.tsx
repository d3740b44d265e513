import "./hub.css";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { ConfirmRemoval } from "../ui/ConfirmRemoval";
import { DataTable } from "../ui/DataTable";
import { Empty, NoPermission } from "../ui/Empty";
import { ObjectFrame } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { Seen } from "../ui/Seen";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { allApplications, meaning, SHOWS as APPLICATIONS, subscriptionsOf, type Application } from "./applications";
import { useHubAgain } from "./again";
import { ProductForm } from "./ProductForm";
import { findProduct, publish, quotaText, removeProduct, SHOWS, stateOf, type Product } from "./products";

/** One product: its proxies, what it covers of them, and who subscribed. */
export default function ProductPage() {
  const { name = "" } = useParams();
  const product = useRead(["gateway-product", name], () => findProduct(name), SHOWS);
  return <ReadFrame read={product}>{(found) => <Shown found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<Product> }) {
  const product = found.value;
  const words = useWords();
  const { t, of } = words;
  return (
    <ObjectFrame
      title={product.title || product.name}
      subtitle={product.name}
      path={[{ text: t("gateway.products"), href: "/api-management/products" }]}
      status={<Status text={of("status", stateOf(product))} meaning={product.published ? "good" : "plain"} />}
      actions={<Actions found={found} />}
      facts={[
        { label: t("field.description"), value: product.description },
        { label: t("apiHub.quota"), value: quotaText(product, words) || t("apiHub.noQuota") },
        { label: t("apiHub.scopes"), value: product.scopes.join(", ") },
        { label: t("apiHub.approval"), value: t(product.attributes["approval"] === "manual" ? "apiHub.approvalManual" : "apiHub.approvalAutomatic") },
      ]}
      sections={[
        { id: "proxies", title: t("gateway.proxies"), content: <Proxies product={product} /> },
        { id: "subscriptions", title: t("apiHub.subscribers"), content: <Subscribers product={product.name} /> },
        ...(Object.keys(product.attributes).length === 0 ? [] : [{ id: "attributes", title: t("apiHub.attributes"), content: <Attributes of={product.attributes} /> }]),
      ]}
    />
  );
}

function Actions({ found }: { found: Versioned<Product> }) {
  const { name, published } = found.value;
  const { t } = useWords();
  const { may } = useSession();
  const again = useHubAgain();
  const [asked, setAsked] = useState<"edit" | "publish" | "remove">();
  const end = () => {
    setAsked(undefined);
    void again();
  };
  const edits = may("api-management.develop");
  return (
    <div className="page-actions">
      <Button design={published ? "Default" : "Emphasized"} disabled={!edits} onClick={() => { setAsked("publish"); }}>
        {t(published ? "apiHub.unpublish" : "apiHub.publish")}
      </Button>
      <Button disabled={!edits} onClick={() => { setAsked("edit"); }}>
        {t("action.edit")}
      </Button>
      <Button disabled={!edits} onClick={() => { setAsked("remove"); }}>
        {t("action.remove")}
      </Button>
      {asked === "edit" && <ProductForm product={found} onClose={end} />}
      {asked === "publish" && (
        <Seen of={found}>{(seen) => <Publish found={seen} onEnd={end} />}</Seen>
      )}
      {asked === "remove" && (
        <ConfirmRemoval of={found} name={name} action={t("action.remove")} remove={(seen) => removeProduct(name, seen.etag)} list="/api-management/products" read={["gateway-product", name]} onRemoved={() => again("gone")} onEnd={() => { setAsked(undefined); }}>
          {t("apiHub.removeProductConfirm")}
        </ConfirmRemoval>
      )}
    </div>
  );
}

/** Publishes a product, or takes that back, as it was when it was asked for. */
function Publish({ found, onEnd }: { found: Versioned<Product>; onEnd: () => void }) {
  const { name, published } = found.value;
  const { t } = useWords();
  const verb = t(published ? "apiHub.unpublish" : "apiHub.publish");
  return (
    <Confirm title={`${verb}: ${name}`} action={verb} run={() => publish(name, found.etag, !published)} onEnd={onEnd}>
      <p>{t(published ? "apiHub.unpublishConfirm" : "apiHub.publishConfirm")}</p>
    </Confirm>
  );
}

function Proxies({ product }: { product: Product }) {
  const { t } = useWords();
  return (
    <DataTable<string>
      name={t("gateway.proxies")}
      rows={product.proxies}
      keyOf={(proxy) => proxy}
      columns={[
        { id: "proxy", header: t("apiHub.proxy"), text: (proxy) => proxy, importance: 9 },
        { id: "paths", header: t("apiHub.paths"), text: (proxy) => product.paths[proxy]?.join(", ") ?? t("apiHub.allPaths"), importance: 8 },
      ]}
      empty={<Empty title={t("apiHub.noProxies")} />}
    />
  );
}

/** The applications that may call it, or wait for that. */
function Subscribers({ product }: { product: string }) {
  const { t, of } = useWords();
  const { may } = useSession();
  const reads = may("api-hub.administer");
  const read = useRead(["gateway-applications"], () => allApplications("all"), APPLICATIONS, reads);
  if (!reads) return <NoPermission permission="api-hub.administer" />;
  const status = (application: Application) => subscriptionsOf(application).find((one) => one.product === product)?.status ?? "REVOKED";
  return (
    <ReadFrame read={read}>
      {(all) => (
        <DataTable<Application>
          name={t("apiHub.subscribers")}
          rows={all.filter(({ keys }) => keys.some(({ products }) => product in products))}
          keyOf={({ id }) => id}
          columns={[
            { id: "name", header: t("apiHub.application"), text: ({ name }) => name, cell: ({ id, name }) => <Link to={`/api-management/applications/${id}`}>{name}</Link>, importance: 9 },
            { id: "developer", header: t("apiHub.developer"), text: ({ developer }) => developer, importance: 6 },
            { id: "status", header: t("apiHub.subscription"), text: (one) => of("apiHub.status", status(one)), cell: (one) => <Status text={of("apiHub.status", status(one))} meaning={meaning(status(one))} />, importance: 8 },
          ]}
          empty={<Empty title={t("apiHub.noSubscribers")} hint={t("apiHub.noSubscribersHint")} />}
        />
      )}
    </ReadFrame>
  );
}

export function Attributes({ of: attributes }: { of: Readonly<Record<string, string>> }) {
  const { t } = useWords();
  return (
    <DataTable<[string, string]>
      name={t("apiHub.attributes")}
      rows={Object.entries(attributes)}
      keyOf={([name]) => name}
      columns={[
        { id: "name", header: t("field.name"), text: ([name]) => name, importance: 9 },
        { id: "value", header: t("field.value"), text: ([, value]) => value, importance: 8 },
      ]}
    />
  );
}
