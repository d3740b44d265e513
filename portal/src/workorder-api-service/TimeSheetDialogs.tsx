import { Button } from "@ui5/webcomponents-react/Button";
import { useState } from "react";
import { Link } from "react-router";
import { useCommand } from "../ui/commands";
import { Confirm } from "../ui/Confirm";
import { Dialog } from "../ui/Dialog";
import { DraftDialog, type DraftPart } from "../ui/DraftDialog";
import { Field } from "../ui/Field";
import { PendingMark } from "../ui/PendingMarks";
import { SuggestInput } from "../ui/SuggestInput";
import { useWords } from "../words/words";
import { cancelHours, changeable, changeBody, changeHours, draftOf, isComplete, lineName, newBody, newDraft, ordersOf, recordHours, type Draft, type Hours } from "./timeSheet";
import type { OpenCell } from "./TimeSheetWeek";

type Asked = { what: "change" | "cancel"; hours: Hours } | { what: "new" };

/** What a person does with a cell of the week: sees its records, changes or cancels one, records more. */
export default function TimeSheetDialogs({ person, open: { day, line }, hours, records, onClose }: { person: string; open: OpenCell; hours: readonly Hours[]; records: boolean; onClose: () => void }) {
  const held = line === undefined ? [] : hours.filter(({ record }) => (line.byDay.get(day) ?? []).some((one) => one.record === record));
  const [asked, setAsked] = useState<Asked | undefined>(held.length === 0 ? { what: "new" } : undefined);
  switch (asked?.what) {
    case "new":
      return <NewHours person={person} day={day} like={line?.first} onClose={onClose} />;
    case "change":
      return <ChangeHours hours={asked.hours} onClose={onClose} />;
    case "cancel":
      return <CancelHours hours={asked.hours} onClose={onClose} />;
    case undefined:
      return <Records held={held} records={records} onAsk={setAsked} onClose={onClose} />;
  }
}

function Records({ held, records, onAsk, onClose }: { held: readonly Hours[]; records: boolean; onAsk: (asked: Asked) => void; onClose: () => void }) {
  const { t, format } = useWords();
  const [first] = held;
  const title = first === undefined ? t("nav.timeSheet") : `${lineName(first, t("command.noNumber"))}, ${format.date(first.workDate)}`;
  return (
    <Dialog
      headerText={title}
      onClose={onClose}
      footer={
        <div className="dialog-actions">
          {records && (
            <Button design="Emphasized" onClick={() => { onAsk({ what: "new" }); }}>
              {t("command.create-time-sheet")}
            </Button>
          )}
          <Button design="Transparent" onClick={onClose}>
            {t("action.close")}
          </Button>
        </div>
      }
    >
      <ul className="hours-records">
        {held.map((hours) => (
          <li key={hours.record}>
            <p>
              <strong>{t("unit.hours", { count: hours.hours ?? 0 })}</strong> {[hours.startTime, hours.endTime].filter(Boolean).map((time) => time?.slice(0, 5)).join(" – ")} {hours.text}
            </p>
            {hours.pending.length > 0 && (
              <p className="states">
                <PendingMark pending={hours.pending} />
                {hours.pending.map(({ id }) => (
                  <Link key={id} to={`/outbox/${id}`}>
                    {t("command.follow")}
                  </Link>
                ))}
              </p>
            )}
            {records && changeable(hours) && (
              <div className="row-actions">
                <Button onClick={() => { onAsk({ what: "change", hours }); }}>{t("action.edit")}</Button>
                <Button design="Negative" onClick={() => { onAsk({ what: "cancel", hours }); }}>
                  {t("time.cancel")}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function NewHours({ person, day, like, onClose }: { person: string; day: string; like: Hours | undefined; onClose: () => void }) {
  const { t } = useWords();
  const run = useCommand(t("command.create-time-sheet"));
  return (
    <DraftDialog<Draft> title={t("command.create-time-sheet")} saveText={t("action.send")} initial={newDraft(day, like)} ready={isComplete} save={(draft) => run((headers) => recordHours(headers, newBody(person, draft)))} onClose={onClose}>
      {(part) => <Fields part={part} isNew />}
    </DraftDialog>
  );
}

function ChangeHours({ hours, onClose }: { hours: Hours; onClose: () => void }) {
  const { t } = useWords();
  const run = useCommand(`${t("command.change-time-sheet")} ${lineName(hours, "")}`);
  return (
    <DraftDialog<Draft> title={t("command.change-time-sheet")} saveText={t("action.send")} initial={draftOf(hours)} ready={isComplete} save={(draft) => run((headers) => changeHours(headers, hours.record, changeBody(hours, draft)))} onClose={onClose}>
      {(part) => <Fields part={part} isNew={false} />}
    </DraftDialog>
  );
}

function CancelHours({ hours, onClose }: { hours: Hours; onClose: () => void }) {
  const { t, format } = useWords();
  const run = useCommand(`${t("command.cancel-time-sheet")} ${lineName(hours, "")}`);
  return (
    <Confirm title={t("command.cancel-time-sheet")} action={t("time.cancel")} destructive run={() => run((headers) => cancelHours(headers, hours.record))} onEnd={onClose}>
      <p>{t("time.cancelAsk", { hours: t("unit.hours", { count: hours.hours ?? 0 }), work: lineName(hours, ""), day: format.date(hours.workDate) })}</p>
    </Confirm>
  );
}

function Fields({ part: { draft, change, failure }, isNew }: { part: DraftPart<Draft>; isNew: boolean }) {
  const { t } = useWords();
  const input = (name: keyof Draft, label: string, type: "text" | "date" | "time", required = false) => (
    <Field label={label} name={name} failure={failure} required={required}>
      {(ties) => <input {...ties} type={type} value={draft[name]} onChange={(event) => { change({ [name]: event.target.value }); }} />}
    </Field>
  );
  return (
    <>
      {isNew && (
        <Field label={t("field.order")} name="orderNumber" failure={failure} hint={t("time.orderHint")}>
          {(ties) => <SuggestInput ties={ties} of="orders" value={draft.orderNumber} onValue={(orderNumber) => { change({ orderNumber }); }} load={ordersOf} />}
        </Field>
      )}
      {input("operation", t("field.operation"), "text")}
      {input("attendanceType", t("field.attendanceType"), "text")}
      {isNew && input("workDate", t("field.workDate"), "date", true)}
      <Field label={t("field.hours")} name="hours" failure={failure} hint={t("time.hoursHint")}>
        {(ties) => <input {...ties} type="text" inputMode="decimal" value={draft.hours} onChange={(event) => { change({ hours: event.target.value }); }} />}
      </Field>
      {input("startTime", t("field.startTime"), "time")}
      {input("endTime", t("field.endTime"), "time")}
      {input("text", t("field.text"), "text")}
    </>
  );
}
