import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useSession } from "../session/session";
import { OUTBOX } from "../ui/commands";
import type { Column } from "../ui/DataTable";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { short } from "../ui/numbers";
import { PendingMark } from "../ui/PendingMarks";
import type { QuickFilter } from "../ui/QuickFilters";
import { Status } from "../ui/Status";
import { useWords, type TextKey, type Words } from "../words/words";
import { groupingsBy } from "./groups";
import { COUNTED_BY, countLots, listLots, meaning, SHOWS, STATUSES, type CountedBy, type InspectionLot } from "./inspections";
import { usePlants } from "./masterData";

type Choices = Record<CountedBy, readonly Choice[]>;

/** All inspection lots of the caller's plants. */
export default function InspectionLots() {
  const words = useWords();
  const { t, of } = words;
  const { may } = useSession();
  const choices: Choices = { status: STATUSES.map((value) => ({ value, text: of("status", value) })), inspectionType: useInspectionTypes(), plant: usePlants() };
  return (
    <ListReport<InspectionLot>
      page="inspection-lots"
      title={t("objects.inspection-lot")}
      shows={[...SHOWS, OUTBOX]}
      columns={columns(words, may("work-orders.read"))}
      filters={filters(words, choices)}
      quickFilters={quickFilters(words)}
      groupings={groupingsBy(words, LABELS, choices, STATUSES, countLots)}
      keyOf={(row) => row.inspectionLot}
      hrefOf={(row) => `/inspection-lots/${short(row.inspectionLot)}`}
      load={listLots}
      emptyTitle={t("empty.inspectionLots")}
    />
  );
}

/** SAP sends no list of inspection types: those that there are lots of can be chosen. */
function useInspectionTypes(): Choice[] {
  const { data } = useQuery({ queryKey: ["inspection-types"], queryFn: () => countLots("inspectionType", ""), staleTime: 600_000 });
  return Object.keys(data ?? {}).filter((value) => value !== "").map((value) => ({ value, text: value }));
}

const LABELS: Record<CountedBy, TextKey> = { status: "field.lifecycleStatus", inspectionType: "field.inspectionType", plant: "field.plant" };

/** @param orders whether the person may see orders, so that they are links */
const columns = (words: Words, orders: boolean): Column<InspectionLot>[] => {
  const { t, of, format } = words;
  return [
    { id: "inspectionLot", header: t("field.inspectionLot"), text: (row) => short(row.inspectionLot), sort: "inspectionLot", oneWay: true, width: "8rem", importance: 9 },
    { id: "description", header: t("field.description"), text: (row) => row.description ?? "", importance: 9 },
    {
      id: "status",
      header: t("field.lifecycleStatus"),
      text: (row) => of("status", row.lifecycleStatus ?? ""),
      cell: (row) => (
        <span className="states">
          <Status text={of("status", row.lifecycleStatus ?? "")} meaning={meaning(row.lifecycleStatus)} />
          <PendingMark pending={row.pending} />
        </span>
      ),
      width: "11rem",
      importance: 8,
    },
    { id: "equipment", header: t("field.equipment"), text: (row) => row.equipmentDescription ?? short(row.equipment), importance: 6 },
    { id: "functionalLocation", header: t("field.functionalLocation"), text: (row) => row.functionalLocation ?? "", exportOnly: true },
    { id: "order", header: t("field.order"), text: (row) => short(row.orderNumber), ...(orders && { cell: (row: InspectionLot) => row.orderNumber && <Link to={`/orders/${short(row.orderNumber)}`}>{short(row.orderNumber)}</Link> }), width: "7rem", importance: 6 },
    { id: "inspectionType", header: t("field.inspectionType"), text: (row) => row.inspectionType ?? "", width: "6rem", importance: 2 },
    { id: "inspectionStart", header: t("field.inspectionStart"), text: (row) => format.date(row.inspectionStart), day: (row) => row.inspectionStart, exportOnly: true },
    { id: "inspectionEnd", header: t("field.inspectionEnd"), text: (row) => format.date(row.inspectionEnd), day: (row) => row.inspectionEnd, width: "8rem", importance: 5 },
    { id: "createdOn", header: t("field.createdOn"), text: (row) => format.date(row.createdOn), day: (row) => row.createdOn, sort: "createdOn", width: "8rem", importance: 7 },
    { id: "plant", header: t("field.plant"), text: (row) => row.plant ?? "", width: "7rem", importance: 1 },
  ];
};

const filters = ({ t }: Words, choices: Choices): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  ...COUNTED_BY.map((name): Filter => ({ kind: "choice", name, label: t(LABELS[name]), choices: choices[name] })),
  { kind: "text", name: "equipment", label: t("field.equipment") },
  { kind: "text", name: "functionalLocation", label: t("field.functionalLocation"), placeholder: t("filter.withAllBelow") },
  { kind: "text", name: "order", label: t("field.order") },
  { kind: "dates", from: "createdFrom", to: "createdTo", label: t("field.createdOn") },
];

const quickFilters = ({ t }: Words): QuickFilter[] => [
  { text: t("filter.undecided"), sets: { decided: "false" } },
  { text: t("filter.decided"), sets: { decided: "true" } },
];
