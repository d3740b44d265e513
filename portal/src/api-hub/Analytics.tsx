import "./hub.css";
import "@ui5/webcomponents-icons/dist/vertical-bar-chart.js";
import { useQuery } from "@tanstack/react-query";
import { SegmentedButton } from "@ui5/webcomponents-react/SegmentedButton";
import { SegmentedButtonItem } from "@ui5/webcomponents-react/SegmentedButtonItem";
import { useState } from "react";
import { Facts } from "../ui/ObjectFrame";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { Field } from "../ui/Field";
import { useListState } from "../ui/listState";
import { usePageTitle } from "../ui/page";
import { Plot } from "../ui/Plot";
import { ReadFrame } from "../ui/ReadFrame";
import { useMe } from "../session/session";
import { useWords, type Words } from "../words/words";
import { timeSeries, inZone, latencies, proxiesOf, rangeOf, RANGES, sum, totals, type Point, type Total } from "./analytics";
import { PolicyTimes } from "./PolicyTimes";

/** Figures of this age are read again. */
const READ_EVERY_MS = 10_000;

/** What went through the gateway: how much, how fast, and what failed. */
export default function Analytics() {
  const { t } = useWords();
  const state = useListState();
  const range = rangeOf(state.value("minutes"));
  const proxy = state.value("proxy");
  usePageTitle(t("apiHub.analytics"));
  const read = useQuery({ queryKey: ["gateway-totals", range], queryFn: () => totals(range), refetchInterval: READ_EVERY_MS, placeholderData: (before) => before });
  return (
    <section className="page" aria-labelledby="page-title">
      <header className="page-head">
        <h1 id="page-title" className="views-title">
          {t("apiHub.analytics")}
        </h1>
        <SegmentedButton accessibleName={t("measuring.period")} onSelectionChange={(event) => { state.set({ minutes: event.detail.selectedItems[0]?.dataset["range"] ?? "" }); }}>
          {RANGES.map((one) => (
            <SegmentedButtonItem key={one} selected={one === range} data-range={one}>
              {t(`apiHub.range${one}`)}
            </SegmentedButtonItem>
          ))}
        </SegmentedButton>
      </header>
      <p className="quiet">{t("apiHub.analyticsHint")}</p>
      <ReadFrame read={read}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon="vertical-bar-chart" title={t("apiHub.noFigures")} hint={t("apiHub.noFiguresHint")} />
          ) : (
            <>
              <ProxyChoice proxies={proxiesOf(all)} proxy={proxy} onProxy={(next) => { state.set({ proxy: next }); }} />
              <Figures all={proxy === "" ? all : all.filter((total) => total.proxy === proxy)} range={range} proxy={proxy} />
              <PolicyTimes proxies={proxiesOf(all)} chosen={proxy} />
            </>
          )
        }
      </ReadFrame>
    </section>
  );
}

function ProxyChoice({ proxies, proxy, onProxy }: { proxies: readonly string[]; proxy: string; onProxy: (proxy: string) => void }) {
  const { t } = useWords();
  return (
    <div className="filters">
      <Field label={t("apiHub.proxy")}>
        {(ties) => (
          <select {...ties} value={proxy} onChange={(event) => { onProxy(event.target.value); }}>
            <option value="">{t("filter.all")}</option>
            {[...new Set([...proxies, ...(proxy === "" ? [] : [proxy])])].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

function Figures({ all, range, proxy }: { all: readonly Total[]; range: number; proxy: string }) {
  const words = useWords();
  const { t, format } = words;
  const { requests, faults, share } = sum(all);
  const state = useListState();
  const read = useQuery({ queryKey: ["gateway-time-series", range, proxy], queryFn: () => timeSeries(range, proxy), refetchInterval: READ_EVERY_MS, placeholderData: (before) => before });
  return (
    <>
      <Facts
        facts={[
          { label: t("apiHub.requests"), value: <strong className="figure">{format.number(requests)}</strong> },
          { label: t("apiHub.faults"), value: <strong className={faults > 0 ? "figure bad" : "figure"}>{format.number(faults)}</strong> },
          { label: t("apiHub.faultShare"), value: <strong className="figure">{t("apiHub.percent", { value: format.number(share * 100, 1) })}</strong> },
        ]}
      />
      <ReadFrame read={read}>{(points) => <Courses points={points} />}</ReadFrame>
      <h2 className="section-title">{t("apiHub.byProxy")}</h2>
      <DataTable<Total>
        name={t("apiHub.byProxy")}
        rows={sorted(all, state.value("sort"))}
        keyOf={({ proxy: name, application, status }) => `${name} ${application} ${String(status)}`}
        columns={columns(words)}
        sorting={{ by: state.value("sort"), onSort: (sort) => { state.set({ sort }); } }}
        empty={<Empty title={t("empty.chart")} />}
      />
    </>
  );
}

const VALUES: Record<string, (total: Total) => string | number> = {
  proxy: ({ proxy }) => proxy,
  application: ({ application }) => application,
  status: ({ status }) => status,
  requests: ({ requests }) => requests,
  faults: ({ faults }) => faults,
  p95: ({ millis }) => millis.p95,
};

function sorted(all: readonly Total[], sort: string): readonly Total[] {
  const value = VALUES[sort.replace(/^-/, "")];
  if (!value) return all;
  const sign = sort.startsWith("-") ? -1 : 1;
  return [...all].sort((one, other) => {
    const [first, second] = [value(one), value(other)];
    return sign * (typeof first === "number" && typeof second === "number" ? first - second : String(first).localeCompare(String(second)));
  });
}

const columns = ({ t, format }: Words): Column<Total>[] => [
  { id: "proxy", header: t("apiHub.proxy"), text: ({ proxy }) => proxy, sort: "proxy", importance: 9 },
  { id: "application", header: t("apiHub.application"), text: ({ application }) => application || "–", sort: "application", importance: 7 },
  { id: "status", header: t("apiHub.httpStatus"), text: ({ status }) => (status === 0 ? t("apiHub.noStatus") : String(status)), sort: "status", end: true, width: "6rem", importance: 8 },
  { id: "requests", header: t("apiHub.requests"), text: ({ requests }) => format.number(requests), sort: "requests", end: true, width: "7rem", importance: 8 },
  { id: "faults", header: t("apiHub.faults"), text: ({ faults }) => format.number(faults), sort: "faults", end: true, width: "7rem", importance: 6 },
  { id: "p50", header: t("apiHub.p50"), text: ({ millis }) => milliseconds(millis.p50, t, format), end: true, width: "7rem", importance: 4 },
  { id: "p95", header: t("apiHub.p95"), text: ({ millis }) => milliseconds(millis.p95, t, format), sort: "p95", end: true, width: "7rem", importance: 5 },
  { id: "p99", header: t("apiHub.p99"), text: ({ millis }) => milliseconds(millis.p99, t, format), end: true, width: "7rem", importance: 3 },
  { id: "target", header: t("apiHub.targetMean"), text: ({ targetMillisMean }) => milliseconds(targetMillisMean, t, format), end: true, width: "8rem", importance: 2 },
];

const milliseconds = (value: number, t: Words["t"], format: Words["format"]) => t("apiHub.milliseconds", { millis: format.number(value, value < 10 ? 2 : 0) });

/** Requests and faults, and how long they took, minute by minute. */
function Courses({ points }: { points: readonly Point[] }) {
  const { t, format } = useWords();
  const { timeZone } = useMe();
  const [shift] = useState(() => inZone(timeZone ?? undefined));
  const time = (point: Point) => format.instant(point.time);
  const slow = (percentile: "p50" | "p95" | "p99") =>
    latencies(points, percentile, shift).map(({ point, ...drawn }) => ({
      ...drawn,
      text: t("apiHub.latencyAt", { time: time(point), p50: format.number(point.millis.p50, 1), p95: format.number(point.millis.p95, 1), p99: format.number(point.millis.p99, 1) }),
    }));
  const counted = points.map((point) => ({ at: shift(Date.parse(point.time)), value: point.requests, text: t("apiHub.requestsAt", { time: time(point), requests: point.requests, faults: point.faults }) }));
  const failed = points.map((point) => ({ at: shift(Date.parse(point.time)), value: point.faults }));
  return (
    <div className="courses">
      <section className="card" aria-label={t("apiHub.requestsPerMinute")}>
        <h2 className="section-title">{t("apiHub.requestsPerMinute")}</h2>
        <Plot name={t("apiHub.requestsPerMinute")} points={counted} others={[{ text: t("apiHub.faults"), kind: "bad", points: failed }]} />
      </section>
      <section className="card" aria-label={t("apiHub.latency")}>
        <h2 className="section-title">{t("apiHub.latency")}</h2>
        {slow("p95").length === 0 ? (
          <Empty icon="vertical-bar-chart" title={t("empty.chart")} />
        ) : (
          <Plot name={t("apiHub.latency")} points={slow("p95")} own={t("apiHub.p95")} others={[{ text: t("apiHub.p50"), kind: "low", points: slow("p50") }, { text: t("apiHub.p99"), kind: "high", points: slow("p99") }]} unit="ms" />
        )}
      </section>
    </div>
  );
}
