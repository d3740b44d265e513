import { Link } from "react-router";
import type { Column } from "../ui/DataTable";
import type { Choice, Filter } from "../ui/Filters";
import { ListReport } from "../ui/ListReport";
import { short } from "../ui/numbers";
import { useWords, type Words } from "../words/words";
import { equipmentPage, placePage, planPage } from "./links";
import { usePlantChoices } from "./plants";
import { listPlans, SHOWS, type Plan } from "./reads";

/** All maintenance plans of the caller's plants. */
export default function MaintenancePlans() {
  const words = useWords();
  const { t } = words;
  const plants = usePlantChoices();
  return (
    <ListReport<Plan>
      page="maintenance-plans"
      title={t("nav.maintenancePlans")}
      shows={SHOWS.plans}
      columns={columns(words)}
      filters={filters(words, plants)}
      keyOf={(plan) => plan.maintenancePlan}
      hrefOf={(plan) => planPage(plan.maintenancePlan)}
      load={listPlans}
      emptyTitle={t("empty.maintenancePlans")}
      emptyHint={t("empty.loadedFromSap")}
    />
  );
}

const columns = ({ t, format }: Words): Column<Plan>[] => [
  { id: "maintenancePlan", header: t("field.maintenancePlan"), text: (plan) => short(plan.maintenancePlan), sort: "maintenancePlan", width: "9rem", importance: 9 },
  { id: "description", header: t("field.description"), text: (plan) => plan.description ?? "", importance: 9 },
  {
    id: "object",
    header: t("field.objectKey"),
    text: (plan) => plan.equipmentDescription ?? plan.functionalLocationDescription ?? short(plan.equipment ?? plan.functionalLocation),
    cell: (plan) => <PlanObject plan={plan} />,
    importance: 7,
  },
  { id: "cycle", header: t("field.cycle"), text: (plan) => format.quantity(plan.cycle, plan.cycleUnit), width: "7rem", importance: 6 },
  { id: "next", header: t("field.nextPlannedDate"), text: (plan) => format.date(plan.nextPlannedDate), sort: "nextPlannedDate", width: "9rem", importance: 8 },
  { id: "last", header: t("field.lastCompletion"), text: (plan) => format.date(plan.lastCompletion), width: "9rem", importance: 4 },
  { id: "orderType", header: t("field.orderType"), text: (plan) => plan.orderTypeDescription ?? plan.orderType ?? "", importance: 3 },
  { id: "plant", header: t("object.plant"), text: (plan) => plan.plant ?? "", width: "5rem", importance: 2 },
];

/** What a plan is for: its equipment, else its place. */
export function PlanObject({ plan }: { plan: Pick<Plan, "equipment" | "equipmentDescription" | "functionalLocation" | "functionalLocationDescription"> }) {
  if (plan.equipment !== null) return <Link to={equipmentPage(plan.equipment)}>{plan.equipmentDescription ?? short(plan.equipment)}</Link>;
  if (plan.functionalLocation !== null) return <Link to={placePage(plan.functionalLocation)}>{plan.functionalLocationDescription ?? plan.functionalLocation}</Link>;
  return null;
}

const filters = ({ t }: Words, plants: readonly Choice[]): Filter[] => [
  { kind: "text", name: "text", label: t("shell.search"), placeholder: t("shell.searchPlaceholder") },
  { kind: "choice", name: "plant", label: t("object.plant"), choices: plants },
  { kind: "text", name: "equipment", label: t("field.equipment") },
  { kind: "dates", from: "dueFrom", to: "dueTo", label: t("field.nextPlannedDate") },
];
