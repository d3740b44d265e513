import "./hub.css";
import "@ui5/webcomponents-icons/dist/laptop.js";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Filters } from "../ui/Filters";
import { holds } from "../ui/listing";
import { useListState } from "../ui/listState";
import { usePageTitle } from "../ui/page";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { ApplicationForm } from "./ApplicationForm";
import { allApplications, meaning, publishedProducts, SHOWS, subscriptionsOf, usable, type Application, type Published, type ShownOnce } from "./applications";
import { KeyOnce } from "./KeyOnce";
import { SubscribeDialog } from "./SubscribeDialog";

const mine = (id: string) => `/developer-hub/applications/${encodeURIComponent(id)}`;

/** What a developer finds: the published products, and their own applications. */
export default function Hub() {
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const products = useRead(["gateway-hub", "products"], publishedProducts, [...SHOWS, "ApiProxy"]);
  const applications = useRead(["gateway-hub", "applications"], () => allApplications("mine"), SHOWS);
  const [asked, setAsked] = useState<{ what: "new"; product?: string } | { what: "subscribe"; product: Published }>();
  const [made, setMade] = useState<ShownOnce>();
  usePageTitle(t("apiHub.title"));
  const end = () => {
    setAsked(undefined);
    void queries.invalidateQueries({ queryKey: ["gateway-hub"] });
  };
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("apiHub.title")}
        </h1>
        <div className="page-actions">
          <Button onClick={() => void navigate("/developer-hub/console")}>{t("apiHub.console")}</Button>
          <Button design="Emphasized" onClick={() => { setAsked({ what: "new" }); }}>
            {t("apiHub.newApplication")}
          </Button>
        </div>
      </header>
      <ReadFrame read={products}>{(all) => <Products all={all} onSubscribe={(product) => { setAsked({ what: "subscribe", product }); }} />}</ReadFrame>
      <section aria-label={t("apiHub.myApplications")}>
        <h2 className="section-title">{t("apiHub.myApplications")}</h2>
        <ReadFrame read={applications}>
          {(all) => <DataTable<Application> name={t("apiHub.myApplications")} rows={all} columns={columns(words)} keyOf={({ id }) => id} hrefOf={({ id }) => mine(id)} empty={<Empty icon="laptop" title={t("apiHub.noneOfMine")} hint={t("apiHub.noneOfMineHint")} />} />}
        </ReadFrame>
      </section>
      {asked?.what === "new" && <ApplicationForm whose="mine" {...(asked.product !== undefined && { product: asked.product })} onMade={setMade} onClose={end} />}
      {asked?.what === "subscribe" && <SubscribeDialog product={asked.product} applications={applications.data ?? []} onNew={() => { setAsked({ what: "new", product: asked.product.name }); }} onClose={end} />}
      {made && <KeyOnce made={made} onEnd={() => { setMade(undefined); }} />}
    </section>
  );
}

function Products({ all, onSubscribe }: { all: readonly Published[]; onSubscribe: (product: Published) => void }) {
  const { t } = useWords();
  const state = useListState();
  const has = holds(state.value("text"));
  const found = all.filter(({ name, title, description, endpoints }) => has([name, title, description, ...endpoints.flatMap((endpoint) => [endpoint.basePath, endpoint.title])]));
  if (all.length === 0) return <Empty title={t("apiHub.nothingPublished")} hint={t("apiHub.nothingPublishedHint")} />;
  return (
    <>
      {all.length > 6 && <Filters state={state} filters={[{ kind: "text", name: "text", label: t("shell.search") }]} />}
      {found.length === 0 && <Empty title={t("empty.filtered")} />}
      <ul className="hub-products" aria-label={t("gateway.products")}>
        {found.map((product) => (
          <li key={product.name}>
            <Card product={product} onSubscribe={() => { onSubscribe(product); }} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Card({ product, onSubscribe }: { product: Published; onSubscribe: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const title = product.title || product.name;
  return (
    <article className="card hub-card" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {title !== product.name && <span className="quiet">{product.name}</span>}
      </header>
      {product.description && <p>{product.description}</p>}
      <ul className="hub-endpoints" aria-label={t("apiHub.endpoints")}>
        {product.endpoints.map(({ basePath, proxy, deployed }) => (
          <li key={proxy + basePath}>
            <code>{basePath}</code>
            {!deployed && <Status text={t("apiHub.notDeployed")} meaning="watch" />}
          </li>
        ))}
      </ul>
      {product.scopes.length > 0 && <p className="quiet">{`${t("apiHub.scopes")}: ${product.scopes.join(", ")}`}</p>}
      <p className="hub-subscribed">{product.subscribed.length > 0 ? <Status text={t("apiHub.subscribedBy", { names: product.subscribed.join(", ") })} meaning="good" /> : <span className="quiet">{t("apiHub.notSubscribed")}</span>}</p>
      <footer className="page-actions">
        <Button design={product.subscribed.length > 0 ? "Default" : "Emphasized"} accessibleName={`${t("apiHub.subscribe")}: ${title}`} onClick={onSubscribe}>
          {t("apiHub.subscribe")}
        </Button>
        <Button accessibleName={`${t("apiHub.tryIt")}: ${title}`} onClick={() => void navigate(`/developer-hub/console?product=${encodeURIComponent(product.name)}`)}>
          {t("apiHub.tryIt")}
        </Button>
      </footer>
    </article>
  );
}

const columns = ({ t, of, format }: Words): Column<Application>[] => [
  { id: "name", header: t("field.name"), text: ({ title, name }) => title || name, importance: 9 },
  { id: "status", header: t("field.state"), text: ({ status }) => of("apiHub.status", status), cell: ({ status }) => <Status text={of("apiHub.status", status)} meaning={meaning(status)} />, importance: 8 },
  {
    id: "products",
    header: t("apiHub.subscriptions"),
    text: (one) => subscriptionsOf(one).map(({ product }) => product).join(", "),
    cell: (one) => (
      <span className="states">
        {subscriptionsOf(one).map(({ product, status }) => (
          <Status key={product} text={status === "APPROVED" ? product : `${product} (${of("apiHub.status", status)})`} meaning={meaning(status)} />
        ))}
      </span>
    ),
    importance: 7,
  },
  { id: "keys", header: t("apiHub.usableKeys"), text: ({ keys }) => format.number(keys.filter((key) => usable(key, Date.now())).length), end: true, width: "8rem", importance: 4 },
  { id: "page", header: t("integration.actions"), text: ({ name }) => name, cell: ({ id, name }) => <Link to={mine(id)} aria-label={`${t("apiHub.keys")}: ${name}`}>{t("apiHub.keys")}</Link>, width: "7rem", importance: 2 },
];
