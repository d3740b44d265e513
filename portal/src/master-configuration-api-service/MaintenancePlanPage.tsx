import { Link, useParams } from "react-router";
import { DataTable } from "../ui/DataTable";
import { Facts, ObjectFrame } from "../ui/ObjectFrame";
import { short } from "../ui/numbers";
import { ReadFrame } from "../ui/ReadFrame";
import { useRead } from "../ui/useRead";
import { useFormats } from "../words/plantTime";
import { useWords } from "../words/words";
import { equipmentPage, listOf, placePage } from "./links";
import { Statuses } from "./Parts";
import { findPlan, SHOWS, type PlanDetail } from "./reads";

/** One maintenance plan: what for, how often, and what is done each time. */
export default function MaintenancePlanPage() {
  const { key = "" } = useParams();
  const plan = useRead(["plan", key], () => findPlan(key), SHOWS.plans);
  return <ReadFrame read={plan}>{(found) => <Shown key={found.maintenancePlan} plan={found} />}</ReadFrame>;
}

function Shown({ plan }: { plan: PlanDetail }) {
  const { t } = useWords();
  const format = useFormats(plan.plant);
  return (
    <ObjectFrame
      title={plan.description ?? short(plan.maintenancePlan)}
      subtitle={`${t("object.maintenance-plan")} ${short(plan.maintenancePlan)}`}
      path={[{ text: t("nav.maintenancePlans"), href: "/maintenance-plans" }]}
      status={<Statuses codes={plan.systemStatuses} texts={plan.systemStatusTexts} />}
      facts={[
        { label: t("field.equipment"), value: plan.equipment && <Link to={equipmentPage(plan.equipment)}>{plan.equipmentDescription ?? short(plan.equipment)}</Link> },
        { label: t("field.functionalLocation"), value: plan.functionalLocation && <Link to={placePage(plan.functionalLocation)}>{plan.functionalLocationDescription ?? plan.functionalLocation}</Link> },
        { label: t("field.cycle"), value: format.quantity(plan.cycle, plan.cycleUnit) },
        { label: t("field.nextPlannedDate"), value: format.date(plan.nextPlannedDate) },
        { label: t("field.orderType"), value: plan.orderTypeDescription ?? plan.orderType },
        { label: t("object.plant"), value: plan.plant },
      ]}
      sections={[
        { id: "operations", title: t("plan.taskList"), content: <Operations plan={plan} /> },
        {
          id: "scheduling",
          title: t("plan.scheduling"),
          content: (
            <Facts
              facts={[
                { label: t("field.cycleStart"), value: format.date(plan.cycleStart) },
                { label: t("field.lastCompletion"), value: format.date(plan.lastCompletion) },
                { label: t("field.lastCall"), value: format.number(plan.lastCall) },
                { label: t("field.maintenanceItem"), value: short(plan.maintenanceItem) },
                { label: t("field.activityType"), value: plan.activityTypeDescription ?? plan.activityType },
                { label: t("field.planningPlant"), value: plan.planningPlant },
                { label: t("field.plannerGroup"), value: plan.plannerGroup },
                { label: t("field.changedAt"), value: format.instant(plan.changedAt) },
              ]}
            />
          ),
        },
      ]}
    />
  );
}

type Operation = PlanDetail["operations"][number];

function Operations({ plan }: { plan: PlanDetail }) {
  const { t, format } = useWords();
  return (
    <>
      {plan.taskListGroup !== null && (
        <p>
          {plan.taskListDescription ?? ""} <span className="quiet">{[plan.taskListType, plan.taskListGroup, plan.groupCounter].filter((part) => part !== null).join(" · ")}</span>{" "}
          <Link to={listOf("maintenance-plans", { taskListGroup: plan.taskListGroup })}>{t("plan.sameTaskList")}</Link>
        </p>
      )}
      <DataTable<Operation>
        name={t("order.operations")}
        rows={plan.operations}
        keyOf={(operation) => operation.node}
        columns={[
          { id: "operation", header: t("field.operation"), text: (operation) => operation.operation ?? "", width: "6rem", importance: 9 },
          { id: "description", header: t("field.description"), text: (operation) => operation.description ?? "", importance: 9 },
          { id: "workCenter", header: t("field.workCenter"), text: (operation) => operation.workCenterDescription ?? operation.workCenter ?? "", importance: 6 },
          { id: "controlKey", header: t("field.controlKey"), text: (operation) => operation.controlKey ?? "", width: "7rem", importance: 3 },
          { id: "work", header: t("field.work"), text: (operation) => format.quantity(operation.work, operation.workUnit), end: true, width: "8rem", importance: 8 },
          { id: "duration", header: t("field.duration"), text: (operation) => format.quantity(operation.duration, operation.durationUnit), end: true, width: "7rem", importance: 5 },
        ]}
      />
    </>
  );
}
