import { Button } from "@ui5/webcomponents-react/Button";
import { useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import type { Versioned } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { Field } from "../ui/Field";
import { ProblemStrip } from "../ui/ProblemStrip";
import { Unsaved, type Leaving } from "../ui/Unsaved";
import { useWords } from "../words/words";
import { CodeArea } from "./CodeArea";
import { Deploy, useProxyAgain } from "./Deploy";
import { countLines, marksOf, withEndsOf, withPlainEnds } from "./files";
import { FindingList } from "./FindingList";
import { diffOf, findFile, saveFile, type FileText } from "./proxies";
import { useCheck } from "./useCheck";

/** Somebody else was faster. */
const STALE = 412;

const NOTE_MAX = 500;

type BenchProps = {
  proxy: string;
  /** The file as it was when it was opened. What others save later does not take away what is being written; saving tells. */
  opened: Versioned<FileText>;
  /** The line to begin at; 0 for none. */
  line: number;
  /** Told whether something is written that is not saved. */
  onDirty: (dirty: boolean) => void;
};

/** One file being changed: it is checked when nothing is typed, and saved as a new revision of the proxy. */
export function Bench({ proxy, opened, line, onDirty }: BenchProps) {
  const { t } = useWords();
  const { may } = useSession();
  const { path } = opened.value;
  const edits = may("api-management.develop");
  const [base, setBase] = useState(opened);
  const [text, setText] = useState(() => withPlainEnds(opened.value.text));
  const [note, setNote] = useState("");
  const [goTo, setGoTo] = useState(line > 0 ? { line } : undefined);
  const [failure, setFailure] = useState<Problem>();
  const [saved, setSaved] = useState(false);
  const [deploys, setDeploys] = useState(false);
  const [theirs, setTheirs] = useState<Versioned<FileText>>();
  const [busy, setBusy] = useState(false);
  const again = useProxyAgain(proxy);
  const { findings, current, failed } = useCheck(proxy, path, text, { text: withPlainEnds(opened.value.text), findings: opened.value.findings }, edits);
  const marks = useMemo(() => marksOf(findings, countLines(text)), [findings, text]);
  const dirty = text !== withPlainEnds(base.value.text);
  const [left, setLeft] = useState<Leaving>();
  useEffect(() => {
    onDirty(dirty);
    return () => {
      onDirty(false);
    };
  }, [dirty, onDirty]);

  const send = async (etag: string) => {
    setBase(await saveFile(proxy, path, withEndsOf(base.value.text, text), note.trim(), etag));
    setNote("");
    setSaved(true);
    await again();
  };
  const save = async (etag: string) => {
    setBusy(true);
    setFailure(undefined);
    setTheirs(undefined);
    try {
      await send(etag).catch(async (refusal: unknown) => {
        if (asProblem(refusal).status !== STALE) throw refusal;
        const now = await findFile(proxy, path);
        // The version is that of the proxy: when only other files changed, nothing is lost.
        if (now.value.text === base.value.text) await send(now.etag);
        else setTheirs(now);
      });
    } catch (problem) {
      setFailure(asProblem(problem));
    }
    setBusy(false);
  };
  return (
    <>
      <div className="bench-head">
        <h2>{path.slice(path.lastIndexOf("/") + 1)}</h2>
        <span className="quiet" role="status">
          {dirty ? `${t("gateway.unsaved")}. ` : ""}
          {current ? (findings.length === 0 ? t("gateway.fileFine") : t("gateway.findingCount", { count: findings.length })) : failed ? t("gateway.notChecked") : edits ? t("gateway.checking") : ""}
        </span>
      </div>
      <CodeArea path={path} label={t("gateway.textOf", { file: path })} text={text} readOnly={!edits} marks={marks} goTo={goTo} onText={setText} />
      {findings.length > 0 && (
        <div className="bench-below">
          <FindingList findings={findings} onLine={(at) => { setGoTo({ line: at }); }} />
        </div>
      )}
      {failure && <ProblemStrip failure={failure} />}
      {theirs && (
        <div className="problem" role="alert">
          <p className="flat">{t("gateway.changedMeanwhile")}</p>
          <div className="page-actions">
            <Button onClick={() => { setBase(theirs); setText(withPlainEnds(theirs.value.text)); setTheirs(undefined); }}>{t("gateway.takeTheirs")}</Button>
            <Button design="Negative" onClick={() => void save(theirs.etag)}>
              {t("gateway.keepMine")}
            </Button>
          </div>
        </div>
      )}
      {saved && !dirty && <Saved proxy={proxy} revision={base.value.revision} onDeploy={() => { setDeploys(true); }} />}
      {deploys && <Deploy name={proxy} revision={base.value.revision} etag={base.etag} onEnd={() => { setDeploys(false); setSaved(false); }} />}
      {edits && dirty && (
        <div className="save-bar">
          <Field label={t("gateway.note")} hint={t("gateway.noteHint")}>
            {(ties) => <input {...ties} type="text" maxLength={NOTE_MAX} value={note} onChange={(event) => { setNote(event.target.value); }} />}
          </Field>
          <Button design="Emphasized" disabled={busy} onClick={() => void save(base.etag)}>
            {t("gateway.saveRevision")}
          </Button>
          <Button disabled={busy} onClick={() => { setText(withPlainEnds(base.value.text)); }}>
            {t("action.discard")}
          </Button>
        </div>
      )}
      {dirty && <Unsaved onLeaving={setLeft} />}
      {left && (
        <Confirm title={t("gateway.leaveEditor")} action={t("action.discard")} destructive run={() => Promise.resolve(left.proceed())} onEnd={left.reset}>
          <p>{t("error.leaveUnsaved")}</p>
        </Confirm>
      )}
    </>
  );
}

/** What can be done next with what was saved. */
function Saved({ proxy, revision, onDeploy }: { proxy: string; revision: number; onDeploy: () => void }) {
  const { t } = useWords();
  return (
    <div className="good saved" role="status">
      <span>{t("gateway.savedAs", { revision })}</span>
      {revision > 1 && <Link to={diffOf(proxy, revision - 1, revision)}>{t("gateway.compareWith", { revision: revision - 1 })}</Link>}
      <Button onClick={onDeploy}>{t("gateway.deploy")}</Button>
    </div>
  );
}
