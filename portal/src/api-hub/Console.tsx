import "./hub.css";
import "../ui/dialogs.css";
import "@ui5/webcomponents-icons/dist/developer-settings.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { Empty } from "../ui/Empty";
import { Field } from "../ui/Field";
import { changed } from "../ui/query";
import { usePageTitle } from "../ui/page";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { Answer } from "./Answer";
import { publishedProducts, SHOWS, type Published } from "./applications";
import { Authentication } from "./Authentication";
import { headersOf, METHODS, send, takesBody, wirePath, type Method, type TestResponse, type TestRequest } from "./console";
import { NO_AUTHENTICATION, Refused, useAuthentication } from "./useAuthentication";

/** Sends requests to a proxy of a published product, and shows what it answers. */
export default function Console() {
  const { t } = useWords();
  const products = useRead(["gateway-hub", "products"], publishedProducts, SHOWS);
  usePageTitle(t("apiHub.console"));
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("apiHub.console")}
        </h1>
        <Link to="/developer-hub">{t("apiHub.title")}</Link>
      </header>
      <ReadFrame read={products}>
        {(all) => {
          const open = all.filter(({ endpoints }) => endpoints.some(({ deployed }) => deployed));
          return open.length === 0 ? <Empty title={t("apiHub.nothingToTry")} hint={t("apiHub.nothingToTryHint")} /> : <Bench products={open} />;
        }}
      </ReadFrame>
    </section>
  );
}

type Sent = { request: TestRequest; answer: TestResponse };

/** The request on one side, the answer on the other. */
function Bench({ products }: { products: readonly Published[] }) {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const product = products.find(({ name }) => name === params.get("product")) ?? products[0];
  const endpoints = (product?.endpoints ?? []).filter(({ deployed }) => deployed);
  const endpoint = endpoints.find(({ basePath }) => basePath === params.get("base")) ?? endpoints[0];
  const [method, setMethod] = useState<Method>("GET");
  const [path, setPath] = useState(params.get("path") ?? "/");
  const [headerLines, setHeaderLines] = useState("Accept: application/json");
  const [body, setBody] = useState("");
  const authentication = useAuthentication(products, product?.name ?? "");
  const [sent, setSent] = useState<Sent>();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const { headers, wrong } = headersOf(headerLines);
  const came = authentication.refused ?? sent;
  const choose = (changes: Record<string, string>) => {
    setParams((now) => changed(now, changes), { replace: true });
  };
  const run = async () => {
    if (product === undefined || endpoint === undefined || wrong !== undefined) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const own = await authentication.headers();
      const given = new Set(own.map(({ name }) => name.toLowerCase()));
      const request: TestRequest = { method, path: wirePath(endpoint.basePath, path), headers: [...headers.filter(({ name }) => !given.has(name.toLowerCase())), ...own], body: takesBody(method) ? body : "" };
      setSent({ request, answer: await send(product.name, request) });
    } catch (problem) {
      setSent(undefined);
      if (!(problem instanceof Refused)) setFailure(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="console">
      <form
        className="card console-request"
        aria-label={t("apiHub.request")}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <h2 className="section-title">{t("apiHub.request")}</h2>
        <div className="fields">
          <Field label={t("apiHub.product")}>
            {(ties) => (
              <select {...ties} value={product?.name} onChange={(event) => { choose({ product: event.target.value, base: "" }); }}>
                {products.map(({ name, title }) => (
                  <option key={name} value={name}>
                    {title || name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t("apiHub.endpoint")}>
            {(ties) => (
              <select {...ties} value={endpoint?.basePath} onChange={(event) => { choose({ base: event.target.value }); }}>
                {endpoints.map(({ basePath }) => (
                  <option key={basePath}>{basePath}</option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <div className="console-line">
          <Field label={t("apiHub.method")}>
            {(ties) => (
              <select {...ties} value={method} onChange={(event) => { setMethod(event.target.value as Method); }}>
                {METHODS.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t("apiHub.path")}>{(ties) => <input {...ties} type="text" value={path} autoCapitalize="none" spellCheck={false} autoComplete="off" placeholder="/WorkOrders?$top=5" onChange={(event) => { setPath(event.target.value); }} />}</Field>
        </div>
        <Authentication authentication={authentication} />
        <Field label={t("apiHub.headers")} hint={t("apiHub.headersHint")} fault={wrong === undefined ? undefined : t("apiHub.headersWrong", { line: wrong })}>
          {(ties) => <textarea {...ties} rows={3} value={headerLines} spellCheck={false} autoCapitalize="none" onChange={(event) => { setHeaderLines(event.target.value); }} />}
        </Field>
        {takesBody(method) && (
          <Field label={t("apiHub.body")}>{(ties) => <textarea {...ties} rows={8} value={body} spellCheck={false} autoCapitalize="none" onChange={(event) => { setBody(event.target.value); }} />}</Field>
        )}
        <div className="page-actions">
          <Button type="Submit" design="Emphasized" disabled={busy || wrong !== undefined || (authentication.state.kind === "token" && authentication.endpoints.length === 0)}>
            {t(busy ? "apiHub.sending" : "action.send")}
          </Button>
          <span className="quiet">{t("apiHub.noted")}</span>
        </div>
      </form>
      <section className="card console-answer" aria-label={t("apiHub.answer")}>
        <h2 className="section-title">{t("apiHub.answer")}</h2>
        <p className="visually-hidden" role="status">
          {came && `${String(came.answer.status)} ${came.answer.reason}`}
        </p>
        {failure !== undefined && <ProblemStrip failure={failure} />}
        {authentication.refused && <Answer request={authentication.refused.request} answer={authentication.refused.answer} note={t("apiHub.tokenRefused")} />}
        {!authentication.refused && sent && <Answer {...sent} />}
        {failure === undefined && !authentication.refused && !sent && <Empty icon="developer-settings" title={t("apiHub.noAnswer")} hint={t(authentication.state.kind === NO_AUTHENTICATION ? "apiHub.noAnswerHint" : "apiHub.noAnswerYetHint")} />}
      </section>
    </div>
  );
}
