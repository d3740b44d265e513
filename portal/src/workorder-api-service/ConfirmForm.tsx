import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "../api/client";
import { useMe, useSession } from "../session/session";
import { useCommands } from "../ui/commands";
import { DraftDialog, type DraftPart } from "../ui/DraftDialog";
import { DraftFields } from "../ui/DraftFields";
import { Problem } from "../api/problem";
import { textOf, type Field, type Values } from "../ui/form";
import { short } from "../ui/numbers";
import { useWords } from "../words/words";
import { confirmOperation, enterReading, entered, postMovement } from "./entries";
import { usePersonsOf } from "./masterData";
import { coverage, type Operation, type OrderComponent, type WorkOrderDetail } from "./orders";
import { inUnit, keep, momentIn } from "./timer";
import { WorkTimer } from "./WorkTimer";

type Props = { order: WorkOrderDetail; operation: Operation; onEnd: () => void };

/** Points of one object that a choice can hold. */
const POINTS_MAX = 100;

/** SAP counts work in hours unless the operation says minutes. */
const unitOf = ({ workUnit }: Operation) => (workUnit === "MIN" ? "MIN" : "H");

const partKey = ({ reservation, item }: OrderComponent) => `part.${reservation}-${item}`;

/** Who lacks it confirms their own work only. */
const FOR_OTHERS = "work-orders.confirm-others";

/** Whose work it is at first: that of the person planned, or one's own. */
const worker = (planned: string | null, forOthers: boolean, own: string | null) => (forOthers ? (short(planned) === "" ? "" : (planned ?? "")) : (own ?? ""));

/** Confirms the work of an operation, with the parts used and a reading. Each is a command of its own with its own outcome. */
export default function ConfirmForm({ order, operation: asked, onEnd }: Props) {
  const { t, dayZone } = useWords();
  const { may } = useSession();
  const me = useMe();
  const [operation] = useState(asked);
  const [components] = useState(() => order.components.filter((one) => (one.operation === asked.operation || order.operations.length === 1) && coverage(one).kind !== "done"));
  const give = useCommands();
  const name = `${operation.operation} ${operation.description ?? ""}`.trim();
  const timerKey = `${order.orderNumber}/${operation.operation}`;
  const unit = unitOf(operation);
  const save = async (draft: Values) => {
    const final = draft["finalConfirmation"] === true;
    const work = textOf(draft, "actualWork");
    await give("work", `${t("command.confirm-operation")}: ${name}`, confirmOperation(order.orderNumber, operation.operation, {
      ...entered(draft, ["actualStart", "actualStartTime", "actualFinish", "actualFinishTime", "text", "personnelNumber"], { numbers: ["actualWork", ...(final ? [] : ["remainingWork"])] }),
      ...(work !== "" && { workUnit: unit }),
      ...(operation.suboperation && { suboperation: operation.suboperation }),
      finalConfirmation: final,
    }));
    keep(me.id, timerKey, undefined);
    for (const component of components) {
      const key = partKey(component);
      if (!(Number(textOf(draft, key)) > 0)) continue;
      const body = { movementType: "261", orderNumber: order.orderNumber, reservation: component.reservation, reservationItem: component.item, quantity: Number(textOf(draft, key)) };
      await atField(key, () => give(key, `${t("parts.issue")}: ${component.description ?? short(component.material)}`, postMovement(body)));
    }
    if (textOf(draft, "measuringPoint") !== "" && textOf(draft, "reading") !== "") {
      const body = { ...entered(draft, ["measuringPoint"], { numbers: ["reading"] }), orderNumber: order.orderNumber };
      await give("reading", `${t("command.create-measurement-document")}: ${short(textOf(draft, "measuringPoint"))}`, enterReading(body));
    }
  };
  const initial: Values = {
    actualWork: "", finalConfirmation: false, remainingWork: "", actualStart: "", actualStartTime: "", actualFinish: "", actualFinishTime: "", text: "",
    personnelNumber: worker(operation.personnelNumber, may(FOR_OTHERS), me.personnelNumber), measuringPoint: "", reading: "",
    ...Object.fromEntries(components.map((one) => [partKey(one), ""])),
  };
  return (
    <DraftDialog<Values> listed title={`${t("command.confirm-operation")}: ${name}`} saveText={t("action.confirm")} initial={initial} ready={(draft) => draft["finalConfirmation"] === true || Number(textOf(draft, "actualWork")) > 0} save={save} onClose={onEnd}>
      {(part) => (
        <>
          <WorkTimer
            user={me.id}
            operation={timerKey}
            onTaken={(workedMs, firstAt, endedAt) => {
              const from = momentIn(firstAt, dayZone);
              const to = momentIn(endedAt, dayZone);
              part.change({ actualWork: inUnit(workedMs, unit), actualStart: from.day, actualStartTime: from.time, actualFinish: to.day, actualFinishTime: to.time });
            }}
          />
          <WorkFields part={part} operation={operation} plant={order.plant} />
          {may("goods-movements.post") && components.length > 0 && <PartsTaken part={part} components={components} />}
          {may("measurements.record") && may("measurements.read") && order.equipment && <ReadingTaken part={part} equipment={order.equipment} />}
        </>
      )}
    </DraftDialog>
  );
}

/** What the server says about the quantity of a part stands at that part. */
async function atField(field: string, give: () => Promise<unknown>): Promise<void> {
  try {
    await give();
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    const { status, code, title, detail, remedy, requestId, findings } = failure;
    throw new Problem({ status, code, title, detail, remedy, requestId, findings: findings.map((found) => ({ parameter: field, reason: found.parameter.includes("quantity") ? found.reason : `${found.parameter} ${found.reason}` })) });
  }
}

type Part = DraftPart<Values>;

function WorkFields({ part, operation, plant }: { part: Part; operation: Operation; plant: string | null }) {
  const { t, format } = useWords();
  const { may } = useSession();
  const unit = unitOf(operation);
  const planned = [`${t("field.work")}: ${format.quantity(operation.work, operation.workUnit)}`, `${t("field.actualWork")}: ${format.quantity(operation.actualWork ?? 0, operation.workUnit)}`].join(", ");
  const persons = usePersonsOf(plant);
  return (
    <>
      <DraftFields
        part={part}
        fields={[
          { kind: "number", name: "actualWork", label: `${t("field.actualWork")} (${t(unit === "H" ? "field.hours" : "operation.minutes")})`, hint: planned, min: 0 },
          { kind: "switch", name: "finalConfirmation", label: t("operation.confirmFinal") },
          ...(part.draft["finalConfirmation"] === true ? [] : ([{ kind: "number", name: "remainingWork", label: t("field.remainingWork"), min: 0 }] satisfies Field[])),
        ]}
      />
      <div className="fields">
        <DraftFields
          part={part}
          fields={[
            { kind: "date", name: "actualStart", label: t("field.actualStart") },
            { kind: "time", name: "actualStartTime", label: t("operation.startTime") },
            { kind: "date", name: "actualFinish", label: t("field.actualFinish") },
            { kind: "time", name: "actualFinishTime", label: t("operation.finishTime") },
          ]}
        />
      </div>
      <DraftFields
        part={part}
        fields={[
          { kind: "text", name: "text", label: t("field.text"), lengthMax: 40 },
          ...(may(FOR_OTHERS) ? ([{ kind: "text", name: "personnelNumber", label: t("field.personName"), hint: t("field.personnelNumber"), proposed: persons }] satisfies Field[]) : []),
        ]}
      />
    </>
  );
}

function PartsTaken({ part, components }: { part: Part; components: readonly OrderComponent[] }) {
  const { t, format } = useWords();
  const fields = components.map(
    (one): Field => ({
      kind: "number",
      name: partKey(one),
      label: `${one.description ?? short(one.material)} (${one.unit ?? ""})`,
      min: 0,
      hint: `${t("field.requiredQuantity")}: ${format.quantity((one.requiredQuantity ?? 0) - (one.withdrawnQuantity ?? 0), one.unit)}, ${t("field.unrestrictedStock")}: ${format.quantity(one.stock?.unrestrictedStock, one.stock?.baseUnit) || "–"}`,
    }),
  );
  return (
    <fieldset className="fieldset">
      <legend>{t("operation.partsUsed")}</legend>
      <DraftFields part={part} fields={fields} />
    </fieldset>
  );
}

function ReadingTaken({ part, equipment }: { part: Part; equipment: string }) {
  const { t, format } = useWords();
  const { data: points = [] } = useQuery({ queryKey: ["confirmed-points", equipment], queryFn: async () => (await read(api.GET("/api/measuring-points", { params: { query: { equipment, limit: POINTS_MAX } } }))).items });
  const usable = points.filter(({ inactive, deletionFlag }) => !inactive && !deletionFlag);
  if (usable.length === 0) return null;
  const chosen = usable.find(({ measuringPoint }) => measuringPoint === textOf(part.draft, "measuringPoint"));
  const limits = chosen && [chosen.lowerLimit, chosen.upperLimit].some((limit) => limit !== null) ? `${t("field.limits")}: ${format.number(chosen.lowerLimit) || "–"} … ${format.number(chosen.upperLimit) || "–"}` : undefined;
  return (
    <fieldset className="fieldset">
      <legend>{t("field.reading")}</legend>
      <DraftFields
        part={part}
        fields={[
          { kind: "choice", name: "measuringPoint", label: t("field.measuringPoint"), choices: usable.map((one) => ({ value: one.measuringPoint, text: [short(one.measuringPoint), one.description].filter(Boolean).join(" ") })) },
          ...(chosen === undefined ? [] : ([{ kind: "number", name: "reading", label: `${t("field.reading")} (${chosen.unit ?? ""})`, hint: limits }] satisfies Field[])),
        ]}
      />
    </fieldset>
  );
}
