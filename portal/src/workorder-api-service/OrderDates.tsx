import { DataTable } from "../ui/DataTable";
import { daysBetween } from "../ui/days";
import { Status } from "../ui/Status";
import { useWords, type TextKey } from "../words/words";
import type { WorkOrderDetail } from "./orders";

type Line = { name: TextKey; start: string | null; finish: string | null };

/** What was planned beside what was scheduled and what happened, with the days between plan and fact. */
export function OrderDates({ order }: { order: WorkOrderDetail }) {
  const { t, format } = useWords();
  const lines: Line[] = [
    { name: "order.basicDates", start: order.basicStart, finish: order.basicFinish },
    { name: "order.scheduledDates", start: order.scheduledStart, finish: order.scheduledFinish },
    { name: "order.actualDates", start: order.actualStart, finish: order.actualFinish },
  ];
  const day = (of: (line: Line) => string | null, planned: string | null) => (line: Line) => (
    <>
      {format.date(of(line)) || "–"} {line.name === "order.actualDates" && <Late planned={planned} actual={of(line)} />}
    </>
  );
  return (
    <DataTable<Line>
      name={t("order.dates")}
      rows={lines}
      keyOf={(line) => line.name}
      columns={[
        { id: "name", header: t("order.dates"), text: (line) => t(line.name), importance: 9 },
        { id: "start", header: t("order.start"), text: (line) => format.date(line.start), cell: day((line) => line.start, order.basicStart), importance: 8 },
        { id: "finish", header: t("order.end"), text: (line) => format.date(line.finish), cell: day((line) => line.finish, order.basicFinish), importance: 8 },
      ]}
    />
  );
}

function Late({ planned, actual }: { planned: string | null; actual: string | null }) {
  const { t } = useWords();
  if (planned === null || actual === null) return null;
  const days = daysBetween(planned, actual);
  if (days > 0) return <Status text={t("order.daysLate", { count: days })} meaning="bad" />;
  return <Status text={days === 0 ? t("order.onTime") : t("order.daysEarly", { count: -days })} meaning="good" />;
}
