import "@ui5/webcomponents-icons/dist/add.js";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useSession } from "../session/session";
import type { Column } from "../ui/DataTable";
import { ListReport } from "../ui/ListReport";
import { Status } from "../ui/Status";
import { useWords, type Words } from "../words/words";
import { ChooseService } from "./ChooseService";
import { ImportProxy } from "./ImportProxy";
import { State } from "./State";
import { listProxies, NEEDED, pageOf, STATES, stateOf, type Outline } from "./proxies";

/** The APIs that the gateway offers. */
export default function Proxies() {
  const words = useWords();
  const { t, of } = words;
  const { may } = useSession();
  const [opened, setOpened] = useState<"import" | "create">();
  const close = () => {
    setOpened(undefined);
  };
  return (
    <>
      <ListReport<Outline>
        page="api-proxies"
        title={t("gateway.proxies")}
        shows={NEEDED}
        columns={columns(words)}
        filters={[
          { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
          { kind: "one", name: "state", label: t("field.state"), choices: STATES.map((value) => ({ value, text: of("gateway.state", value) })) },
        ]}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => pageOf(name)}
        load={listProxies}
        emptyTitle={t("gateway.noProxies")}
        emptyHint={t("gateway.noProxiesHint")}
        actions={
          may("api-management.develop") && (
            <>
              <Button icon="add" design="Emphasized" onClick={() => { setOpened("create"); }}>
                {t("action.create")}
              </Button>
              <Button onClick={() => { setOpened("import"); }}>{t("action.import")}</Button>
            </>
          )
        }
      />
      {opened === "import" && <ImportProxy onClose={close} />}
      {opened === "create" && <ChooseService onClose={close} />}
    </>
  );
}

const columns = ({ t, of, format }: Words): Column<Outline>[] => [
  { id: "name", header: t("field.name"), text: ({ name }) => name, importance: 9, sort: "name" },
  { id: "title", header: t("gateway.title"), text: ({ title }) => title, importance: 5, sort: "title" },
  { id: "basePath", header: t("gateway.basePath"), text: ({ basePaths }) => basePaths.join(", "), importance: 7 },
  { id: "state", header: t("field.state"), text: (proxy) => of("gateway.state", stateOf(proxy)), cell: (proxy) => <State proxy={proxy} />, importance: 8 },
  { id: "deployed", header: t("gateway.deployedRevision"), text: ({ deployed, latest }) => t("gateway.deployedOf", { deployed: deployed ?? "–", latest }), width: "8rem", importance: 6 },
  { id: "findings", header: t("gateway.findings"), text: ({ findings: count }) => t("gateway.findingCount", { count }), cell: (proxy) => <Findings proxy={proxy} />, width: "8rem", importance: 4 },
  { id: "changedAt", header: t("field.changedAt"), text: ({ changedAt }) => format.instant(changedAt), cell: ({ changedAt, changedBy }) => `${format.ago(changedAt)}, ${changedBy}`, importance: 3, sort: "changedAt" },
];

/** How many findings the newest revision has. */
function Findings({ proxy: { findings: count, deployable } }: { proxy: Outline }) {
  const { t } = useWords();
  const text = t("gateway.findingCount", { count });
  return count === 0 ? text : <Status text={text} meaning={deployable ? "watch" : "bad"} />;
}
