import "./code.css";
import "./gateway.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useSession } from "../session/session";
import { Empty } from "../ui/Empty";
import { usePageTitle } from "../ui/page";
import { ReadFrame } from "../ui/ReadFrame";
import { Field } from "../ui/Field";
import { useMedia } from "../ui/useMedia";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { Bench } from "./Bench";
import { FileActions } from "./FileActions";
import { firstOf, foldersOf } from "./files";
import { editorAt, findFile, findProxy, listFiles, NEEDED, pageOf, SHOWS, type Finding, type ProxyFile } from "./proxies";
import { State } from "./State";

/** The files of a proxy, and one of them as text to be changed. */
export default function EditorPage() {
  const { name = "" } = useParams();
  const { t } = useWords();
  const { may } = useSession();
  const [params, setParams] = useSearchParams();
  const [dirty, setDirty] = useState(false);
  const phone = useMedia("(max-width: 799px)");
  const files = useRead(["api-proxy-files", name], () => listFiles(name), SHOWS);
  const proxy = useRead(["api-proxy", name], () => findProxy(name), NEEDED);
  const file = params.get("file") ?? (files.data && firstOf(files.data)) ?? "";
  const unnamed = !params.has("file") && file !== "";
  // The first file may be another one when somebody adds one; the address keeps the one that is open.
  useEffect(() => {
    if (unnamed) setParams({ file }, { replace: true });
  }, [unnamed, file, setParams]);
  usePageTitle(`${t("gateway.editor")}: ${name}`);
  return (
    <section className="workbench" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("gateway.editor")}: <Link to={pageOf(name)}>{name}</Link>
        </h1>
        <div className="page-actions">
          {proxy.data && <State proxy={proxy.data.value.proxy} />}
          {proxy.data && files.data && may("api-management.develop") && <FileActions proxy={name} etag={proxy.data.etag} files={files.data} chosen={file} dirty={dirty} />}
        </div>
      </header>
      <nav className={phone ? "" : "file-tree"} aria-label={t("gateway.files")}>
        <ReadFrame read={files}>{(all) => (phone ? <Choice proxy={name} files={all} chosen={file} /> : <Tree proxy={name} files={all} chosen={file} findings={proxy.data?.value.findings ?? []} />)}</ReadFrame>
      </nav>
      <div className="bench">
        {file === "" ? <Empty title={t("gateway.chooseFile")} /> : files.data?.find(({ path }) => path === file)?.text === false ? <Empty title={t("gateway.binaryFile")} /> : <Opened key={file} proxy={name} path={file} line={Number(params.get("line") ?? 0)} onDirty={setDirty} />}
      </div>
    </section>
  );
}

/** A file, read anew each time that it is opened. */
function Opened({ proxy, path, line, onDirty }: { proxy: string; path: string; line: number; onDirty: (dirty: boolean) => void }) {
  const file = useQuery({ queryKey: ["api-file", proxy, path], queryFn: () => findFile(proxy, path), staleTime: Infinity, gcTime: 0 });
  return <ReadFrame read={file}>{(opened) => <Bench proxy={proxy} opened={opened} line={line} onDirty={onDirty} />}</ReadFrame>;
}

function Tree({ proxy, files, chosen, findings }: { proxy: string; files: readonly ProxyFile[]; chosen: string; findings: readonly Finding[] }) {
  const { t, of } = useWords();
  return foldersOf(files).map((folder) => (
    <div key={folder.name}>
      <h2>{of("gateway.folder", folder.name)}</h2>
      <ul>
        {folder.files.map(({ path, name }) => {
          const count = findings.filter(({ file }) => file === path).length;
          return (
            <li key={path}>
              <Link to={editorAt(proxy, path)} aria-current={path === chosen ? "page" : undefined}>
                {name}
                {count > 0 && <span className="refused">{t("gateway.findingCount", { count })}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  ));
}

/** The tree as a list to choose from, where there is no room for it. */
function Choice({ proxy, files, chosen }: { proxy: string; files: readonly ProxyFile[]; chosen: string }) {
  const { t, of } = useWords();
  const navigate = useNavigate();
  return (
    <Field label={t("gateway.file")}>
      {(ties) => (
        <select {...ties} value={chosen} onChange={(event) => void navigate(editorAt(proxy, event.target.value))}>
          {foldersOf(files).map((folder) => (
            <optgroup key={folder.name} label={of("gateway.folder", folder.name)}>
              {folder.files.map(({ path, name }) => (
                <option key={path} value={path}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
