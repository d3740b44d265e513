import type { Meaning } from "../ui/Status";
import { DataTable } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { PagesTable } from "../ui/PagesTable";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { usePages } from "../ui/usePages";
import { useRead } from "../ui/useRead";
import { useWords } from "../words/words";
import { lag, listLetters, listRuns, type Letter, type Run } from "./integrations";

const RESULTS: Partial<Record<string, Meaning>> = { done: "good", failed: "bad", stopped: "watch" };

/** The runs of an integration that have ended, the newest first. */
export function Runs({ name }: { name: string }) {
  const words = useWords();
  const { t, of, format } = words;
  const runs = useRead(["integration-outcome", name, "runs"], () => listRuns(name));
  return (
    <ReadFrame read={runs}>
      {({ items }) => (
        <DataTable<Run>
          name={t("integration.runs")}
          rows={items}
          keyOf={({ beganAt, kind }) => beganAt + kind}
          empty={<Empty title={t("empty.history")} />}
          columns={[
            { id: "endedAt", header: t("integration.endedAt"), text: ({ endedAt }) => format.instant(endedAt), importance: 9 },
            { id: "kind", header: t("integration.kind"), text: ({ kind, runs: count }) => (count > 1 ? `${of("integration", `kind.${kind}`)} × ${format.number(count)}` : of("integration", `kind.${kind}`)), importance: 7 },
            { id: "result", header: t("integration.resultTitle"), text: ({ result }) => of("integration", `result.${result}`), cell: ({ result }) => <Status text={of("integration", `result.${result}`)} meaning={RESULTS[result] ?? "plain"} />, width: "8rem", importance: 8 },
            { id: "rows", header: t("integration.rows"), text: ({ rows }) => format.number(rows), end: true, width: "6rem", importance: 6 },
            { id: "inserted", header: t("integration.inserted"), text: ({ inserted }) => format.number(inserted), end: true, width: "6rem", importance: 3 },
            { id: "updated", header: t("integration.updated"), text: ({ updated }) => format.number(updated), end: true, width: "6rem", importance: 3 },
            { id: "removed", header: t("integration.removed"), text: ({ removed }) => format.number(removed), end: true, width: "6rem", importance: 2 },
            { id: "duration", header: t("field.duration"), text: ({ durationMs }) => lag(durationMs, words), end: true, width: "7rem", importance: 4 },
            { id: "detail", header: t("integration.reason"), text: ({ code, detail }) => [code, detail].filter(Boolean).join(": "), importance: 5 },
          ]}
        />
      )}
    </ReadFrame>
  );
}

/** The rows that could not be loaded, each with the reason. */
export function Letters({ name }: { name: string }) {
  const { t, format } = useWords();
  const letters = usePages<Letter>(["integration-outcome", name, "letters"], (after) => listLetters(name, after));
  return (
    <PagesTable<Letter>
      name={t("integration.letters")}
      pages={letters}
      keyOf={({ keys, property, firstSeenAt }) => JSON.stringify(keys) + property + firstSeenAt}
      empty={<Empty title={t("integration.deadLetters", { count: 0 })} hint={t("integration.lettersHint")} />}
      columns={[
        { id: "row", header: t("integration.row"), text: ({ row, keys }) => row ?? Object.entries(keys).map(([key, value]) => `${key} ${value}`).join(", "), importance: 9 },
        { id: "property", header: t("integration.from"), text: ({ property }) => property, importance: 6 },
        { id: "value", header: t("field.value"), text: ({ value }) => value, importance: 5 },
        { id: "reason", header: t("integration.reason"), text: ({ code, reason }) => `${reason} (${code})`, importance: 8 },
        { id: "lastSeen", header: t("integration.lastSeen"), text: ({ lastSeenAt }) => format.instant(lastSeenAt), importance: 4 },
        { id: "times", header: t("integration.times"), text: ({ times }) => format.number(times), end: true, width: "6rem", importance: 3 },
      ]}
    />
  );
}
