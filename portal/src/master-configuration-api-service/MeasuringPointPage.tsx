import "./assets.css";
import { SegmentedButton } from "@ui5/webcomponents-react/SegmentedButton";
import { SegmentedButtonItem } from "@ui5/webcomponents-react/SegmentedButtonItem";
import { useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { useSession } from "../session/session";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { ObjectFrame } from "../ui/ObjectFrame";
import { limitsText, outside } from "../ui/limits";
import { short } from "../ui/numbers";
import { changed } from "../ui/query";
import { OnItsWay } from "../ui/OnItsWay";
import { Plot } from "../ui/Plot";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type TextKey, type Words } from "../words/words";
import { equipmentPage, orderPage, placePage } from "./links";
import { LastReading } from "./PointTable";
import { CancelReading, RecordReading } from "./ReadingActions";
import { firstDay, levels, plotted, rangeOf, RANGES, valueOf, type Range } from "./readings";
import { findPoint, readingsOf, SHOWS, type MeasuringPoint, type Reading, type Readings } from "./reads";

/** A screen shows no more than this; of more, the server keeps the extremes. */
const POINTS = 500;
/** Rows of the table at first, and with each further step. */
const ROWS = 25;

const RANGE_TEXTS: Record<Range, TextKey> = { "30d": "measuring.30d", "12m": "measuring.12m", all: "filter.all" };

/** One measuring point with its readings over time, as a plot and as a table. */
export default function MeasuringPointPage() {
  const { key = "" } = useParams();
  const point = useRead(["point", key], () => findPoint(key), SHOWS.points);
  return <ReadFrame read={point}>{(found) => <Shown key={found.measuringPoint} point={found} />}</ReadFrame>;
}

function Shown({ point }: { point: MeasuringPoint }) {
  const words = useWords();
  const { t, format } = words;
  const last = point.lastReading;
  return (
    <ObjectFrame
      title={point.description ?? short(point.measuringPoint)}
      subtitle={`${t("object.measuring-point")} ${short(point.measuringPoint)}`}
      path={[{ text: t("nav.measurements"), href: "/measuring-points" }]}
      status={point.inactive || point.deletionFlag ? <Status text={t(point.deletionFlag ? "field.deletionFlag" : "field.inactive")} meaning="watch" /> : undefined}
      actions={<RecordReading point={point} design="Emphasized" />}
      facts={[
        { label: t("field.lastReading"), value: last && <LastReading point={point} /> },
        { label: t("field.readingDate"), value: format.date(last?.readingDate) },
        { label: t("field.kind"), value: t(point.counter ? "measuring.counter" : "measuring.measurement") },
        { label: t("field.limits"), value: limitsText(point, words) },
        { label: t("field.targetValue"), value: point.targetValue === null ? "" : format.quantity(point.targetValue, point.unit) },
        { label: t("field.annualEstimate"), value: point.annualEstimate === null ? "" : format.quantity(point.annualEstimate, point.unit) },
        { label: t("field.counterOverflow"), value: point.counterOverflow === null ? "" : format.quantity(point.counterOverflow, point.unit) },
        { label: t("field.equipment"), value: point.equipment && <Link to={equipmentPage(point.equipment)}>{point.equipmentDescription ?? short(point.equipment)}</Link> },
        { label: t("field.functionalLocation"), value: point.functionalLocation && <Link to={placePage(point.functionalLocation)}>{point.functionalLocationDescription ?? point.functionalLocation}</Link> },
        { label: t("field.position"), value: point.position },
        { label: t("field.characteristic"), value: point.characteristic },
        { label: t("field.codeGroup"), value: point.codeGroup },
        { label: t("object.plant"), value: point.plant },
      ]}
      sections={[{ id: "readings", title: t("measuring.readings"), content: <WithPending point={point} /> }]}
    />
  );
}

const WithPending = ({ point }: { point: MeasuringPoint }) => (
  <div className="parts">
    <OnItsWay object={`MeasuringPoints/${point.measuringPoint}`} />
    <OverTime point={point} />
  </div>
);

function OverTime({ point }: { point: MeasuringPoint }) {
  const [params, setParams] = useSearchParams();
  const range = rangeOf(params.get("range"));
  const [today] = useState(() => new Date());
  const from = firstDay(range, today);
  const read = useRead(["readings", point.measuringPoint, from, POINTS], () => readingsOf(point.measuringPoint, from, POINTS), SHOWS.points);
  return (
    <div className="parts">
      <RangeChoice range={range} onRange={(next) => { setParams((now) => changed(now, { range: next }), { replace: true }); }} />
      <ReadFrame read={read}>{(readings) => <Both key={range} point={point} readings={readings} />}</ReadFrame>
    </div>
  );
}

function RangeChoice({ range, onRange }: { range: Range; onRange: (range: Range) => void }) {
  const { t } = useWords();
  return (
    <SegmentedButton accessibleName={t("measuring.period")} onSelectionChange={(event) => { onRange(rangeOf(event.detail.selectedItems[0]?.dataset["range"] ?? null)); }}>
      {RANGES.map((one) => (
        <SegmentedButtonItem key={one} selected={one === range} data-range={one}>
          {t(RANGE_TEXTS[one])}
        </SegmentedButtonItem>
      ))}
    </SegmentedButton>
  );
}

/** The same readings as a plot and as a table, the newest at its top. */
function Both({ point, readings }: { point: MeasuringPoint; readings: Readings }) {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const [rows, setRows] = useState(ROWS);
  const points = plotted(point, readings.readings, words);
  const newest = [...readings.readings].reverse();
  if (readings.readings.length === 0) return <Empty title={t(point.lastReading === null ? "empty.readings" : "empty.chart")} />;
  return (
    <>
      {readings.reduced && <p className="quiet">{t("measuring.reduced", { count: readings.count, shown: readings.readings.length })}</p>}
      {readings.truncated && <p className="quiet">{t("measuring.truncated")}</p>}
      {points.length > 0 && <Plot name={t("measuring.plot", { name: point.description ?? short(point.measuringPoint), count: points.length })} points={points} levels={levels(point, words)} unit={point.unit ?? ""} />}
      {newest.length > rows && <p className="quiet">{t("list.shownOf", { shown: rows, total: newest.length })}</p>}
      <DataTable<Reading>
        name={t("measuring.readings")}
        rows={newest.slice(0, rows)}
        keyOf={(reading) => reading.measurementDocument}
        columns={columns(point, words, may("measurements.cancel"))}
        onMore={rows < newest.length ? () => { setRows(rows + ROWS); } : undefined}
      />
    </>
  );
}

function columns(point: MeasuringPoint, { t, format }: Words, cancels: boolean): Column<Reading>[] {
  const beyond = (reading: Reading) => outside(valueOf(reading, point.counter), point);
  const state = (reading: Reading) => (reading.counterExchanged ? t("measuring.counterReplaced") : beyond(reading) ? t("measuring.outside") : "");
  return [
    { id: "date", header: t("field.readingDate"), text: (reading) => format.date(reading.readingDate), width: "9rem", importance: 9 },
    { id: "time", header: t("field.readingTime"), text: (reading) => reading.readingTime?.slice(0, 5) ?? "", width: "7rem", importance: 5 },
    { id: "value", header: t(point.counter ? "field.counterReading" : "field.reading"), text: (reading) => format.quantity(valueOf(reading, point.counter), reading.unit ?? point.unit), end: true, width: "9rem", importance: 9 },
    ...(point.counter ? [{ id: "difference", header: t("field.difference"), text: (reading: Reading) => format.number(reading.difference), end: true, width: "8rem", importance: 7 }] : []),
    ...(point.codeGroup !== null ? [{ id: "code", header: t("field.valuationCode"), text: (reading: Reading) => reading.valuationCode ?? "", width: "7rem", importance: 7 }] : []),
    { id: "state", header: t("field.state"), text: state, cell: (reading) => (beyond(reading) ? <Status text={t("measuring.outside")} meaning="bad" /> : undefined), width: "10rem", importance: 8 },
    { id: "readBy", header: t("field.readBy"), text: (reading) => reading.readBy ?? "", width: "8rem", importance: 4 },
    { id: "order", header: t("field.orderNumber"), text: (reading) => short(reading.orderNumber), cell: (reading) => reading.orderNumber && <Link to={orderPage(reading.orderNumber)}>{short(reading.orderNumber)}</Link>, width: "8rem", importance: 3 },
    { id: "text", header: t("field.text"), text: (reading) => reading.text ?? "", importance: 2 },
    ...(cancels ? [{ id: "actions", header: t("integration.actions"), text: () => "", cell: (reading: Reading) => <CancelReading point={point} reading={reading} />, width: "9rem", importance: 6 }] : []),
  ];
}
