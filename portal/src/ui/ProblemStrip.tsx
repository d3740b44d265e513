import { asProblem, UNREACHABLE } from "../api/problem";
import { useWords, type Words } from "../words/words";
import { PlainButton } from "./PlainButton";

type ProblemStripProps = {
  failure: unknown;
  /** What did not come about, where its place does not say it. */
  title?: string;
  onRetry?: (() => void) | undefined;
};

/** What a failure means and what to do about it, in the place of what could not be shown or done. */
export function ProblemStrip({ failure, title: what, onRetry }: ProblemStripProps) {
  const { t, of } = useWords();
  const problem = asProblem(failure);
  const title = problem.code === UNREACHABLE ? t("error.network") : problem.title || t("error.title");
  return (
    <div className="problem" role="alert">
      <strong>{what === undefined ? title : `${what}: ${title}`}</strong>
      {problem.detail && <span>: {problem.detail}</span>}
      {problem.findings.length > 0 && (
        <ul>
          {problem.findings.map((finding) => (
            <li key={finding.parameter + finding.reason}>
              {labelOf(finding.parameter, of)}
              {finding.reason}
            </li>
          ))}
        </ul>
      )}
      {problem.remedy && <div>{t("error.remedy", { remedy: problem.remedy })}</div>}
      {problem.requestId && (
        <div className="quiet">
          {problem.code} · {t("error.requestId", { requestId: problem.requestId })}
        </div>
      )}
      {onRetry && (
        <PlainButton quiet onClick={onRetry}>
          {t("action.retry")}
        </PlainButton>
      )}
    </div>
  );
}

/** A field as the forms call it: the last name in where the server found something; nothing where no form has it. */
function labelOf(parameter: string, of: Words["of"]): string {
  const name = parameter.split(/[/.[\]]+/).findLast((step) => step !== "" && !/^\d+$/.test(step)) ?? "";
  const label = name === "" ? "" : of("field", name, "");
  return label === "" ? "" : `${label}: `;
}
