import { Link } from "react-router";
import { useSession } from "../session/session";
import { DataTable, type Column } from "../ui/DataTable";
import { Empty } from "../ui/Empty";
import { limitsText, outside } from "../ui/limits";
import { short } from "../ui/numbers";
import { SmallPlot } from "../ui/Plot";
import { ReadFrame } from "../ui/ReadFrame";
import { Status } from "../ui/Status";
import { useRead } from "../ui/useRead";
import { useWords, type Words } from "../words/words";
import { useState } from "react";
import { pointPage } from "./links";
import type { Owner } from "./Parts";
import { RecordReading } from "./ReadingActions";
import { firstDay, levels, plotted, valueOf } from "./readings";
import { listPoints, readingsOf, SHOWS, type MeasuringPoint } from "./reads";

/** Points of one object that are plotted; each is a request of its own. */
const PLOTS_MAX = 12;
const POINTS = 60;
const ALL = 200;

/** The columns that say what a point is and what was read last. */
export const pointColumns = (words: Words): Column<MeasuringPoint>[] => {
  const { t, format } = words;
  return [
    { id: "measuringPoint", header: t("field.measuringPoint"), text: (point) => short(point.measuringPoint), width: "8rem", importance: 9 },
    { id: "description", header: t("field.description"), text: (point) => point.description ?? "", importance: 9 },
    { id: "kind", header: t("field.kind"), text: (point) => t(point.counter ? "measuring.counter" : "measuring.measurement"), width: "7rem", importance: 3 },
    { id: "last", header: t("field.lastReading"), text: (point) => lastText(point, words), cell: (point) => <LastReading point={point} />, end: true, width: "9rem", importance: 8 },
    { id: "lastDate", header: t("field.readingDate"), text: (point) => format.date(point.lastReading?.readingDate), width: "9rem", importance: 7 },
    { id: "limits", header: t("field.limits"), text: (point) => limitsText(point, words), end: true, width: "10rem", importance: 6 },
  ];
};

export function lastText(point: MeasuringPoint, { format }: Words): string {
  const last = point.lastReading;
  return last === null ? "" : format.quantity(valueOf(last, point.counter), point.unit) || (last.valuationCode ?? "");
}

/** The last value, with a warning where it is beyond a limit. */
export function LastReading({ point }: { point: MeasuringPoint }) {
  const words = useWords();
  const text = lastText(point, words);
  const beyond = point.lastReading !== null && outside(valueOf(point.lastReading, point.counter), point);
  return beyond ? <Status text={`${text} · ${words.t("measuring.outside")}`} meaning="bad" /> : <span>{text}</span>;
}

/** The measuring points of an object, each with its last reading, its limits and its last twelve months. */
export function PointTable({ owner }: { owner: Owner }) {
  const words = useWords();
  const { t } = words;
  const { may } = useSession();
  const query = new URLSearchParams(owner).toString();
  const read = useRead(["points of", query], () => listPoints(query, undefined, ALL), SHOWS.points);
  return (
    <ReadFrame read={read}>
      {({ items }) => {
        const plottedOnes = new Set(items.slice(0, PLOTS_MAX));
        return (
          <DataTable<MeasuringPoint>
            name={t("nav.measurements")}
            rows={items}
            keyOf={(point) => point.measuringPoint}
            hrefOf={(point) => pointPage(point.measuringPoint)}
            empty={<Empty title={t("empty.measuringPoints")} />}
            columns={[
              ...pointColumns(words),
              { id: "trend", header: t("filter.last12Months"), text: () => "", cell: (point) => (plottedOnes.has(point) ? <Trend point={point} /> : <Link to={pointPage(point.measuringPoint)}>{t("measuring.trend")}</Link>), width: "9rem", importance: 5 },
              ...(may("measurements.record") ? [{ id: "record", header: t("integration.actions"), text: () => "", cell: (point: MeasuringPoint) => <RecordReading point={point} design="Transparent" />, width: "10rem", importance: 8 }] : []),
            ]}
          />
        );
      }}
    </ReadFrame>
  );
}

function Trend({ point }: { point: MeasuringPoint }) {
  const words = useWords();
  const [from] = useState(() => firstDay("12m", new Date()));
  const { data } = useRead(["readings", point.measuringPoint, from, POINTS], () => readingsOf(point.measuringPoint, from, POINTS), SHOWS.points);
  if (data === undefined) return null;
  const points = plotted(point, data.readings, words);
  return points.length === 0 ? <span className="quiet">{words.t("empty.readings")}</span> : <SmallPlot name={words.t("measuring.plot", { name: point.description ?? short(point.measuringPoint), count: data.count })} points={points} levels={levels(point, words)} />;
}
