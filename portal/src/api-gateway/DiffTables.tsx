import { useState } from "react";
import { useWords } from "../words/words";
import { pairs, parts, type Line, type Pair, type Part, type Side } from "./diff";
import type { FileDiff } from "./proxies";

/** Old and new beside each other. */
export function SideBySide({ diff }: { diff: FileDiff }) {
  const { t } = useWords();
  return (
    <div className="diff-lines">
      <table>
        <caption className="visually-hidden">{diff.file}</caption>
        <colgroup>
          <col className="diff-number" />
          <col />
          <col className="diff-number" />
          <col />
        </colgroup>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t("admin.line")}</th>
            <th scope="col">{t("admin.before")}</th>
            <th scope="col">{t("admin.line")}</th>
            <th scope="col">{t("admin.after")}</th>
          </tr>
        </thead>
        <Body parts={parts(pairs(diff.lines), ({ same }) => same)} columns={4} row={(pair, index) => <PairRow key={index} pair={pair} />} />
      </table>
    </div>
  );
}

const PairRow = ({ pair: { before, after, same } }: { pair: Pair }) => (
  <tr>
    <SideCells side={before} kind={same ? "" : "went"} />
    <SideCells side={after} kind={same ? "" : "came"} />
  </tr>
);

function SideCells({ side, kind }: { side: Side | undefined; kind: "" | "went" | "came" }) {
  if (side === undefined) {
    return (
      <>
        <td className="diff-number none" />
        <td className="none" />
      </>
    );
  }
  const { text, from, to } = side;
  return (
    <>
      <td className={`diff-number ${kind}`}>{side.number}</td>
      <td className={kind}>{kind === "" ? text : <Marked text={text} from={from} to={to} kind={kind} />}</td>
    </>
  );
}

/** A line with what of it differs. */
function Marked({ text, from, to, kind }: { text: string; from: number; to: number; kind: "went" | "came" }) {
  const part = text.slice(from, to);
  return (
    <>
      {text.slice(0, from)}
      {kind === "went" ? <del>{part}</del> : <ins>{part}</ins>}
      {text.slice(to)}
    </>
  );
}

/** Old and new below each other, where the screen is narrow. */
export function Unified({ diff }: { diff: FileDiff }) {
  const { t } = useWords();
  return (
    <div className="diff-lines">
      <table>
        <caption className="visually-hidden">{diff.file}</caption>
        <colgroup>
          <col className="diff-number" />
          <col className="diff-sign" />
          <col />
        </colgroup>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t("admin.line")}</th>
            <th scope="col">{t("admin.changes")}</th>
            <th scope="col">{t("field.text")}</th>
          </tr>
        </thead>
        <Body parts={parts(diff.lines, ({ sign }) => sign === " ")} columns={3} row={(line, index) => <LineRow key={index} line={line} />} />
      </table>
    </div>
  );
}

function LineRow({ line: { sign, before, after, text } }: { line: Line }) {
  const kind = sign === "-" ? "went" : sign === "+" ? "came" : "";
  return (
    <tr>
      <td className={`diff-number ${kind}`}>{sign === "-" ? before : after}</td>
      <td className={`diff-sign ${kind}`}>{sign === "-" ? "−" : sign}</td>
      <td className={kind}>{text}</td>
    </tr>
  );
}

/** The rows, with what is the same and far from a difference folded until it is asked for. */
function Body<T>({ parts: all, columns, row }: { parts: readonly Part<T>[]; columns: number; row: (line: T, index: number) => React.ReactNode }) {
  return all.map((part, index) => <tbody key={index}>{part.kind === "lines" ? part.lines.map(row) : <Folded part={part} columns={columns} row={row} />}</tbody>);
}

function Folded<T>({ part, columns, row }: { part: Part<T>; columns: number; row: (line: T, index: number) => React.ReactNode }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (open) return part.lines.map(row);
  return (
    <tr>
      <td colSpan={columns} className="folded">
        <button type="button" className="link-button" onClick={() => { setOpen(true); }}>
          {t("gateway.unchangedLines", { count: part.lines.length })}
        </button>
      </td>
    </tr>
  );
}
