import { Link } from "react-router";
import { Status, type Meaning } from "../ui/Status";
import { useWords } from "../words/words";
import type { Finding } from "./proxies";

const MEANINGS: Record<Finding["gravity"], Meaning> = { ERROR: "bad", MISSING: "watch", WARNING: "plain" };

type FindingListProps = {
  findings: readonly Finding[];
  hrefOf?: (finding: Finding) => string | undefined;
  /** Goes to the line of a finding on the same page. */
  onLine?: (line: number) => void;
};

/** What is to be known of a proxy or one of its files, each finding with its place. */
export function FindingList({ findings, hrefOf, onLine }: FindingListProps) {
  const { t, of } = useWords();
  return (
    <ul className="finding-list">
      {findings.map((finding, index) => {
        const { gravity, file, line, reason } = finding;
        const href = hrefOf?.(finding);
        const place = line > 0 ? t("gateway.atLine", { file: nameOf(file), line }) : nameOf(file);
        return (
          <li key={`${file} ${String(line)} ${String(index)}`}>
            <Status text={of("gateway.gravity", gravity)} meaning={MEANINGS[gravity]} />
            <span className="reason">{reason}</span>
            {href !== undefined && <Link to={href}>{place}</Link>}
            {onLine && line > 0 && (
              <button type="button" className="link-button" onClick={() => { onLine(line); }}>
                {t("gateway.line", { line })}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const nameOf = (file: string) => file.slice(file.lastIndexOf("/") + 1);
