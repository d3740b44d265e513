import "./diff.css";
import "./gateway.css";
import { useParams, useSearchParams, Link } from "react-router";
import { Empty } from "../ui/Empty";
import { Field } from "../ui/Field";
import { usePageTitle } from "../ui/page";
import { ReadFrame } from "../ui/ReadFrame";
import { Status, type Meaning } from "../ui/Status";
import { useMedia } from "../ui/useMedia";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { counts } from "./diff";
import { SideBySide, Unified } from "./DiffTables";
import { findDiff, listRevisions, pageOf, SHOWS, type FileDiff, type Revision } from "./proxies";

/** How two revisions of a proxy differ, file by file. */
export default function DiffPage() {
  const { name = "" } = useParams();
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const revisions = useRead(["api-proxy-revisions", name], () => listRevisions(name), SHOWS);
  usePageTitle(`${t("gateway.compare")}: ${name}`);
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("gateway.compare")}: <Link to={pageOf(name)}>{name}</Link>
        </h1>
      </header>
      <ReadFrame read={revisions}>
        {(all) => {
          const to = Number(params.get("to") ?? all[0]?.number ?? 1);
          const from = Number(params.get("from") ?? all.find(({ number }) => number < to)?.number ?? to);
          const choose = (end: "from" | "to") => (number: number) => {
            setParams({ from: String(from), to: String(to), [end]: String(number) }, { replace: true });
          };
          return (
            <>
              <div className="filters">
                <Choice label={t("filter.from")} all={all} chosen={from} onChoose={choose("from")} />
                <Choice label={t("filter.to")} all={all} chosen={to} onChoose={choose("to")} />
              </div>
              <Differences key={`${String(from)} ${String(to)}`} name={name} from={from} to={to} />
            </>
          );
        }}
      </ReadFrame>
    </section>
  );
}

function Choice({ label, all, chosen, onChoose }: { label: string; all: readonly Revision[]; chosen: number; onChoose: (number: number) => void }) {
  const { t, format } = useWords();
  return (
    <Field label={label}>
      {(ties) => (
        <select {...ties} value={chosen} onChange={(event) => { onChoose(Number(event.target.value)); }}>
          {all.map(({ number, at, note, deployed }) => (
            <option key={number} value={number}>
              {[t("gateway.revision", { revision: number }), deployed ? t("gateway.state.deployed") : "", format.instant(at), note].filter((part) => part !== "").join(" · ")}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Differences({ name, from, to }: { name: string; from: number; to: number }) {
  const { t } = useWords();
  const diff = useRead(["api-proxy-diff", name, from, to], () => findDiff(name, from, to));
  return (
    <ReadFrame read={diff}>
      {(files) =>
        files.length === 0 ? <Empty title={t("gateway.noDifference")} /> : (
          <>
            <p className="quiet flat" role="status">
              {t("gateway.filesChanged", { count: files.length })}
            </p>
            {files.map((file) => (
              <File key={file.file} diff={file} />
            ))}
          </>
        )
      }
    </ReadFrame>
  );
}

const MEANINGS: Record<FileDiff["change"], Meaning> = { added: "good", changed: "watch", removed: "bad" };

function File({ diff }: { diff: FileDiff }) {
  const { t, of } = useWords();
  const wide = useMedia("(min-width: 1024px)");
  const { added, removed } = counts(diff.lines);
  return (
    <details className="diff" open>
      <summary>
        <span className="diff-file">{diff.file}</span>
        <Status text={of("gateway.change", diff.change)} meaning={MEANINGS[diff.change]} />
        <span className="quiet">
          +{added} −{removed}
        </span>
      </summary>
      {diff.lines.length === 0 ? <p className="quiet">{t("gateway.notCompared")}</p> : wide ? <SideBySide diff={diff} /> : <Unified diff={diff} />}
    </details>
  );
}
