import { useQueryClient } from "@tanstack/react-query";
import { Confirm } from "../ui/Confirm";
import { useWords } from "../words/words";
import { deploy } from "./proxies";

/** Asks before a revision goes into use, and says why it cannot. */
export function Deploy({ name, revision, etag, onEnd }: { name: string; revision: number; etag?: string; onEnd: () => void }) {
  const { t } = useWords();
  const again = useProxyAgain(name);
  return (
    <Confirm
      title={`${t("gateway.deploy")}: ${name}`}
      action={t("gateway.deploy")}
      run={async () => {
        await deploy(name, revision, etag);
        await again();
      }}
      onEnd={onEnd}
    >
      <p>{t("gateway.deployConfirm", { revision })}</p>
    </Confirm>
  );
}

/** Reads everything that is shown of a proxy again, after it was changed here. */
export function useProxyAgain(name: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: ({ queryKey: [kind, one] }) => (String(kind).startsWith("api-proxy") && one === name) || (kind === "list" && one === "api-proxies") });
}
