import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Field } from "../ui/Field";
import { ReadFrame } from "../ui/ReadFrame";
import { useWords, type Words } from "../words/words";
import { meanMicros, policyTimes, type PolicyFigures } from "./analytics";

const READ_EVERY_MS = 10_000;

/** How long the policies of a proxy take, the slowest first, as bars. */
export function PolicyTimes({ proxies, chosen }: { proxies: readonly string[]; chosen: string }) {
  const words = useWords();
  const { t } = words;
  const [own, setOwn] = useState("");
  const proxy = chosen || own || (proxies[0] ?? "");
  const read = useQuery({ queryKey: ["gateway-policy-times", proxy], queryFn: () => policyTimes(proxy), refetchInterval: READ_EVERY_MS, enabled: proxy !== "" });
  return (
    <section className="stack" aria-label={t("apiHub.policyTimes")}>
      <h2 className="section-title">{t("apiHub.policyTimes")}</h2>
      {chosen === "" && (
        <div className="filters">
          <Field label={t("apiHub.proxy")}>
            {(ties) => (
              <select {...ties} value={proxy} onChange={(event) => { setOwn(event.target.value); }}>
                {proxies.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
      <p className="quiet">{t("apiHub.policyTimesHint")}</p>
      <ReadFrame read={read}>
        {(all) => {
          const most = Math.max(1, ...all.map(({ nanos }) => nanos));
          return <DataTable<PolicyFigures & { index: number }> name={t("apiHub.policyTimes")} rows={all.map((one, index) => ({ ...one, index }))} keyOf={({ policy, index }) => `${policy} ${String(index)}`} columns={columns(words, most)} empty={<Empty title={t("apiHub.noPolicies")} />} />;
        }}
      </ReadFrame>
    </section>
  );
}

const columns = ({ t, format }: Words, most: number): Column<PolicyFigures>[] => [
  { id: "policy", header: t("apiHub.policy"), text: ({ policy }) => policy, importance: 9 },
  { id: "type", header: t("field.kind"), text: ({ type }) => type, importance: 5 },
  {
    id: "time",
    header: t("apiHub.timeInAll"),
    text: ({ nanos }) => t("apiHub.milliseconds", { millis: format.number(nanos / 1e6, 1) }),
    cell: ({ nanos }) => (
      <span className="bar">
        <span className="bar-length" style={{ inlineSize: `${String(Math.max(1, Math.round((nanos / most) * 100)))}%` }} aria-hidden="true" />
        <span>{t("apiHub.milliseconds", { millis: format.number(nanos / 1e6, 1) })}</span>
      </span>
    ),
    importance: 8,
  },
  { id: "mean", header: t("apiHub.meanTime"), text: (one) => t("apiHub.microseconds", { micros: format.number(meanMicros(one), 0) }), end: true, width: "8rem", importance: 7 },
  { id: "runs", header: t("apiHub.runs"), text: ({ runs }) => format.number(runs), end: true, width: "7rem", importance: 6 },
  { id: "faults", header: t("apiHub.faults"), text: ({ faults }) => format.number(faults), end: true, width: "6rem", importance: 4 },
];
