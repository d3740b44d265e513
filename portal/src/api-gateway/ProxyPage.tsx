import "./gateway.css";
import { useParams } from "react-router";
import type { Versioned } from "../api/client";
import { DataTable } from "../ui/DataTable";
import { ObjectFrame, type Section } from "../ui/ObjectFrame";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { FindingList } from "./FindingList";
import { Flows } from "./Flows";
import { drawings } from "./flows";
import { NamedLink } from "./NamedLink";
import { pageOf as providerPage } from "./providers";
import { editorAt, findProxy, NEEDED, PROXIES, type Proxy } from "./proxies";
import { ProxyActions } from "./ProxyActions";
import { Revisions } from "./Revisions";
import { State } from "./State";

/** One proxy: what it does with a request, what is wrong with it, and its revisions. */
export default function ProxyPage() {
  const { name = "" } = useParams();
  const proxy = useRead(["api-proxy", name], () => findProxy(name), NEEDED);
  return <ReadFrame read={proxy}>{(found) => <Shown key={name} found={found} />}</ReadFrame>;
}

function Shown({ found }: { found: Versioned<Proxy> }) {
  const words = useWords();
  const { t, format } = words;
  const { proxy, revision, targetEndpoints } = found.value;
  const providers = [...new Set(targetEndpoints.map(({ provider }) => provider).filter((one) => one !== null))];
  return (
    <ObjectFrame
      title={proxy.name}
      subtitle={proxy.title === proxy.name ? undefined : proxy.title}
      path={[{ text: t("gateway.proxies"), href: PROXIES }]}
      status={<State proxy={proxy} />}
      actions={<ProxyActions found={found} />}
      facts={[
        { label: t("gateway.basePath"), value: proxy.basePaths.join(", ") },
        {
          label: t("gateway.provider"),
          value: providers.length === 0 ? undefined : (
            <span className="links">
              {providers.map((provider) => (
                <NamedLink key={provider} name={provider} page={providerPage} />
              ))}
            </span>
          ),
        },
        { label: t("gateway.deployedRevision"), value: t("gateway.deployedOf", { deployed: proxy.deployed ?? "–", latest: proxy.latest }) },
        { label: t("field.changedAt"), value: `${format.instant(revision.at)}, ${revision.byName}` },
        { label: t("gateway.note"), value: revision.note },
        { label: t("field.description"), value: proxy.description },
        { label: t("gateway.failure"), value: proxy.failure === null ? undefined : <span className="refused">{proxy.failure}</span> },
      ]}
      sections={sections(found, words)}
    />
  );
}

function sections({ value, etag }: Versioned<Proxy>, { t }: Words): Section[] {
  const { proxy, policies, findings } = value;
  const all: (Section | undefined)[] = [
    findings.length > 0 ? { id: "findings", title: t("gateway.findings"), content: <FindingList findings={findings} hrefOf={({ file, line }) => (file === "" ? undefined : editorAt(proxy.name, file, line))} /> } : undefined,
    { id: "flows", title: t("gateway.flows"), content: <Flows drawings={drawings(value)} /> },
    {
      id: "policies",
      title: t("gateway.policies"),
      content: (
        <DataTable<Proxy["policies"][number]>
          name={t("gateway.policies")}
          rows={policies}
          keyOf={({ file }) => file}
          hrefOf={({ file }) => editorAt(proxy.name, file)}
          columns={[
            { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9 },
            { id: "type", header: t("field.kind"), text: ({ type }) => type, importance: 8 },
            { id: "file", header: t("gateway.file"), text: ({ file }) => file, importance: 4 },
          ]}
          empty={<p className="quiet">{t("gateway.noPolicies")}</p>}
        />
      ),
    },
    { id: "revisions", title: t("gateway.revisions"), content: <Revisions proxy={proxy} etag={etag} /> },
  ];
  return all.filter((section) => section !== undefined);
}
