import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Link } from "react-router";
import { useSession } from "../session/session";
import { DataTable } from "../ui/DataTable";
import { ReadFrame } from "../ui/ReadFrame";
import { Seen } from "../ui/Seen";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { Deploy } from "./Deploy";
import { diffOf, listRevisions, SHOWS, type Outline, type Revision } from "./proxies";

/** The revisions of a proxy, the newest first; each can be compared with the one before and put into use. */
export function Revisions({ proxy: { name }, etag }: { proxy: Outline; etag: string }) {
  const { t, format } = useWords();
  const { may } = useSession();
  const revisions = useRead(["api-proxy-revisions", name], () => listRevisions(name), SHOWS);
  const [asked, setAsked] = useState<number>();
  const actions = (all: readonly Revision[]) => (one: Revision) => {
    const before = all[all.indexOf(one) + 1];
    return (
      <div className="row-actions">
        {before && <Link to={diffOf(name, before.number, one.number)}>{t("gateway.compareWith", { revision: before.number })}</Link>}
        {may("api-management.develop") && !one.deployed && (
          <Button design="Transparent" accessibleName={`${t("gateway.deploy")}: ${t("gateway.revision", { revision: one.number })}`} onClick={() => { setAsked(one.number); }}>
            {t("gateway.deploy")}
          </Button>
        )}
      </div>
    );
  };
  return (
    <ReadFrame read={revisions}>
      {(all) => (
        <>
          <DataTable<Revision>
            name={t("gateway.revisions")}
            rows={all}
            keyOf={({ number }) => String(number)}
            columns={[
              { id: "number", header: t("gateway.revisionTitle"), text: ({ number }) => String(number), width: "6rem", importance: 9 },
              { id: "state", header: t("field.state"), text: () => "", cell: ({ deployed }) => (deployed ? <Status text={t("gateway.state.deployed")} meaning="good" /> : ""), width: "8rem", importance: 8 },
              { id: "at", header: t("admin.when"), text: ({ at }) => format.instant(at), importance: 7 },
              { id: "by", header: t("admin.who"), text: ({ byName }) => byName, importance: 6 },
              { id: "note", header: t("gateway.note"), text: ({ note }) => note, importance: 5 },
              { id: "actions", header: t("admin.actions"), text: () => "", cell: actions(all), importance: 7 },
            ]}
          />
          {asked !== undefined && <Seen of={etag}>{(seen) => <Deploy name={name} revision={asked} etag={seen} onEnd={() => { setAsked(undefined); }} />}</Seen>}
        </>
      )}
    </ReadFrame>
  );
}
