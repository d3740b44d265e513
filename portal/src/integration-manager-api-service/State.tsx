import { ProgressIndicator } from "@ui5/webcomponents-react/ProgressIndicator";
import { Status } from "../ui/Status";
import { useWords } from "../words/words";
import { meaning, statusText, type Integration } from "./integrations";
import { shown, type Progress } from "./live";

/** The status of an integration, and whether its schedule is paused. */
export function State({ integration }: { integration: Integration }) {
  const words = useWords();
  return (
    <span className="integration-state" data-status={integration.status}>
      <Status text={statusText(integration, words)} meaning={meaning(integration)} />
      {integration.paused && <Status text={words.t("integration.paused")} meaning="plain" />}
    </span>
  );
}

/** The rows of an integration; while a load runs, how far it has come. */
export function Rows({ integration, progress }: { integration: Integration; progress: Progress | undefined }) {
  const { t, format } = useWords();
  const now = shown(integration, progress);
  if (now === undefined) return format.number(integration.rows);
  const { rows, total, percent, rate, parts } = now;
  return (
    <span className="integration-progress">
      {total !== null && <ProgressIndicator accessibleName={t("integration.progressOf", { name: integration.name })} value={percent} />}
      <span className="quiet">
        {[
          total === null ? t("list.rows", { count: rows }) : t("list.shownOf", { shown: format.number(rows), total: format.number(total) }),
          rate > 0 ? t("integration.rowsPerSecond", { rate: format.number(rate) }) : "",
          parts > 1 ? t("integration.parts", { count: parts }) : "",
        ]
          .filter((text) => text !== "")
          .join(" · ")}
      </span>
    </span>
  );
}
