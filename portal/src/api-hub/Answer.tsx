import { CopyButton } from "../ui/CopyButton";
import { Status } from "../ui/Status";
import { useWords } from "../words/words";
import { curl, meaningOf, pretty, type HeaderLine, type TestResponse, type TestRequest } from "./console";

/** What came back: status, time, headers and the body, made readable. */
export function Answer({ request, answer, note }: { request: TestRequest; answer: TestResponse; note?: string }) {
  const { t, format } = useWords();
  const type = answer.headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  const shown = pretty(answer.body, type);
  return (
    <div className="stack">
      {note && <p className="key-warning">{note}</p>}
      <p className="answer-head">
        <Status text={`${String(answer.status)} ${answer.reason}`} meaning={meaningOf(answer.status)} />
        <span>{t("apiHub.milliseconds", { millis: format.number(answer.millis, 1) })}</span>
        <span>{t("apiHub.bytes", { bytes: format.number(answer.bytes) })}</span>
        <span className="quiet">
          {request.method} {request.path}
        </span>
      </p>
      {answer.cut && <p className="quiet">{t(answer.body === "" ? "apiHub.noText" : "apiHub.cut")}</p>}
      {shown !== "" && (
        <pre className="code" tabIndex={0} aria-label={t("apiHub.body")}>
          {shown}
        </pre>
      )}
      <Headers title={t("apiHub.answerHeaders", { count: answer.headers.length })} lines={answer.headers} />
      <details>
        <summary>{t("apiHub.asCommand")}</summary>
        <Command text={curl(request)} />
      </details>
    </div>
  );
}

function Headers({ title, lines }: { title: string; lines: readonly HeaderLine[] }) {
  return (
    <details>
      <summary>{title}</summary>
      <dl className="header-lines">
        {lines.map(({ name, value }, index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Command({ text }: { text: string }) {
  const { t } = useWords();
  return (
    <div className="stack">
      <p className="quiet">{t("apiHub.commandHint")}</p>
      <pre className="code" tabIndex={0} aria-label={t("apiHub.asCommand")}>
        {text}
      </pre>
      <div className="page-actions">
        <CopyButton text={text} />
      </div>
    </div>
  );
}
