import "./code.css";
import { useEffect, useId, useMemo, useRef, type KeyboardEvent } from "react";
import { useWords } from "../words/words";
import { countLines, rangeOf, type Mark } from "./files";
import { tokensOf } from "./tokens";

type CodeAreaProps = {
  /** The path of the file; its ending says how it is coloured. */
  path: string;
  label: string;
  text: string;
  readOnly: boolean;
  marks: ReadonlyMap<number, Mark>;
  /** Goes to a line whenever it is a new object. */
  goTo: { line: number } | undefined;
  onText: (text: string) => void;
};

const INDENT = "  ";

/** Room below the last line that is scrolled to, in lines. */
const CONTEXT_LINES = 5;

/** A text area with line numbers and colours. The colours lie behind it, in the same letters, so that everything a text area can do works. */
export function CodeArea({ path, label, text, readOnly, marks, goTo, onText }: CodeAreaProps) {
  const { t, of } = useWords();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const colours = useRef<HTMLPreElement>(null);
  const tokens = useMemo(() => tokensOf(path, text), [path, text]);
  const lines = countLines(text);
  const content = useRef(text);
  useEffect(() => {
    content.current = text;
  }, [text]);
  useEffect(() => {
    const field = area.current;
    if (goTo === undefined || field === null) return;
    const [start, end] = rangeOf(content.current, goTo.line);
    field.focus();
    field.setSelectionRange(start, end);
    const height = Number.parseFloat(getComputedStyle(field).lineHeight);
    field.scrollTop = Math.max(0, (goTo.line - CONTEXT_LINES) * height);
  }, [goTo]);
  const scrolled = () => {
    const { scrollTop, scrollLeft } = area.current ?? { scrollTop: 0, scrollLeft: 0 };
    if (gutter.current) gutter.current.style.transform = `translateY(${String(-scrollTop)}px)`;
    if (colours.current) colours.current.style.transform = `translate(${String(-scrollLeft)}px, ${String(-scrollTop)}px)`;
  };
  /** Enter keeps the indentation of its line. Tab stays the way out of the field. */
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing || readOnly) return;
    const field = event.currentTarget;
    const start = text.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const indent = /^[ \t]*/.exec(text.slice(start, field.selectionStart))?.[0] ?? "";
    const opens = /(?:\{|<[\w:.-]+(?:\s[^<>]*)?>)$/.test(text.slice(start, field.selectionStart).trimEnd()) && !/^\s*<\//.test(text.slice(field.selectionStart));
    if (indent === "" && !opens) return;
    event.preventDefault();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Nothing else enters a text so that the browser can undo it.
    document.execCommand("insertText", false, `\n${indent}${opens ? INDENT : ""}`);
  };
  return (
    <div className="code-area">
      <div className="code-gutter" aria-hidden="true">
        <div ref={gutter}>
          {Array.from({ length: lines }, (_, index) => {
            const mark = marks.get(index + 1);
            return (
              <div key={index} className={mark ? `code-line ${mark.gravity.toLowerCase()}` : "code-line"} title={mark?.reasons.join("\n")}>
                {index + 1}
              </div>
            );
          })}
        </div>
      </div>
      <div className="code-text">
        <div className="code-behind" aria-hidden="true">
          <pre ref={colours}>
            {[...marks.values()].map((mark) => (
              <span key={mark.line} className={`code-band ${mark.gravity.toLowerCase()}`} style={{ "--line": mark.line - 1 } as React.CSSProperties} />
            ))}
            {tokens.map((token, index) => (token.kind === "plain" ? token.text : <span key={index} className={`code-${token.kind}`}>{token.text}</span>))}
            {"\n"}
          </pre>
        </div>
        <textarea
          ref={area}
          id={id}
          aria-label={label}
          aria-describedby={`${id}-marks`}
          aria-invalid={[...marks.values()].some(({ gravity }) => gravity === "ERROR") || undefined}
          wrap="off"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          readOnly={readOnly}
          value={text}
          onChange={(event) => {
            onText(event.target.value);
          }}
          onKeyDown={press}
          onScroll={scrolled}
        />
      </div>
      <ul id={`${id}-marks`} className="visually-hidden">
        {[...marks.values()].map(({ line, gravity, reasons }) => (
          <li key={line}>
            {t("gateway.line", { line })}: {of("gateway.gravity", gravity)}: {reasons.join("; ")}
          </li>
        ))}
      </ul>
    </div>
  );
}
