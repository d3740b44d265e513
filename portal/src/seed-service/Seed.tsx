import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { api, read } from "../api/client";
import type { components } from "../api/schema";
import { useSession } from "../session/session";
import { DataTable, type Column } from "../ui/DataTable";
import { usePageTitle } from "../ui/page";
import { ProblemStrip } from "../ui/ProblemStrip";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";

type Standing = components["schemas"]["Standing"];
type Conflict = components["schemas"]["SeedConflict"];
type State = components["schemas"]["State"];

const KEY = ["seed"];

/** The data that came with the program: what was changed here, and where an upgrade could not decide. */
export default function Seed() {
  const words = useWords();
  const { t } = words;
  usePageTitle(t("nav.seed"));
  const state = useRead(KEY, () => read(api.GET("/api/seed")), ["SeedConflicts"]);
  return (
    <section className="page">
      <h1>{t("nav.seed")}</h1>
      <ReadFrame read={state}>{(found) => <Shown state={found} />}</ReadFrame>
    </section>
  );
}

function Shown({ state }: { state: State }) {
  const words = useWords();
  const { t } = words;
  const open = state.conflicts.filter((conflict) => conflict.state === "open");
  return (
    <>
      <h2 className="section-title">{t("admin.seedConflicts", { count: open.length })}</h2>
      {open.map((conflict) => (
        <OpenConflict key={conflict.id} conflict={conflict} />
      ))}
      <h2 className="section-title">{t("admin.collections")}</h2>
      <DataTable<Standing> name={t("admin.collections")} rows={state.collections} keyOf={({ collection }) => collection} columns={columns(words)} />
    </>
  );
}

const columns = ({ t, format }: Words): Column<Standing>[] => [
  { id: "collection", header: t("admin.collection"), text: ({ collection }) => collection, importance: 9 },
  { id: "version", header: t("field.version"), text: ({ version }) => format.number(version), end: true, importance: 5 },
  { id: "documents", header: t("admin.documents"), text: ({ documents }) => format.number(documents), end: true, importance: 7 },
  { id: "changed", header: t("admin.changedHere"), text: ({ changed }) => format.number(changed), end: true, importance: 6 },
  { id: "added", header: t("admin.addedHere"), text: ({ added }) => format.number(added), end: true, importance: 4 },
  { id: "removed", header: t("admin.removedHere"), text: ({ removed }) => format.number(removed), end: true, importance: 3 },
  {
    id: "conflicts",
    header: t("nav.conflicts"),
    text: ({ conflicts }) => format.number(conflicts),
    cell: ({ conflicts }) => <Status text={format.number(conflicts)} meaning={conflicts > 0 ? "watch" : "good"} />,
    end: true,
    importance: 8,
  },
];

/** A field that was changed both here and by the upgrade: what it was, what it is here, what it would become. */
function OpenConflict({ conflict }: { conflict: Conflict }) {
  const { t, format } = useWords();
  const { may } = useSession();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const resolve = async (take: "mine" | "theirs") => {
    setBusy(true);
    setFailure(undefined);
    try {
      await read(api.POST("/api/seed/conflicts/{id}/resolve", { params: { path: { id: conflict.id } }, body: { take } }));
      await queries.invalidateQueries({ queryKey: KEY });
    } catch (problem) {
      setFailure(problem);
    }
    setBusy(false);
  };
  const sides = [
    { id: "base", title: t("admin.seedBase"), value: conflict.base },
    { id: "mine", title: t("admin.seedMine"), value: conflict.mine },
    { id: "theirs", title: t("admin.seedTheirs"), value: conflict.theirs },
  ];
  return (
    <article className="conflict" aria-label={`${conflict.collection} ${conflict.document} ${conflict.path}`}>
      <h3>
        {conflict.collection} / {conflict.document} {conflict.path}
      </h3>
      <p className="quiet">
        {conflict.reason} · {format.instant(conflict.at)}
      </p>
      {failure !== undefined && <ProblemStrip failure={failure} />}
      <div className="sides">
        {sides.map(({ id, title, value }) => (
          <div key={id}>
            <h4>{title}</h4>
            <pre tabIndex={0}>{value === null || value === undefined ? "–" : JSON.stringify(value, undefined, 2)}</pre>
          </div>
        ))}
      </div>
      {may("seed.edit") && (
        <div className="page-actions">
          <Button disabled={busy} onClick={() => void resolve("mine")}>
            {t("admin.keepMine")}
          </Button>
          <Button disabled={busy} onClick={() => void resolve("theirs")}>
            {t("admin.takeTheirs")}
          </Button>
        </div>
      )}
    </article>
  );
}
