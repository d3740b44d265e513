import "@ui5/webcomponents-icons/dist/edit.js";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Versioned } from "../api/client";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { ConfirmRemoval } from "../ui/ConfirmRemoval";
import { download } from "../ui/export";
import { ProblemStrip } from "../ui/ProblemStrip";
import { Seen } from "../ui/Seen";
import { useWords } from "../words/words";
import { exportZip, pageOf, PROXIES, removeProxy, rollback, synchronize, undeploy, type Proxy } from "./proxies";
import { Deploy, useProxyAgain } from "./Deploy";

type Asked = "deploy" | "undeploy" | "rollback" | "synchronize" | "remove";

/** What can be done with a proxy as a whole. */
export function ProxyActions({ found }: { found: Versioned<Proxy> }) {
  const { t } = useWords();
  const { may } = useSession();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked>();
  const [said, setSaid] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  const { name, deployed, latest } = found.value.proxy;
  const develops = may("api-management.develop");
  const end = () => {
    setAsked(undefined);
  };
  const give = async () => {
    setFailure(undefined);
    try {
      download(await exportZip(name), `${name}.zip`);
    } catch (problem) {
      setFailure(problem);
    }
  };
  const button = (what: Asked, text: string, emphasized = false) => (
    <Button design={emphasized ? "Emphasized" : "Default"} onClick={() => { setAsked(what); }}>
      {text}
    </Button>
  );
  return (
    <div className="page-actions">
      {develops && deployed !== latest && button("deploy", t("gateway.deploy"), true)}
      <Button icon="edit" onClick={() => void navigate(`${pageOf(name)}/editor`)}>
        {t(develops ? "gateway.editPolicies" : "gateway.showPolicies")}
      </Button>
      {develops && deployed !== null && deployed > 1 && button("rollback", t("gateway.rollback"))}
      {develops && deployed !== null && button("undeploy", t("gateway.undeploy"))}
      {develops && button("synchronize", t("gateway.synchronize"))}
      <Button onClick={() => void give()}>{t("gateway.exportZip")}</Button>
      {develops && deployed === null && button("remove", t("action.delete"))}
      {failure !== undefined && <ProblemStrip failure={failure} />}
      {asked === "deploy" && <Seen of={found}>{(seen) => <Deploy name={name} revision={seen.value.proxy.latest} etag={seen.etag} onEnd={end} />}</Seen>}
      {asked !== undefined && asked !== "deploy" && <Seen of={found}>{(seen) => <Asking asked={asked} found={seen} onSaid={setSaid} onEnd={end} />}</Seen>}
      {said !== undefined && (
        <Confirm title={`${t("gateway.synchronize")}: ${name}`} action={t("action.close")} run={() => Promise.resolve()} onEnd={() => { setSaid(undefined); }}>
          <p role="status">{said}</p>
        </Confirm>
      )}
    </div>
  );
}

type AskingProps = {
  asked: Exclude<Asked, "deploy">;
  found: Versioned<Proxy>;
  /** Takes what is to be told after it was done. */
  onSaid: (text: string) => void;
  onEnd: () => void;
};

function Asking({ asked, found, onSaid, onEnd }: AskingProps) {
  const { t } = useWords();
  const { name, deployed } = found.value.proxy;
  const queries = useQueryClient();
  const again = useProxyAgain(name);
  const act = (doing: () => Promise<unknown>) => async () => {
    await doing();
    await again();
  };
  switch (asked) {
    case "undeploy":
      return (
        <Confirm title={`${t("gateway.undeploy")}: ${name}`} action={t("gateway.undeploy")} destructive run={act(() => undeploy(name, found.etag))} onEnd={onEnd}>
          <p>{t("gateway.undeployConfirm")}</p>
        </Confirm>
      );
    case "rollback":
      return (
        <Confirm title={`${t("gateway.rollback")}: ${name}`} action={t("gateway.rollback")} run={act(() => rollback(name, found.etag))} onEnd={onEnd}>
          <p>{t("gateway.rollbackConfirm", { revision: deployed ?? 0 })}</p>
        </Confirm>
      );
    case "synchronize":
      return (
        <Confirm
          title={`${t("gateway.synchronize")}: ${name}`}
          action={t("gateway.synchronize")}
          run={act(async () => {
            const { changed, revision, version } = await synchronize(name, found.etag);
            onSaid(changed ? t("gateway.synchronized", { revision, version }) : t("gateway.synchronizedBefore", { version }));
          })}
          onEnd={onEnd}
        >
          <p>{t("gateway.synchronizeConfirm")}</p>
        </Confirm>
      );
    case "remove":
      return (
        <ConfirmRemoval of={found} name={name} remove={(seen) => removeProxy(name, seen.etag)} list={PROXIES} read={["api-proxy", name]} onRemoved={() => { queries.removeQueries({ queryKey: ["list", "api-proxies"] }); }} onEnd={onEnd}>
          {t("gateway.removeProxy", { name })}
        </ConfirmRemoval>
      );
  }
}
