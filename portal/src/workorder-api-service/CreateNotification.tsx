import { Button } from "@ui5/webcomponents-react/Button";
import { useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { pageOf, useCommand } from "../ui/commands";
import { DraftDialog, type DraftPart } from "../ui/DraftDialog";
import { DraftFields } from "../ui/DraftFields";
import { textOf, type Field, type Values } from "../ui/form";
import { useWords, type TextKey } from "../words/words";
import { countOf, createNotification, notificationOf } from "./entries";
import { prioritiesOf, useCodes, useNotificationTypeRows, useNotificationTypes, usePriorityRows } from "./masterData";
import { ObjectFields, objectValues, type GivenObject } from "./ObjectFields";
import RiskField from "./RiskField";
import { momentIn } from "./timer";

/** Reports a malfunction, or asks for work: the object, what is wrong with it and how urgent it is. The page of the notification follows. */
export default function CreateNotification({ object, onEnd }: { object?: GivenObject | undefined; onEnd: () => void }) {
  const { t, dayZone } = useWords();
  const navigate = useNavigate();
  const give = useCommand(t("command.create-notification"));
  const [now] = useState(() => momentIn(Date.now(), dayZone));
  const initial: Values = { ...objectValues(object), notificationType: "", description: "", priority: "", breakdown: false, malfunctionStart: now.day, malfunctionStartTime: now.time, requiredEnd: "", items: "1", tasks: "0", activities: "0" };
  const save = async (draft: Values) => {
    const item = await give(createNotification(notificationOf(draft)));
    const page = item && pageOf(item);
    if (page !== undefined) void navigate(page);
  };
  const ready = (draft: Values) => textOf(draft, "notificationType") !== "" && textOf(draft, "description") !== "" && (textOf(draft, "equipment") !== "" || textOf(draft, "functionalLocation") !== "");
  return (
    <DraftDialog<Values> listed title={t("notification.create")} saveText={t("action.create")} initial={initial} ready={ready} save={save} onClose={onEnd}>
      {(part) => <Fields part={part} object={object} />}
    </DraftDialog>
  );
}

type Part = DraftPart<Values>;

function Fields({ part, object }: { part: Part; object: GivenObject | undefined }) {
  const { t } = useWords();
  const type = useNotificationTypeRows().find((row) => row.notificationType === textOf(part.draft, "notificationType"));
  const priorities = prioritiesOf(usePriorityRows(), type?.priorityType);
  return (
    <>
      <ObjectFields part={part} given={object} />
      <DraftFields
        part={part}
        fields={[
          { kind: "choice", name: "notificationType", label: t("field.notificationType"), required: true, choices: useNotificationTypes() },
          { kind: "text", name: "description", label: t("field.description"), required: true, lengthMax: 40 },
        ]}
      />
      <RiskField priorityType={type?.priorityType} priorityText={(priority) => priorities.find(({ value }) => value === priority)?.text ?? priority} onPropose={part.change} />
      <DraftFields
        part={part}
        fields={[
          { kind: "choice", name: "priority", label: t("field.priority"), choices: priorities },
          { kind: "switch", name: "breakdown", label: t("notification.breakdown"), hint: t("notification.breakdownHint") },
        ]}
      />
      <div className="fields">
        <DraftFields
          part={part}
          fields={[
            { kind: "date", name: "malfunctionStart", label: t("field.malfunctionStart") },
            { kind: "time", name: "malfunctionStartTime", label: t("operation.startTime") },
            { kind: "date", name: "requiredEnd", label: t("field.requiredEnd") },
          ]}
        />
      </div>
      <Items part={part} type={type} />
      <Tasks part={part} type={type} />
      <Activities part={part} type={type} />
    </>
  );
}

type Type = ReturnType<typeof useNotificationTypeRows>[number] | undefined;
type ListProps = { part: Part; type: Type };

function Items({ part, type }: ListProps) {
  const { t } = useWords();
  const objectParts = useCodes(type?.objectPartCatalog, type?.catalogProfile);
  const damages = useCodes(type?.damageCatalog, type?.catalogProfile);
  const causes = useCodes(type?.causeCatalog, type?.catalogProfile);
  return (
    <List part={part} name="items" title="notification.items" add="notification.addItem">
      {(at) => [
        { kind: "choice", name: `${at}.objectPartCode`, label: t("field.objectPartCode"), choices: objectParts },
        { kind: "choice", name: `${at}.damageCode`, label: t("field.damageCode"), choices: damages },
        { kind: "text", name: `${at}.text`, label: t("field.text"), lengthMax: 40 },
        { kind: "choice", name: `${at}.causes.0.causeCode`, label: t("field.cause"), choices: causes },
        { kind: "text", name: `${at}.causes.0.text`, label: t("notification.causeText"), lengthMax: 40 },
      ]}
    </List>
  );
}

function Tasks({ part, type }: ListProps) {
  const { t } = useWords();
  const codes = useCodes(type?.taskCatalog, type?.catalogProfile);
  return (
    <List part={part} name="tasks" title="notification.tasks" add="notification.addTask">
      {(at) => [
        { kind: "choice", name: `${at}.taskCode`, label: t("field.taskCode"), choices: codes },
        { kind: "text", name: `${at}.text`, label: t("field.text"), lengthMax: 40 },
        { kind: "date", name: `${at}.plannedFinish`, label: t("field.plannedFinish") },
      ]}
    </List>
  );
}

function Activities({ part, type }: ListProps) {
  const { t } = useWords();
  const codes = useCodes(type?.activityCatalog, type?.catalogProfile);
  return (
    <List part={part} name="activities" title="notification.activities" add="notification.addActivity">
      {(at) => [
        { kind: "choice", name: `${at}.activityCode`, label: t("field.activityCode"), choices: codes },
        { kind: "text", name: `${at}.text`, label: t("field.text"), lengthMax: 40 },
      ]}
    </List>
  );
}

/** Parts of a notification, as many as somebody wants; those in which nothing is entered are not sent. */
function List({ part, name, title, add, children }: { part: Part; name: string; title: TextKey; add: TextKey; children: (at: string) => Field[] }): ReactNode {
  const { t } = useWords();
  const count = countOf(part.draft, name);
  return (
    <fieldset className="fieldset">
      <legend>{t(title)}</legend>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="fields" role="group" aria-label={`${t(title)} ${String(index + 1)}`}>
          <DraftFields part={part} fields={children(`${name}.${String(index)}`)} />
        </div>
      ))}
      <div>
        <Button design="Transparent" disabled={count >= PARTS_MAX} onClick={() => { part.change({ [name]: String(count + 1) }); }}>
          {t(add)}
        </Button>
      </div>
    </fieldset>
  );
}

/** More belongs into notifications of their own. */
const PARTS_MAX = 20;
